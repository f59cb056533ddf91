import { DuckDb } from '../store/duckDb.ts';
import { literal } from './cleanSql.ts';
import { notText } from './lineScan.ts';

/** Column names of a Parquet file in their order. @throws BailiwickError file_not_recognized where it is cut off or no Parquet */
export async function parquetColumns(path: string, name: string): Promise<string[]> {
  const db = await DuckDb.open({ name: 'parquet' });
  try {
    const rows = await db.all<{ column_name: string }>(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
    return rows.map((row) => row.column_name);
  } catch (cause) {
    throw notText(`${name} is a damaged Parquet file.`, cause);
  } finally {
    await db.close();
  }
}
