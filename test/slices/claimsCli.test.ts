import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { demandCommand } from '../../service/claims/cli.ts';
import { importClaimsCommand } from '../../service/claims/importCli.ts';
import type { ImportReport } from '../../service/claims/importReport.ts';
import { parseCsv } from '../../service/core/csv.ts';
import { countiesOfZips } from '../../service/geography/countyOf.ts';
import { vendorText } from '../kit/claimsWorld.ts';

const shared = process.env['BAILIWICK_SHARED_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const MOHS = join(shared, 'claims/cms_physician_by_provider_and_service_mohs_2020.csv');

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bailiwick-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const table = (path: string) => {
  const { columns, rows } = parseCsv(readFileSync(path, 'utf8'), path);
  return rows.map(({ cells }) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])));
};

describe('import and demand on the command line', () => {
  it('sums what was imported, by ZIP as it stands in the file and by county', async () => {
    const file = join(dir, 'a.csv');
    writeFileSync(
      file,
      vendorText(
        { count: 20, performingZip: '2115' },
        { count: 30, performingZip: '02116', site: '24' },
        { count: 11, performingZip: '99999' },
      ),
    );
    const { text } = await importClaimsCommand(['claims', file, '--data', join(dir, 'data')]);
    expect(text).toContain('3 rows read = 3 kept + 0 set aside');
    const out = join(dir, 'out.csv');
    await demandCommand(
      ['--data', join(dir, 'data'), '--out', out, '--value', '10', '--codes', 'bw101'],
      countiesOfZips,
    );
    expect(table(out).map(({ unit, services, opportunity_usd }) => [unit, services, opportunity_usd])).toEqual([
      ['02115', '20', '200'],
      ['02116', '30', '300'],
      ['99999', '11', '110'],
    ]);
    await demandCommand(['--data', join(dir, 'data'), '--out', out, '--by', 'county', '--sites', '22'], countiesOfZips);
    expect(table(out).map(({ unit, services }) => [unit, services])).toEqual([
      ['25025', '20'],
      ['unplaced', '11'],
    ]);
  });

  it('counts a lab file by who performs and by who orders: equal sums, other places, and what names nobody', async () => {
    const [file, out] = [join(dir, 'lab.csv'), join(dir, 'out.csv')];
    const lab = { performing: '1000000004', performingZip: '27215' };
    const rows = [
      { ...lab, ordering: '2900000011', orderingZip: '02115', count: 400 },
      { ...lab, ordering: '2900000029', orderingZip: '06510', count: 300 },
      { ...lab, count: 50 },
    ];
    writeFileSync(file, vendorText(...rows));
    await importClaimsCommand(['claims', file, '--data', join(dir, 'data')]);
    const counted = async (role: string) => {
      await demandCommand(['--data', join(dir, 'data'), '--out', out, '--role', role], countiesOfZips);
      return table(out).map(({ unit, services }) => `${unit} ${services}`);
    };
    expect(await counted('performing')).toEqual(['27215 750']);
    expect(await counted('ordering')).toEqual(['02115 400', '06510 300', 'unattributed 50']);
    await expect(counted('nobody')).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('guards by the threshold of the source', async () => {
    const [file, data] = [join(dir, 'a.csv'), join(dir, 'data')];
    writeFileSync(file, vendorText({ count: 20 }, { count: 60, code: 'BW102' }));
    const { json } = await importClaimsCommand(['claims', file, '--data', data, '--below', '30', '--imputed', '12']);
    const [report] = (json as { imports: ImportReport[] }).imports;
    expect(report!.guarded).toEqual({ cells: 1, below: 30, imputed: 12 });
    const out = join(dir, 'out.csv');
    await demandCommand(['--data', data, '--out', out], countiesOfZips);
    expect(table(out).map(({ services }) => services)).toEqual(['72']);
    await expect(importClaimsCommand(['claims', file, '--data', data, '--below', 'many'])).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  it('says what is missing', async () => {
    await expect(importClaimsCommand(['claims', '--data', dir])).rejects.toMatchObject({ code: 'bad_request' });
    await expect(importClaimsCommand(['claims', join(dir, 'no.csv'), '--data', dir])).rejects.toMatchObject({
      code: 'file_not_recognized',
    });
    await expect(demandCommand(['--data', dir, '--out', join(dir, 'x.csv')], countiesOfZips)).rejects.toMatchObject({
      code: 'not_ready',
    });
    await expect(demandCommand(['--data', dir, '--by', 'moon', '--out', 'x'], countiesOfZips)).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

const INPATIENT = join(shared, 'claims/cms_inpatient_ipps_provider_drg_indiana.csv');

test.skipIf(!existsSync(INPATIENT))(
  'real CMS inpatient data: every hospital and MS-DRG to the last discharge',
  async () => {
    const { json } = await importClaimsCommand(['claims', INPATIENT, '--data', dir]);
    const [report] = (json as { imports: ImportReport[] }).imports;
    expect([report!.layout, report!.rowsRead, report!.rowsKept]).toEqual(['cmsInpatientByDrg', 4260, 4260]);
    const raw = table(INPATIENT);
    for (const drg of ['470', '039', '']) {
      const out = join(dir, `demand${drg}.csv`);
      await demandCommand(
        ['--data', dir, '--by', 'zip', '--out', out, ...(drg ? ['--codes', drg] : [])],
        countiesOfZips,
      );
      const expected = new Map<string, { discharges: number; paid: number }>();
      for (const row of raw.filter((each) => each['drg definition']!.startsWith(drg))) {
        const sum = expected.get(row['provider zip code']!) ?? { discharges: 0, paid: 0 };
        const discharges = Number(row['total discharges']);
        sum.discharges += discharges;
        sum.paid += discharges * Number(row['average medicare payments']);
        expected.set(row['provider zip code']!, sum);
      }
      const rows = table(out);
      expect(rows).toHaveLength(expected.size);
      for (const { unit, services, payment_usd } of rows) {
        expect(Number(services), unit).toBe(expected.get(unit!)!.discharges);
        expect(Number(payment_usd), unit).toBeCloseTo(expected.get(unit!)!.paid, 1);
      }
    }
  },
);

test.skipIf(!existsSync(MOHS))(
  'a real CMS file: 8,489 rows read, and code 17311 by ZIP to the last service',
  async () => {
    const { json } = await importClaimsCommand(['claims', MOHS, '--data', dir]);
    const [report] = (json as { imports: ImportReport[] }).imports;
    expect([report!.rowsRead, report!.rowsKept + report!.rowsSetAside]).toEqual([8489, 8489]);
    const out = join(dir, 'demand.csv');
    await demandCommand(['--data', dir, '--codes', '17311', '--by', 'zip', '--out', out], countiesOfZips);
    const expected = new Map<string, { services: number; days: number; npis: Set<string> }>();
    for (const row of table(MOHS)) {
      if (row['hcpcs_cd'] !== '17311') continue;
      const zip = row['rndrng_prvdr_zip5']!.padStart(5, '0');
      const sum = expected.get(zip) ?? { services: 0, days: 0, npis: new Set() };
      sum.services += Number(row['tot_srvcs']);
      sum.days += Number(row['tot_bene_day_srvcs']);
      expected.set(zip, { ...sum, npis: sum.npis.add(row['rndrng_npi']!) });
    }
    const rows = table(out);
    expect(rows).toHaveLength(expected.size);
    for (const { unit, services, beneficiary_days, providers } of rows) {
      const sum = expected.get(unit!)!;
      expect([services, beneficiary_days, providers].map(Number), unit).toEqual([
        sum.services,
        sum.days,
        sum.npis.size,
      ]);
    }
  },
);
