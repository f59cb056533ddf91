import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { codeRules, rangeOf } from '../../service/claims/codeRules.ts';
import type { MarketBody } from '../../service/claims/markets.ts';
import { claimsWorld, vendorText } from '../kit/claimsWorld.ts';

let world: Awaited<ReturnType<typeof claimsWorld>>;
beforeEach(async () => {
  world = await claimsWorld();
});
afterEach(() => world.close());

const line = (
  code: string,
  rule: 'procedure' | 'addOn' | 'revenueOnly' = 'procedure',
  valueUsd: number | null = null,
) => ({ code, name: '', family: '', rule, valueUsd });
const market = (more: Partial<MarketBody> = {}): MarketBody => ({
  name: 'M',
  preset: 'medtech',
  role: 'facility',
  codes: [line('BW101')],
  ...more,
});
const saved = async (more: Partial<MarketBody> = {}) => world.claims.saveMarket(null, market(more), 'Ann');
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
const load = (name: string, ...rows: Parameters<typeof vendorText>) =>
  world.claims.importClaims(world.write(name, vendorText(...rows)), { name, withMarket: false });

describe('codes of a market', () => {
  it('a named code goes before a range, an earlier range before a later one; the rest does not count', () => {
    const entries = [
      line('17311-17315', 'addOn'),
      line('17311'),
      line('17000-17999', 'revenueOnly'),
      line('0001F-0009F'),
    ];
    const rules = codeRules(
      entries,
      ['17311', '17312', '17315', '17316', '18000', '1731', '0005F'].map((code) => ({ code })),
    );
    expect(rules.map(({ code, rule }) => [code, rule])).toEqual([
      ['17311', 'procedure'],
      ['17312', 'addOn'],
      ['17315', 'addOn'],
      ['17316', 'revenueOnly'],
      ['0005F', 'procedure'],
    ]);
    expect([rangeOf('17315-17311'), rangeOf('BW101'), rangeOf('1-22')]).toEqual([null, null, null]);
  });

  it('of a range are shown one by one, with families that the user loaded', async () => {
    await load('a.csv', { count: 20 }, { code: 'BW102', count: 30 }, { code: 'BW900', count: 40 });
    const { id } = await saved({ codes: [line('BW100-BW199')] });
    await world.claims.importFamilies(world.write('f.csv', 'code,family\nBW102,Knees\n,None\n'), 'f.csv');
    const { codes } = await world.claims.facets(id);
    expect(codes.map(({ code, family, procedures }) => [code, family, procedures])).toEqual([
      ['BW101', '', 20],
      ['BW102', 'Knees', 30],
    ]);
    await expect(world.claims.importFamilies(world.write('g.csv', 'a,b\n1,2\n'), 'g.csv')).rejects.toMatchObject({
      code: 'file_not_recognized',
    });
  });
});

