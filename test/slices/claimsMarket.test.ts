import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distinctProviders } from '../../service/claims/sharedProviders.ts';
import type { Market, MarketBody } from '../../service/claims/markets.ts';
import { claimsWorld, vendorText } from '../kit/claimsWorld.ts';

const SURGEON = '2900000011';
const LAB = '2900000029';
let world: Awaited<ReturnType<typeof claimsWorld>>;
let body: MarketBody;

/** One surgeon at a hospital in 06510, at a surgery center in 02116, and in the office in 02297, which hangs on 02115. */
beforeAll(async () => {
  world = await claimsWorld();
  const surgeon = { performing: SURGEON, performingZip: '02297', ordering: LAB, orderingZip: '02116' };
  const hospital = { facility: '2900000037', ccn: '079600', facilityZip: '06510' };
  const text = vendorText(
    { ...surgeon, ...hospital, site: '21', count: 40 },
    { ...surgeon, ...hospital, site: '22', count: 25 },
    { ...surgeon, ...hospital, site: '22', code: 'BW109', count: 15 },
    { ...surgeon, facility: '2900000045', facilityZip: '02116', site: '24', count: 30 },
    { ...surgeon, site: '11', count: 12, code: 'BW308' },
    { ...surgeon, site: '11', count: 18 },
    { performing: '2900000052', performingZip: '99999', count: 50 },
  );
  const report = await world.claims.importClaims(world.write('a.csv', text));
  const code = (name: string, rule: 'procedure' | 'addOn' | 'revenueOnly', valueUsd: number) => ({
    code: name,
    name,
    family: 'F',
    rule,
    valueUsd,
  });
  body = {
    name: 'Market',
    preset: 'medtech',
    snapshotId: report.id,
    codes: [code('BW101', 'procedure', 100), code('BW109', 'addOn', 10), code('BW308', 'revenueOnly', 1)],
    role: 'facility',
    addressableShare: 0.5,
  };
});
afterAll(() => world.close());

const withMarket = async (changes: Partial<MarketBody>): Promise<Market> =>
  world.claims.saveMarket(null, { ...body, ...changes });

