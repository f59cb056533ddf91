import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Claims } from '../../service/claims/claims.ts';
import { createClaims } from '../../service/claims/claims.ts';
import { claimsRoutes } from '../../service/claims/routes.ts';
import { FileAnswer } from '../../service/http/routes.ts';
import { DuckDb } from '../../service/store/duckDb.ts';
import { claimsWorld, SMALL_GROUND, vendorText } from '../kit/claimsWorld.ts';

let world: Awaited<ReturnType<typeof claimsWorld>>;
let market: string;
const line = (code: string) => ({ code, name: code, family: '', rule: 'procedure' as const, valueUsd: 100 });

beforeAll(async () => {
  world = await claimsWorld();
  const load = (name: string, counts: readonly number[]) =>
    world.claims.importClaims(
      world.write(
        name,
        vendorText(
          { month: `${name.slice(0, 4)}-03`, count: counts[0]! },
          { month: `${name.slice(0, 4)}-03`, count: counts[1]!, performing: '2900000029', performingZip: '02116' },
          { month: `${name.slice(0, 4)}-03`, count: counts[2]!, performing: '2900000037', performingZip: '06510' },
          { month: `${name.slice(0, 4)}-03`, count: counts[3]!, performing: '2900000045', performingZip: '99999' },
        ),
      ),
      { withMarket: false },
    );
  await load('2024.csv', [100, 200, 100, 100]);
  await load('2025.csv', [150, 200, 7, 142]);
  const codes = [line('BW101')];
  market = (await world.claims.saveMarket(null, { name: 'M', preset: 'medtech', role: 'performing', codes })).id;
});
afterAll(() => world.close());

/** Asks a route as somebody who sees these units, through its own schemas. */
async function ask<Answer = Record<string, never>>(
  path: string,
  query: Record<string, string>,
  units?: readonly number[],
): Promise<Answer> {
  const visibleUnits = async () => (units ? new Set(units) : ('all' as const));
  const territories = async () => [
    { name: 'Boston', units: [0, 1] },
    { name: 'Haven', units: [2] },
  ];
  const ports = { visibleUnits, territories, corrections: async () => 0 };
  const route = claimsRoutes(world.claims, ports).find((each) => each.path === path && each.method === 'get')!;
  const input = { query: (route.query as z.ZodType).parse({ market, ...query }), user: { name: 'Ann' } };
  const answer = await route.handle(input as never);
  return (answer instanceof FileAnswer ? answer.content : (route.response as z.ZodType).parse(answer)) as Answer;
}

interface Rows {
  rows: number;
  procedures: number;
  opportunityUsd: number;
  suppressedShare: number;
  lines: { unit: string; services: string; procedures: number; providerId: string }[];
}

