import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importFile } from '../../service/claims/importFile.ts';
import { demandRows } from '../../service/claims/demandRows.ts';
import { openClaimsDb } from '../../service/claims/store.ts';
import type { DuckDb } from '../../service/store/duckDb.ts';

const DATA = join(process.env['BAILIWICK_SHARED_DATA'] ?? join(import.meta.dirname, '../../../shared/data'), 'claims');
const dir = mkdtempSync(join(tmpdir(), 'bailiwick-real-'));
let db: DuckDb;
beforeAll(async () => {
  db = await openClaimsDb();
});
afterAll(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A reader of its own: shares nothing with the one that is tested. */
function rowsOf(text: string): Record<string, string>[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const tab = lines[0]!.includes('\t');
  const cells = (line: string): string[] => {
    if (tab) return line.split('\t');
    const found: string[] = [];
    for (const [, quoted, bare] of line.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*))(?:,|$)/g))
      found.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    return found;
  };
  const header = cells(lines[0]!);
  return lines.slice(1).map((line) => {
    const values = cells(line);
    return Object.fromEntries(header.map((name, i) => [name, (values[i] ?? '').trim()]));
  });
}

interface Plain {
  zip: string;
  code: string;
  site: string;
  specialty: string;
  services: number;
}
const FILES: { file: string; plain: (row: Record<string, string>) => Plain }[] = [
  ...['2018', '2019', '2020'].map((year) => ({
    file: `cms_physician_by_provider_and_service_mohs_${year}.csv`,
    plain: (row: Record<string, string>) => ({ zip: row['Rndrng_Prvdr_Zip5']!, code: row['HCPCS_Cd']!, site: row['Place_Of_Srvc']!, specialty: row['Rndrng_Prvdr_Type']!, services: Number(row['Tot_Srvcs']) }), // prettier-ignore
  })),
  {
    file: 'cms_physician_supplier_puf_cy2012_slice_a.txt',
    plain: (row) => ({ zip: row['nppes_provider_zip']!.slice(0, 5), code: row['hcpcs_code']!, site: row['place_of_service']!, specialty: row['provider_type']!, services: Number(row['line_srvc_cnt']) }), // prettier-ignore
  },
  {
    file: 'cms_inpatient_ipps_provider_drg_indiana.csv',
    plain: (row) => ({ zip: row['Provider Zip Code']!, code: row['DRG Definition']!.slice(0, 3), site: '21', specialty: '', services: Number(row['Total Discharges']) }), // prettier-ignore
  },
];

/** Services by what `key` says, of rows with a ZIP. */
function sums(rows: readonly Plain[], key: (row: Plain) => string): Map<string, number> {
  const result = new Map<string, number>();
  for (const row of rows) result.set(key(row), (result.get(key(row)) ?? 0) + row.services);
  return result;
}
const filter = { codes: [], sites: [], specialties: [], valueUsd: null };
async function bySql(snapshot: string, column: 'code' | 'site' | 'specialty'): Promise<Map<string, number>> {
  const rows = await db.all<{ word: string | null; services: number }>(
    `SELECT w.word, sum(services) AS services FROM cells LEFT JOIN words w ON w.no = cells.${column}
     WHERE snapshot = (SELECT no FROM words WHERE word = ?) GROUP BY 1`,
    [snapshot],
  );
  return new Map(rows.map(({ word, services }) => [word ?? '', services]));
}
function expectSame(found: Map<string, number>, wanted: Map<string, number>): void {
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort());
  for (const [key, value] of wanted) expect(Math.abs((found.get(key) ?? 0) - value), key).toBeLessThan(1e-6);
}

describe('real files: services by ZIP, code, site and specialty equal an independent count', () => {
  for (const { file, plain } of FILES) {
    it.skipIf(!existsSync(join(DATA, file)))(file, async () => {
      const path = join(DATA, file);
      const all = rowsOf(readFileSync(path, 'utf8')).map(plain);
      const rows = all.filter(({ zip }) => /^\d{5}$/.test(zip));
      // none of these files holds a count from 1 to 10, so nothing is imputed
      expect(Math.min(...rows.map(({ services }) => services))).toBeGreaterThan(10);
      const report = await importFile(db, { path, now: new Date('2026-11-01T00:00:00Z') });
      expect([report.rowsRead, report.rowsKept, report.guarded.cells]).toEqual([all.length, rows.length, 0]);
      const byZip = await demandRows(db, { ...filter, snapshotId: report.id });
      expectSame(new Map(byZip.map(({ unit, services }) => [unit, services])), sums(rows, ({ zip }) => zip)); // prettier-ignore
      for (const column of ['code', 'site', 'specialty'] as const)
        expectSame(
          await bySql(report.id, column),
          sums(rows, (row) => row[column]),
        );
      const [code] = [...sums(rows, (row) => row.code)].sort((a, b) => b[1] - a[1])[0]!;
      const some = await demandRows(db, { ...filter, codes: [code], snapshotId: report.id });
      const wanted = sums(
        rows.filter((row) => row.code === code),
        ({ zip }) => zip,
      );
      expectSame(new Map(some.map(({ unit, services }) => [unit, services])), wanted);
    });
  }
});