describe('demand of a market', () => {
  it('stands where procedures are performed, counts by rule and values every line', async () => {
    const { id } = await withMarket({});
    const demand = await world.claims.unitDemand(id);
    expect(demand.procedures).toEqual([18, 30, 65]);
    expect(demand.potentialUsd).toEqual([0.5 * (18 * 100 + 12), 0.5 * 3000, 0.5 * (6500 + 150)]);
    expect(demand.providers).toEqual([1, 1, 1]);
  });

  it('counts a provider of several ZIPs once in a sum of them, and under the facets of the moment', async () => {
    const own = await claimsWorld();
    const at = (performing: string, performingZip: string, code = 'BW101') => ({ performing, performingZip, code });
    const rows = [at('1', '02115'), at('1', '02116'), at('1', '06510', 'BW102'), at('2', '02116'), at('3', '06510')];
    const text = vendorText(...rows.map((row) => ({ ...row, performing: `290000000${row.performing}` })));
    await own.claims.importClaims(own.write('a.csv', text));
    const { id } = (await own.claims.markets())[0]!;
    const all = await own.claims.unitDemand(id);
    expect(all.providers).toEqual([1, 2, 2]);
    const sums = [[0], [0, 1], [1, 2], [0, 1, 2]].map((units) => distinctProviders(all, units));
    expect(sums).toEqual([1, 2, 3, 3]);
    const one = await own.claims.unitDemand(id, { codes: ['BW102'] });
    expect(distinctProviders(one, [0, 1, 2])).toBe(1);
    await own.close();
  });

  it('stands with the performer or with the orderer where the market says so; the total stays', async () => {
    const performing = await world.claims.unitDemand((await withMarket({ role: 'performing' })).id);
    const ordering = await world.claims.unitDemand((await withMarket({ role: 'ordering', preset: 'diagnostics' })).id);
    expect(performing.procedures).toEqual([113, 0, 0]);
    expect(ordering.procedures).toEqual([0, 113, 0]);
  });

  it('tells the share of laboratories and the roles that the file names, and plans count what is chosen', async () => {
    const own = await claimsWorld();
    const rows = [
      { performing: LAB, performingZip: '06510', ordering: SURGEON, orderingZip: '02115', site: '81', count: 90 },
      { performing: SURGEON, performingZip: '02115', ordering: SURGEON, orderingZip: '02115', site: '11', count: 30 },
    ];
    const report = await own.claims.importClaims(own.write('lab.csv', vendorText(...rows)));
    expect(report.warnings[0]).toContain('Laboratories hold 75 % of the services');
    const first = (await own.claims.markets())[0]!;
    const { laboratoryShare, roles } = await own.claims.facets(first.id);
    expect([laboratoryShare, roles]).toEqual([0.75, ['performing', 'ordering']]);
    expect(await own.claims.planMarketId()).toBe(first.id);
    const { id: _, ...rest } = first;
    const tests = await own.claims.saveMarket(null, { ...rest, role: 'ordering', preset: 'diagnostics' });
    const [performed, ordered] = [await own.claims.unitDemand(first.id), await own.claims.unitDemand(tests.id)];
    expect([performed.procedures, ordered.procedures]).toEqual([
      [30, 0, 90],
      [120, 0, 0],
    ]);
    await own.claims.choosePlanMarket(tests.id);
    expect(await own.claims.planMarketId()).toBe(tests.id);
    await expect(own.claims.choosePlanMarket('none')).rejects.toMatchObject({ code: 'not_found' });
    expect(await own.claims.planMarketId()).toBe(tests.id);
    await own.close();
  });

  it('narrows to sites, specialties and codes', async () => {
    const { id } = await withMarket({ sites: ['21', '22', '24'] });
    expect((await world.claims.unitDemand(id, { sites: ['22', '11'] })).procedures).toEqual([0, 0, 25]);
    expect((await world.claims.unitDemand(id, { specialties: ['Nothing'] })).procedures).toEqual([0, 0, 0]);
    expect((await world.claims.unitDemand(id, { codes: ['BW109'] })).potentialUsd).toEqual([0, 0, 75]);
  });

  it('takes what was paid where a code has no value', async () => {
    const { id } = await withMarket({
      codes: [{ code: 'BW101', name: '', family: '', rule: 'procedure', valueUsd: null }],
    });
    expect((await world.claims.unitDemand(id)).potentialUsd).toEqual([500, 500, 1000]);
  });

  it('tells no data from zero: a state without any row is unknown', async () => {
    const own = await claimsWorld();
    await own.claims.importClaims(own.write('a.csv', vendorText({ performingZip: '06510' })));
    expect((await own.claims.unitDemand((await own.claims.markets())[0]!.id)).noData).toEqual([1, 1, 0]);
    await own.close();
  });
});

describe('a provider', () => {
  it('has its procedures by site of care and place, under NPI or CCN, each row once', async () => {
    const { id } = await withMarket({});
    const surgeon = await world.claims.procedures(id, { npi: SURGEON, ccn: null });
    expect(
      surgeon.filter(({ code }) => code === 'BW101').map(({ site, zip, procedures }) => [site, zip, procedures]),
    ).toEqual([
      ['11', '02297', 18],
      ['21', '06510', 40],
      ['22', '06510', 25],
      ['24', '02116', 30],
    ]);
    const hospital = await world.claims.procedures(id, { npi: '2900000037', ccn: '079600' });
    expect(hospital.reduce((sum, { procedures }) => sum + procedures, 0)).toBe(65);
    expect(await world.claims.procedures(id, { npi: null, ccn: '079600' })).toEqual(hospital);
    expect(await world.claims.procedures(id, { npi: null, ccn: null })).toEqual([]);
  });

  it('has volumes that add up over all keys, and ranks by all it takes part in', async () => {
    const { id } = await withMarket({});
    const volumes = await world.claims.volumes(id);
    expect(volumes.get(SURGEON)).toMatchObject({ procedures: 18, involvedProcedures: 113 });
    expect(volumes.get('2900000037')).toMatchObject({ procedures: 65, involvedProcedures: 65 });
    expect(volumes.get('079600')).toEqual(volumes.get('2900000037'));
    const keys = [SURGEON, '2900000037', '2900000045', '2900000052'];
    expect(keys.reduce((sum, key) => sum + (volumes.get(key)?.procedures ?? 0), 0)).toBe(163);
  });
});
