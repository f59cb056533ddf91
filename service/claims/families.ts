import { readFile, stat } from 'node:fs/promises';
import { parseCsv } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import type { DuckDb } from '../store/duckDb.ts';

/** All codes there are fit many times. */
const MAX_BYTES = 20 * 1024 * 1024;

export interface FamiliesReport {
  readonly codes: number;
  readonly families: number;
  readonly setAside: readonly { readonly line: number; readonly reason: string }[];
}

/**
 * Takes the families of codes from a CSV with the columns code and family; they replace those loaded before and go before those of
 * claims files. @throws BailiwickError file_not_recognized, and the families stay as they were
 */
export async function importFamilies(db: DuckDb, path: string, name: string): Promise<FamiliesReport> {
  if ((await stat(path)).size > MAX_BYTES)
    throw new BailiwickError('too_large', `${name} has more than 20 MB.`, {
      action: 'Give a list of codes and families.',
    });
  const { columns, rows } = parseCsv(await readFile(path, 'utf8'), name);
  const at = (names: readonly string[]) => columns.findIndex((column) => names.includes(column.trim().toLowerCase()));
  const [code, family] = [
    at(['code', 'hcpcs', 'cpt', 'drg', 'procedure_code']),
    at(['family', 'code_family', 'procedure_family', 'group']),
  ];
  if (code < 0 || family < 0)
    throw new BailiwickError('file_not_recognized', `${name} has the columns ${columns.slice(0, 12).join(', ')}.`, {
      action: 'Give a CSV with the columns code and family.',
    });
  const kept = new Map<string, string>();
  const setAside: { line: number; reason: string }[] = [];
  for (const { line, cells } of rows) {
    const [key, value] = [(cells[code] ?? '').trim().toUpperCase(), (cells[family] ?? '').trim()];
    if (key === '' || value === '') setAside.push({ line, reason: key === '' ? 'no code' : 'no family' });
    else if (kept.has(key) && kept.get(key) !== value)
      setAside.push({ line, reason: 'the code has another family above' });
    else kept.set(key, value);
  }
  if (kept.size === 0)
    throw new BailiwickError('file_not_recognized', `${name} names no code with a family.`, {
      action: 'Check its columns.',
    });
  await db.transaction(async (tx) => {
    await tx.run('DELETE FROM families');
    await tx.run(
      `INSERT INTO families SELECT f->>'code', f->>'family' FROM (SELECT unnest(from_json(?, '["JSON"]')) AS f)`,
      [JSON.stringify([...kept].map(([key, value]) => ({ code: key, family: value })))],
    );
  });
  return { codes: kept.size, families: new Set(kept.values()).size, setAside };
}
