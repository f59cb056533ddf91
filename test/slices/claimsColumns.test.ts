import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createClaims } from '../../service/claims/claims.ts';
import { countedCells, type Narrowing } from '../../service/claims/counted.ts';
import type { MarketColumns } from '../../service/claims/marketColumns.ts';
import { readColumns } from '../../service/claims/readColumns.ts';
import { sumColumns } from '../../service/claims/sumColumns.ts';
import { getMarket, type Market, type MarketBody } from '../../service/claims/markets.ts';
import { openClaimsDb } from '../../service/claims/store.ts';
import type { UnitId } from '../../service/core/ids.ts';
import { below, seeded } from '../../service/core/random.ts';
import type { DuckDb } from '../../service/store/duckDb.ts';
import { codeOf, specialtyName, writeNationalFile } from '../bench/claims/nationalFile.ts';

const ZIPS = Array.from({ length: 60 }, (_, i) => String(1000 + 7 * i).padStart(5, '0'));
const STATES = ZIPS.map((_, i) => (i < 30 ? 'MA' : 'CT'));
const GROUND = {
  ids: ZIPS.slice(0, 50) as UnitId[],
  states: STATES.slice(0, 50),
  counties: STATES.slice(0, 50).map((state) => (state === 'MA' ? '25025' : '09009')),
  parents: { [ZIPS[50]!]: ZIPS[0] as UnitId, [ZIPS[51]!]: ZIPS[0] as UnitId },
  lat: [],
  lon: [],
};
/** Sums in another order differ in the last bits. */
const CLOSE = 6;

let dir: string;
let db: DuckDb;
const markets: { market: Market; columns: MarketColumns }[] = [];
const line = (
  code: string,
  rule: 'procedure' | 'addOn' | 'revenueOnly' = 'procedure',
  valueUsd: number | null = null,
) => ({ code, name: '', family: '', rule, valueUsd });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'bailiwick-columns-'));
  const file = join(dir, 'national-2024.csv');
  writeNationalFile({ path: file, rows: 20_000, seed: 4, zips: ZIPS, states: STATES });
  const claims = await createClaims({ dataDir: join(dir, 'data'), geography: GROUND });
  const { id, rowsKept } = await claims.importClaims(file, { name: 'national-2024.csv', withMarket: false });
  expect(rowsKept).toBe(20_000);
  const body = (more: Partial<MarketBody>): MarketBody => ({
    name: 'M',
    preset: 'medtech',
    snapshotId: id,
    role: 'performing',
    codes: [line('10000-99999')],
    ...more,
  });
  const bodies = [
    body({}),
    body({ codes: [line(codeOf(1, 0), 'addOn'), line('10000-29999', 'procedure', 250)], addressableShare: 0.4 }),
    body({ role: 'ordering' }),
    body({
      specialties: [specialtyName(0), specialtyName(3)],
      sites: ['O'],
      scaleUp: [
        { place: 'MA', factor: 2.5, source: 'S' },
        { place: '09009', factor: 3, source: 'S' },
      ],
    }),
  ];
  const saved = [];
  for (const each of bodies) saved.push(await claims.saveMarket(null, each));
  await claims.close();
  db = await openClaimsDb(join(dir, 'data'));
  for (const { id: marketId } of saved) {
    const market = await getMarket(db, marketId);
    markets.push({ market, columns: await readColumns(db, GROUND.ids.length, market) });
  }
}, 120_000);
afterAll(async () => {
  await db.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the columns in memory', () => {
  it('keep a smaller table for questions without codes, where there is one', () => {
    const smaller = markets.filter(({ columns }) => columns.withoutCodes);
    expect(smaller.length).toBeGreaterThan(0);
    for (const { columns } of smaller)
      expect(columns.withoutCodes!.provider.length).toBeLessThan(columns.provider.length);
  });
  it('add up to what the cells say, unit by unit, under any market and any facets', async () => {
    const random = seeded(8);
    const some = (list: readonly string[], share: number) => list.filter(() => random() < share);
    for (let run = 0; run < 40; run++) {
      const { market, columns } = markets[run % markets.length]!;
      const narrowing: Narrowing = {
        sites: run % 3 === 0 ? [['F', 'O'][below(random, 2)]!] : [],
        specialties:
          run % 4 === 1
            ? some(
                Array.from({ length: 75 }, (_, i) => specialtyName(i)),
                0.2,
              ).concat('Nobody')
            : [],
        codes:
          run % 5 === 2
            ? some(
                Array.from({ length: 60 }, (_, i) => codeOf(0, i)),
                0.5,
              )
            : [],
      };
      const { sql, values } = await countedCells(db, market, narrowing);
      const rows = await db.all<Record<'place' | 'procedures' | 'usd' | 'providers' | 'imputed' | 'squares', number>>(
        `SELECT coalesce(unit, CASE WHEN zip IS NULL THEN 50 ELSE 51 END) AS place, sum(procedures) AS procedures, sum(opportunity_usd) AS usd,
           count(DISTINCT provider)::DOUBLE AS providers, sum(imputed_procedures) AS imputed, sum(imputed_squares) AS squares FROM ${sql} GROUP BY 1`,
        values,
      );
      const sums = await sumColumns(columns, narrowing);
      expect([...sums.procedures].filter((value) => value > 0)).toHaveLength(
        rows.filter(({ procedures }) => procedures > 0).length,
      );
      for (const row of rows) {
        expect(sums.procedures[row.place]).toBeCloseTo(row.procedures, CLOSE);
        expect(sums.usd[row.place]).toBeCloseTo(row.usd, 3);
        expect(sums.providers[row.place]).toBe(row.providers);
        expect(sums.imputedProcedures[row.place]).toBeCloseTo(row.imputed, CLOSE);
        expect(sums.imputedSquares[row.place]! / (row.squares || 1)).toBeCloseTo(row.squares === 0 ? 0 : 1, CLOSE);
      }
    }
  });

  it('know the squares of every provider in every unit', async () => {
    const { market, columns } = markets[0]!;
    const { sql, values } = await countedCells(db, market);
    const rows = await db.all<{ unit: number; squares: number }>(
      `SELECT unit, sum(usd * usd) AS squares FROM (SELECT unit, provider, sum(opportunity_usd) AS usd FROM ${sql} WHERE unit IS NOT NULL GROUP BY ALL) GROUP BY unit`,
      values,
    );
    const sums = await sumColumns(columns);
    for (const { unit, squares } of rows) expect(sums.providerSquares[unit]! / squares).toBeCloseTo(1, 9);
  });

  it('tell how far they are while they are read', async () => {
    const shares: number[] = [];
    await readColumns(db, GROUND.ids.length, markets[0]!.market, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(3);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares[0]).toBeGreaterThan(0);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
    expect(shares.at(-1)).toBeGreaterThanOrEqual(0.8);
  });
});

