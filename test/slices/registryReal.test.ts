import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseCsv } from '../../service/core/csv.ts';
import { zipPlaces } from '../../service/geography/places.ts';
import { STATE_CODES } from '../../service/geography/states.ts';
import { importRegistryCommand, registryCommand } from '../../service/registry/cli.ts';
import type { RegistryReport } from '../../service/registry/importFile.ts';
import { matchAccounts } from '../../service/registry/matching.ts';
import { openRegistryDb } from '../../service/registry/registryDb.ts';

const shared = process.env['BAILIWICK_SHARED_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const folder = join(shared, 'registry');
const points = () => zipPlaces(STATE_CODES);
const GENERAL = 'cms_hospital_general_information_2025.csv';
const HOSPITALS = 'facilities_hospitals.csv';

const table = (name: string) => {
  const { columns, rows } = parseCsv(readFileSync(join(folder, name), 'utf8'), name);
  return rows.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])));
};

describe.skipIf(!existsSync(folder))('real registry files', () => {
  let dir: string;
  let reports: Map<string, RegistryReport>;
  const files = [GENERAL, HOSPITALS, 'facilities_ambulatory_surgical_center.csv', 'facilities_urgent_care_facilities.csv', 'hcpcs_level_2.csv', 'ms_drg.csv']; // prettier-ignore
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'bailiwick-real-'));
    const paths = files.map((name) => join(folder, name));
    const { json } = await importRegistryCommand(['registry', ...paths, '--data', dir], points);
    reports = new Map((json as { imports: RegistryReport[] }).imports.map((report) => [report.file, report]));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  test('every row is kept or set aside, as an independent count says', () => {
    for (const name of files) {
      const report = reports.get(name)!;
      const rows = table(name);
      expect([name, report.rowsRead, report.rowsKept + report.rowsSetAside]).toEqual([name, rows.length, rows.length]);
      const key = (row: Record<string, string>) =>
        name.startsWith('facilities')
          ? ['npi', 'provider_num', 'name', 'address', 'city', 'state'].map((column) => row[column]).join('|') +
            `|${row['zip']!.slice(0, 5)}`
          : (row['facility id'] ?? row['hcpcs'] ?? row['ms_drg'])!;
      expect([name, report.rowsKept]).toEqual([name, new Set(rows.map(key)).size]);
    }
  });

  test('a hospital with CCN and NPI is one record, and its beds, ownership and place come from where they stand', async () => {
    const { json } = await registryCommand(['--data', dir, '--key', '1164403861'], points);
    expect(json).toMatchObject({
      record: { key: '010001', ccn: '010001', state: 'AL', kind: 'hospital', coordinates: 'source' },
    });
    expect((json as { record: { ownership: string } }).record.ownership).toMatch(/Government/);
    const { text } = await registryCommand(['--data', dir, '--search', 'southeast health medical dothan'], points);
    expect(text).toMatch(/Nothing found|010001/);
    expect((await registryCommand(['--data', dir, '--code', '470'], points)).text).toMatch(/^470 MAJOR HIP AND KNEE/);
  });

  test('hospitals that a claims file only numbers are found: 9 of 10 of OP-26 have a ZIP', async () => {
    const op26 = join(shared, 'claims/cms_hospital_outpatient_procedure_volume_op26_2016.csv');
    const { columns, rows } = parseCsv(readFileSync(op26, 'utf8'), op26);
    const ccns = rows.map(({ cells }) => cells[columns.indexOf('provider id')] ?? '');
    const db = await openRegistryDb(dir, points());
    try {
      const { namesOf } = await import('../../service/registry/specialties.ts');
      const named = [...(await namesOf(db, ccns)).values()].filter(({ zip }) => zip !== null);
      expect(named.length / ccns.length).toBeGreaterThan(0.9);
    } finally {
      await db.close();
    }
  });

  test('names and addresses alone: what is taken without asking is right in more than 99 of 100', async () => {
    const db = await openRegistryDb(undefined, points());
    try {
      const { importRegistryFile } = await import('../../service/registry/importFile.ts');
      await importRegistryFile(db, { path: join(folder, HOSPITALS), now: new Date() });
      const known = new Set(
        (await db.all<{ record: string }>('SELECT record FROM records')).map(({ record }) => record),
      );
      const accounts = table(GENERAL).map((row) => ({
        id: row['facility id']!,
        name: row['facility name']!,
        npi: null,
        ccn: null,
        street: row['address']!,
        city: row['city/town']!,
        state: row['state']!,
        zip: row['zip code']!,
      }));
      // A hospital that the list holds under another number only (it became critical access) says nothing about the matching.
      const matches = (await matchAccounts(db, accounts)).filter(({ accountId }) => known.has(accountId));
      expect(matches.length).toBeGreaterThan(4800);
      const certain = matches.filter(({ verdict }) => verdict === 'certain');
      const right = certain.filter(({ accountId, candidates }) => candidates[0]!.key === accountId);
      const offered = matches.filter(({ accountId, candidates }) => candidates.some(({ key }) => key === accountId));
      expect(right.length / certain.length).toBeGreaterThan(0.99);
      expect(right.length / matches.length).toBeGreaterThan(0.62);
      expect(offered.length / matches.length).toBeGreaterThan(0.9);
    } finally {
      await db.close();
    }
  });
});