describe('versions', () => {
  it('every save is one, with who and when, and an older one can be brought back', async () => {
    await load('a.csv', { count: 20 });
    const { id, version } = await saved({ name: 'First' });
    expect(version).toBe(1);
    await world.claims.saveMarket(id, market({ name: 'Second', addressableShare: 0.5 }), 'Bob');
    const back = await world.claims.restoreMarket(id, 1, 'Eve');
    expect([back.name, back.version, back.addressableShare]).toEqual(['First', 3, 1]);
    const versions = await world.claims.marketVersions(id);
    expect(
      versions.map(({ version: number, savedBy, savedAt, market: { name } }) => [number, savedBy, savedAt, name]),
    ).toEqual([
      [3, 'Eve', '2026-11-01T12:00:00.000Z', 'First'],
      [2, 'Bob', '2026-11-01T12:00:00.000Z', 'Second'],
      [1, 'Ann', '2026-11-01T12:00:00.000Z', 'First'],
    ]);
    await load('b.csv', { count: 40 });
    await world.claims.restoreMarket(id, 2, 'Eve');
    expect((await world.claims.unitDemand(id)).procedures[0], 'the newer file stays').toBe(40);
    await expect(world.claims.restoreMarket(id, 9)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what counts once, and where', () => {
  it('a procedure billed by a professional and by the facility counts once; what was paid counts whole', async () => {
    const hospital = { facility: '2900000037', facilityZip: '06510', site: '22' };
    await load('a.csv', { ...hospital, count: 40, paid: 4000 }, { ...hospital, performing: '', performingZip: '', count: 38, paid: 9000 },
      { ...hospital, performing: '', performingZip: '', site: '21', count: 25, paid: 500 }); // prettier-ignore
    const paid = await world.claims.unitDemand((await saved()).id);
    expect([paid.procedures, paid.potentialUsd]).toEqual([
      [0, 0, 65],
      [0, 0, 13_500],
    ]);
    const { id } = await saved({ codes: [line('BW101', 'procedure', 10)] });
    expect((await world.claims.unitDemand(id)).potentialUsd).toEqual([0, 0, 650]);
    expect((await world.claims.source(id)).notes[0]).toMatch(/counts once/);
    const { lines } = await world.claims.lines(id, {}, { offset: 0, limit: 10 });
    expect(lines.map(({ services, procedures }) => [services, procedures])).toEqual([['40', 40], ['25', 25], ['38', 0]]); // prettier-ignore
  });

  it('a file without both kinds of bills says so', async () => {
    await load('a.csv', { count: 20 });
    expect((await world.claims.source((await saved()).id)).notes[0]).toMatch(/does not show/);
  });

  it('laboratory and orderer have equal totals: what cannot be placed is a remainder with its reason', async () => {
    const lab = { performing: '2900000029', performingZip: '06510' };
    await load('a.csv', { ...lab, ordering: '2900000037', orderingZip: '02115', count: 20 }, { ...lab, ordering: '2900000045', orderingZip: '99999', count: 30 },
      { ...lab, ordering: '2900000052', orderingZip: '', count: 40 }, { ...lab, count: 50 }); // prettier-ignore
    const [byLab, byOrderer] = [
      await saved({ role: 'performing' }),
      await saved({ role: 'ordering', preset: 'diagnostics' }),
    ];
    const [labs, orderers] = [await world.claims.unitDemand(byLab.id), await world.claims.unitDemand(byOrderer.id)];
    expect([labs.procedures, labs.remainder]).toEqual([[0, 0, 140], []]);
    expect(orderers.procedures).toEqual([20, 0, 0]);
    expect(orderers.remainder.map(({ reason, procedures }) => [reason, procedures])).toEqual([
      ['no ZIP is known for this role', 90],
      ['the ZIP lies outside the map', 30],
    ]);
    expect([byLab.countsCases, byOrderer.countsCases]).toEqual([true, false]);
    expect(sum(orderers.procedures) + sum(orderers.remainder.map(({ procedures }) => procedures))).toBe(
      sum(labs.procedures),
    );
  });

  it('a file of several years has cells for each; the newest whole one counts unless another is chosen', async () => {
    await load(
      'a.csv',
      { month: '2024-01', count: 20 },
      { month: '2024-12', count: 30 },
      { month: '2025-02', count: 40 },
    );
    const newest = await saved();
    expect([newest.periodKey, (await world.claims.unitDemand(newest.id)).procedures]).toEqual(['2024', [50, 0, 0]]);
    const other = await saved({ countedPeriod: '2025' });
    expect((await world.claims.unitDemand(other.id)).procedures).toEqual([40, 0, 0]);
    expect((await world.claims.facets(other.id)).periods).toEqual([
      { period: '2025', first: '2025-02', last: '2025-02' },
      { period: '2024', first: '2024-01', last: '2024-12' },
    ]);
    await expect(saved({ countedPeriod: '2019' })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('twelve months that begin in autumn are one period', async () => {
    await load('a.csv', { month: '2024-10', count: 20 }, { month: '2025-09', count: 30 });
    const { id, periodKey, period } = await saved();
    expect([periodKey, period, (await world.claims.unitDemand(id)).procedures]).toEqual([
      null,
      '2024-10 to 2025-09',
      [50, 0, 0],
    ]);
  });

  it('is scaled up by county before state, with the source beside the figure', async () => {
    await load(
      'a.csv',
      { count: 20, paid: 100 },
      { performingZip: '06510', performing: '2900000029', count: 30, paid: 300 },
    );
    const { id } = await saved({ scaleUp: [{ place: 'MA', factor: 2, source: 'Payer mix 2024' }, { place: '25025', factor: 3, source: 'County study' }, { place: 'CT', factor: 1.5, source: 'Payer mix 2024' }] }); // prettier-ignore
    const demand = await world.claims.unitDemand(id);
    expect([demand.procedures, demand.potentialUsd]).toEqual([[60, 0, 45], [300, 0, 450]]); // prettier-ignore
    expect((await world.claims.source(id)).notes).toContain('CT × 1.5: Payer mix 2024');
  });

  it('can ask the registry for a taxonomy code that the file lacks', async () => {
    const own = await claimsWorld({
      specialtiesOf: async (npis) =>
        new Map(npis.includes('2900000029') ? [['2900000029', ['207X00000X', '208600000X']]] : []),
    });
    await own.claims.importClaims(
      own.write('a.csv', vendorText({ count: 20 }, { performing: '2900000029', performingZip: '02116', count: 30 })),
    );
    const demandOf = async (specialties: string[]) =>
      (await own.claims.unitDemand((await own.claims.saveMarket(null, market({ specialties }))).id)).procedures;
    expect([await demandOf(['207X00000X']), await demandOf(['Surgery']), await demandOf(['None'])]).toEqual([[0, 30, 0], [20, 30, 0], [0, 0, 0]]); // prettier-ignore
    await own.close();
  });
});

const shared = process.env['BAILIWICK_SHARED_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const mohs = (year: number) => join(shared, `claims/cms_physician_by_provider_and_service_mohs_${year}.csv`);

test.skipIf(!existsSync(mohs(2020)))(
  'real Mohs files: 895,382 procedures of 1,409,956 services in 2020, and the trend over three years',
  async () => {
    for (const year of [2018, 2019, 2020]) await world.claims.importClaims(mohs(year), { withMarket: false });
    const stages = ['17312', '17314', '17315'].map((code) => line(code, 'addOn'));
    const first = await saved({ role: 'performing', codes: [...stages, line('17311-17315')] });
    const every = await saved({ role: 'performing', codes: [line('17311-17315')] });
    const nation = async (id: string) => {
      const { procedures, remainder } = await world.claims.unitDemand(id);
      return sum(procedures) + sum(remainder.map((part) => part.procedures));
    };
    expect([await nation(first.id), await nation(every.id)]).toEqual([895_382, 1_409_956]);
    const trend = await world.claims.trend(first.id);
    expect(trend.map(({ period }) => period)).toEqual(['2018', '2019', '2020']);
    expect(trend.map(({ procedures, unplaced }) => sum(procedures) + unplaced.procedures).at(-1)).toBe(895_382);
    const { yearlySource, rules } = await world.claims.uncertainDemand(first.id);
    expect(yearlySource).toMatch(/providers from 2019 to 2020/);
    expect(rules.yearly.p10).toBeLessThan(-0.2);
  },
);