describe('the national file of the bench', () => {
  it('is the same for the same seed and stays near what was measured on real files', async () => {
    const [counts] = await db.all<Record<'p50' | 'p90' | 's50' | 's90' | 's99' | 'most', number>>(
      `SELECT quantile_cont(n, 0.5) AS p50, quantile_cont(n, 0.9) AS p90, (SELECT quantile_cont(services, 0.5) FROM cells) AS s50,
         (SELECT quantile_cont(services, 0.9) FROM cells) AS s90, (SELECT quantile_cont(services, 0.99) FROM cells) AS s99, max(n)::DOUBLE AS most
       FROM (SELECT performing, count(*) AS n FROM cells GROUP BY performing)`,
    );
    expect(counts!.p50).toBeCloseTo(5, 0);
    expect(Math.abs(counts!.p90 - 17)).toBeLessThan(3);
    expect(
      [counts!.s50 / 40, counts!.s90 / 263, counts!.s99 / 1505].every((ratio) => ratio > 0.8 && ratio < 1.25),
    ).toBe(true);
    expect(counts!.most).toBeLessThanOrEqual(97);
    const paths = ['x.csv', 'y.csv'].map((name) => join(dir, name));
    for (const path of paths) writeNationalFile({ path, rows: 500, seed: 9, zips: ZIPS, states: STATES });
    const [first, second] = await Promise.all(
      paths.map((path) => import('node:fs/promises').then(({ readFile }) => readFile(path, 'utf8'))),
    );
    expect(first).toBe(second);
  });
});

const shared = process.env['BAILIWICK_SHARED_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const POPULATION = join(shared, 'geo/zcta_points_population.csv');
const MOHS = join(shared, 'claims/cms_physician_by_provider_and_service_mohs_2020.csv');

test.skipIf(!existsSync(POPULATION) || !existsSync(MOHS))(
  'real population beside real demand: shares add up, and nobody is lost',
  async () => {
    const claims = await createClaims({ geography: GROUND });
    await claims.importClaims(MOHS);
    const report = await claims.importBaseline(POPULATION);
    expect([report.zipColumn, report.headsColumn, report.rowsRead, report.rowsKept]).toEqual([
      'zcta',
      'pop2016',
      33_120,
      33_120,
    ]);
    expect(report.heads / 322.07e6).toBeCloseTo(1, 3);
    const { gaps, unplacedHeads } = await claims.baseline((await claims.markets())[0]!.id, {});
    expect(gaps.reduce((sum, { headShare }) => sum + headShare, 0)).toBeCloseTo(1, 9);
    expect(unplacedHeads).toBeGreaterThan(300e6);
    expect((await claims.importBaseline(POPULATION)).alreadyThere).toBe(true);
    expect((await claims.importBaseline(POPULATION, undefined, 'pop2010')).heads / 312.46e6).toBeCloseTo(1, 3);
    writeFileSync(join(dir, 'bad.csv'), 'zip,colour\n02115,red\n');
    await expect(claims.importBaseline(join(dir, 'bad.csv'))).rejects.toMatchObject({ code: 'file_not_recognized' });
    expect(await claims.baselines()).toHaveLength(2);
    await claims.close();
  },
);