describe('the rows behind a figure', () => {
  it('add up to it, page by page, and show a guarded count as what it is', async () => {
    const all = await ask<Rows>('/demand/rows', {});
    expect([all.rows, all.procedures, all.opportunityUsd]).toEqual([3, 355.5, 35_550]);
    expect(all.suppressedShare).toBeCloseTo(5.5 / 355.5, 12);
    expect(all.lines.map(({ unit, services }) => [unit, services])).toEqual([['02116', '200'], ['02115', '150'], ['06510', '< 11']]); // prettier-ignore
    const second = await ask<Rows>('/demand/rows', { offset: '1', limit: '1' });
    expect([second.rows, second.lines.map(({ unit }) => unit)]).toEqual([3, ['02115']]);
    const one = await ask<Rows>('/demand/rows', { units: '02115' });
    expect([one.procedures, one.lines[0]!.providerId]).toEqual([150, '2900000011']);
    const csv = (await ask<string>('/demand/rows.csv', { units: '06510' })).split('\n');
    expect(csv[1]).toContain('< 11,5.5,550,1');
  });

  it('are those of the own units only; what is not seen is not there', async () => {
    const own = await ask<Rows>('/demand/rows', {}, [0]);
    expect(own.lines.map(({ unit }) => unit)).toEqual(['02115']);
    await expect(ask('/demand/rows', { units: '02116' }, [0])).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask('/demand/rows', { units: '00000' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask('/demand/trend', { units: '02116' }, [0])).rejects.toMatchObject({ code: 'not_found' });
    await expect(ask('/demand/compare', { a: '02115', b: '02116' }, [0])).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('demand', () => {
  it('carries an interval, its suppressed share and the remainder, for those who see everything', async () => {
    interface Demand {
      interval: { low: number[]; high: number[] };
      suppressedShare: number[];
      total: { interval: { low: number; high: number }; remainder: unknown[]; suppressedShare: number };
      yearly: { source: string };
    }
    const all = await ask<Demand>('/demand', {});
    expect(all.suppressedShare).toEqual([0, 0, 1]);
    expect(all.total.remainder).toEqual([
      { reason: 'the ZIP lies outside the map', procedures: 142, opportunityUsd: 14_200 },
    ]);
    // one provider of 15,000 dollars; 14,200 of 35,550 dollars could not be placed
    expect(all.interval.low[0]).toBeCloseTo(15_000 * (1 - 0.45), 6);
    expect(all.interval.high[0]).toBeCloseTo(15_000 * (1 + 14_200 / 35_550 + 0.45), 6);
    expect(all.total.interval.high - all.total.interval.low).toBeLessThan(
      all.interval.high.reduce((sum, high, i) => sum + high - all.interval.low[i]!, 0),
    );
    expect(all.yearly.source).toMatch(/CMS files/);
    const own = await ask<Demand>('/demand', {}, [0]);
    expect([own.total.remainder, own.total.suppressedShare]).toEqual([[], 0]);
  });

  it('tells a difference from noise', async () => {
    interface Compared {
      a: { procedures: number };
      isNoise: boolean;
    }
    const alike = await ask<Compared>('/demand/compare', { a: '02115', b: '02116' });
    expect([alike.a.procedures, alike.isNoise]).toEqual([150, true]);
    expect((await ask<Compared>('/demand/compare', { a: '06510', b: '02116' })).isNoise).toBe(false);
  });

  it('has a past: the nation told apart from the place', async () => {
    interface Trend {
      periods: {
        period: string;
        national: { procedures: number } | null;
        nationalChange: number | null;
        selectedChange: number | null;
        localChange: number | null;
        suppressedShare: number;
      }[];
      unitChange: (number | null)[];
    }
    const { periods, unitChange } = await ask<Trend>('/demand/trend', { units: '02115' });
    expect(periods.map(({ period, national }) => [period, national!.procedures])).toEqual([['2024-03', 500], ['2025-03', 497.5]]); // prettier-ignore
    expect(periods[1]).toMatchObject({ nationalChange: 497.5 / 500 - 1, selectedChange: 0.5 });
    expect(periods[1]!.localChange).toBeCloseTo(1.5 / 0.995 - 1, 12);
    expect(unitChange).toEqual([0.5, 0, 5.5 / 100 - 1]);
    const own = await ask<Trend>('/demand/trend', {}, [0]);
    expect([own.periods[1]!.national, own.unitChange]).toEqual([null, [0.5, null, null]]);
  });

  it('is compared by territory: to the rep only those that lie wholly in what she sees', async () => {
    interface Trends {
      measure: string;
      nationalChange: number;
      territories: { name: string; figures: number[]; localChange: number; hasDrifted: boolean }[];
    }
    const all = await ask<Trends>('/demand/trend/territories', { team: 't' });
    expect(all.measure).toBe('opportunityUsd');
    expect(all.territories.map(({ name, figures, hasDrifted }) => [name, figures, hasDrifted])).toEqual([
      ['Boston', [30_000, 35_000], true],
      ['Haven', [10_000, 550], true],
    ]);
    expect(all.territories[0]!.localChange).toBeCloseTo(35 / 30 / (1 + all.nationalChange) - 1, 12);
    const own = await ask<Trends>('/demand/trend/territories', { team: 't' }, [0, 2]);
    expect(own.territories.map(({ name }) => name)).toEqual(['Haven']);
  });

  it('stands beside the population: what a plan by heads would miss', async () => {
    await expect(ask('/demand/baseline', {})).rejects.toMatchObject({ code: 'not_ready' });
    const report = await world.claims.importBaseline(world.write('p.csv', 'ZIP Code,State,Population\n2115,MA,"1,000"\n02116,MA,1000\n02297,MA,500\n06510,CT,500\n99998,XX,7\n,MA,3\n06511,CT,none\n'.replace('ZIP Code', 'zip_code')), 'p.csv'); // prettier-ignore
    expect([report.rowsRead, report.rowsKept, report.heads, report.setAside]).toEqual([7, 5, 3007, [{ reason: 'no usable ZIP', rows: 1 }, { reason: 'the count is not a number', rows: 1 }]]); // prettier-ignore
    interface Beside {
      gaps: { unit: string; demandShare: number; headShare: number; gap: number }[];
      misplacedShare: number;
      unplacedHeads: number;
      suppressedShare: number;
    }
    const { gaps, ...rest } = await ask<Beside>('/demand/baseline', { top: '2' });
    expect(gaps.map(({ unit }) => unit)).toEqual(['02116', '06510']);
    expect(gaps[0]!.gap).toBeCloseTo(200 / 355.5 - 1000 / 3000, 12);
    expect(rest.unplacedHeads).toBe(7);
    expect(rest.suppressedShare).toBeCloseTo(5.5 / 355.5, 12);
    const misplaced =
      [150 / 355.5 - 0.5, 200 / 355.5 - 1 / 3, 5.5 / 355.5 - 1 / 6].reduce((sum, gap) => sum + Math.abs(gap), 0) / 2;
    expect(rest.misplacedShare).toBeCloseTo(misplaced, 12);
    const own = await ask<Beside>('/demand/baseline', {}, [1, 2]);
    expect(own.gaps.map(({ unit }) => unit)).toEqual(['02116', '06510']);
  });
});

describe('a data directory of an older version', () => {
  it('opens with every figure as it was', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'bailiwick-older-'));
    const old = await DuckDb.open({
      dataDir: dir,
      name: 'claims',
      schema: `CREATE TABLE snapshots(id VARCHAR PRIMARY KEY, file VARCHAR, layout VARCHAR, sha256 VARCHAR, period VARCHAR, imported_at VARCHAR, number INTEGER, report VARCHAR);
        CREATE TABLE cells(snapshot_id VARCHAR, performing VARCHAR, performing_zip VARCHAR, performing_name VARCHAR, facility VARCHAR, facility_npi VARCHAR, facility_ccn VARCHAR,
          facility_zip VARCHAR, facility_name VARCHAR, ordering VARCHAR, ordering_zip VARCHAR, specialty VARCHAR, code VARCHAR, site VARCHAR,
          services DOUBLE, beneficiaries DOUBLE, beneficiary_days DOUBLE, payment_usd DOUBLE, drug BOOLEAN, suppressed BOOLEAN);
        CREATE TABLE codes(snapshot_id VARCHAR, code VARCHAR, name VARCHAR, family VARCHAR, drug BOOLEAN);
        CREATE TABLE lines(snapshot_id VARCHAR, line BIGINT, kind VARCHAR, reason VARCHAR, found VARCHAR);
        CREATE TABLE markets(id VARCHAR PRIMARY KEY, number INTEGER, snapshot_id VARCHAR, body VARCHAR, revision INTEGER);
        CREATE TABLE market_codes(market_id VARCHAR, code VARCHAR, rule VARCHAR, value_usd DOUBLE);
        CREATE TABLE units(zip VARCHAR, unit INTEGER);
        INSERT INTO snapshots VALUES ('s', 'a.csv', 'vendorAggregate', 'x', '2026-03', '2026-04-01', 0, '{"file":"a.csv","layoutName":"vendor","guarded":{"cells":1,"below":11,"imputed":5.5}}');
        INSERT INTO cells VALUES ('s', '2900000011', '02115', 'Bo', '2900000037', '2900000037', '079600', '06510', 'Hospital', '2900000045', '02116', 'Surgery', 'BW101', '22', 40, 30, 35, 4000, false, false),
          ('s', '2900000011', '02115', 'Bo', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'Surgery', 'BW101', '11', 5.5, 5.5, 0, 550, false, true);
        INSERT INTO codes VALUES ('s', 'BW101', 'Renewal', 'Knees', false);
        INSERT INTO markets VALUES ('11111111-1111-4111-8111-111111111111', 0, 's', '{"name":"Old","preset":"medtech","codes":[{"code":"BW101","name":"Renewal","family":"Knees","rule":"procedure","valueUsd":10}],"role":"facility","addressableShare":0.5}', 3);
        INSERT INTO market_codes VALUES ('11111111-1111-4111-8111-111111111111', 'BW101', 'procedure', 10)`,
    });
    await old.close();
    for (const time of ['first', 'second']) {
      const claims: Claims = await createClaims({ dataDir: dir, geography: SMALL_GROUND });
      const [found] = await claims.markets();
      const demand = await claims.unitDemand(found!.id);
      expect([found!.name, found!.version, demand.procedures, demand.potentialUsd, demand.suppressed], time).toEqual(['Old', 1, [5.5, 0, 40], [27.5, 0, 200], [1, 0, 0]]); // prettier-ignore
      expect(
        (await claims.procedures(found!.id, { npi: null, ccn: '079600' })).map(({ procedures }) => procedures),
      ).toEqual([40]);
      expect((await claims.places(found!.id)).map(({ name }) => name)).toEqual(['Hospital', 'Bo']);
      await claims.close();
    }
    rmSync(dir, { recursive: true, force: true });
  });
});
