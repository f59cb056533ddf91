import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimsWorld } from '../kit/claimsWorld.ts';

let world: Awaited<ReturnType<typeof claimsWorld>>;
beforeEach(async () => {
  world = await claimsWorld();
});
afterEach(() => world.close());

const NEW =
  'Rndrng_Prvdr_CCN,Rndrng_Prvdr_Org_Name,Rndrng_Prvdr_Zip5,DRG_Cd,DRG_Desc,Tot_Dschrgs,Avg_Submtd_Cvrd_Chrg,Avg_Mdcr_Pymt_Amt';
const OLD =
  '"DRG Definition","Provider Id","Provider Name","Provider Zip Code"," Total Discharges ","Average Covered Charges","Average Medicare Payments"';

const imported = async (...lines: string[]) => world.claims.importClaims(world.write('drg.csv', lines.join('\n')));
const market = async () => (await world.claims.markets())[0]!;

describe('CMS inpatient data by hospital and DRG', () => {
  it('counts discharges where they happen, in the new header', async () => {
    const report = await imported(
      NEW,
      '220071,General Hospital,02115,470,MAJOR JOINT REPLACEMENT,120,50000,12000.5',
      '220071,General Hospital,02115,039,EXTRACRANIAL PROCEDURES,20,40000,7000',
      '220110,Other Hospital,02116,470,MAJOR JOINT REPLACEMENT,30,60000,11000',
    );
    expect(report).toMatchObject({ layout: 'cmsInpatientByDrg', rowsRead: 3, rowsKept: 3, warnings: [] });
    const { id, role, codes } = await market();
    expect(role).toBe('facility');
    expect(codes.map(({ code, name }) => [code, name])).toEqual([
      ['470', 'MAJOR JOINT REPLACEMENT'],
      ['039', 'EXTRACRANIAL PROCEDURES'],
    ]);
    const { procedures, potentialUsd } = await world.claims.unitDemand(id);
    expect(procedures).toEqual([140, 30, 0]);
    expect(potentialUsd).toEqual([120 * 12000.5 + 20 * 7000, 30 * 11000, 0]);
    expect((await world.claims.facets(id)).sites.map(({ code }) => code)).toEqual(['21']);
  });

  it('takes number and name of a DRG apart, and puts lost zeros of CCNs, ZIPs and DRGs back', async () => {
    const report = await imported(
      OLD,
      '"039 - EXTRACRANIAL PROCEDURES W/O CC/MCC",10001,"SOUTHEAST MEDICAL CENTER",2115,"1,100","$32,963.07","$4,763.73"',
      '"39 - EXTRACRANIAL PROCEDURES W/O CC/MCC",220110,"OTHER HOSPITAL",02116,24,"$15,131.85","$4,976.71"',
      '"not a group",220110,"OTHER HOSPITAL",02116,24,"$15,131.85","$4,976.71"',
    );
    expect([report.rowsKept, report.rowsSetAside]).toEqual([2, 1]);
    expect(report.setAside).toMatchObject([{ reason: 'no procedure code', lines: [4] }]);
    expect(report.repaired).toEqual([
      { reason: 'lost leading zeros of a CCN put back', rows: 1, lines: [2] },
      { reason: 'lost leading zeros of a ZIP put back', rows: 1, lines: [2] },
    ]);
    const { id, codes } = await market();
    expect(codes).toMatchObject([{ code: '039', name: 'EXTRACRANIAL PROCEDURES W/O CC/MCC' }]);
    expect((await world.claims.unitDemand(id)).procedures).toEqual([1100, 24, 0]);
    expect((await world.claims.volumes(id)).get('010001')?.procedures).toBe(1100);
  });

  it('says that a CCN lost its zero', async () => {
    const report = await imported(NEW, '70001,Hospital,02115,470,MAJOR JOINT REPLACEMENT,120,50000,12000');
    expect(report.repaired).toEqual([{ reason: 'lost leading zeros of a CCN put back', rows: 1, lines: [2] }]);
  });

  it('guards discharges from 1 to 10 like any other count', async () => {
    await imported(
      NEW,
      '220071,General Hospital,02115,470,MAJOR JOINT REPLACEMENT,7,50000,12000',
      '220110,Other Hospital,02116,470,MAJOR JOINT REPLACEMENT,30,60000,11000',
    );
    expect((await world.claims.unitDemand((await market()).id)).procedures).toEqual([5.5, 30, 0]);
  });
});
