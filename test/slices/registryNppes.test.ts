import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { facilityText, NPIS, registryWorld, type RegistryWorld } from '../kit/registryWorld.ts';
import { nppesRow, nppesText } from '../kit/nppes.ts';
import type { RequestUser } from '../../service/http/identity.ts';
import { openStore, type Store } from '../../service/store/store.ts';

let world: RegistryWorld;
let store: Store;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  world = await registryWorld(store);
});
afterEach(() => world.close());

const ops = {
  userId: '005000000000001AAA',
  name: 'Olga',
  role: 'salesOps',
  permissions: new Set(),
} as never as RequestUser;
const record = async (key: string) => (await world.registry.page(ops, key)).record;

describe('NPPES', () => {
  const ADA = nppesRow({
    npi: NPIS[0],
    person: ['Ada', 'Abelmann'],
    taxonomies: [
      ['363L00000X', 'N'],
      ['207X00000X', 'Y'],
      ['208600000X', 'N'],
    ],
  });
  const HOUSE = nppesRow({
    npi: NPIS[1],
    organization: 'Beacon Day Surgery',
    taxonomies: [['261QA1903X', 'Y']],
    zip: '65100001',
  });
  const GONE = { NPI: NPIS[2], 'NPI Deactivation Date': '01/02/2020' };

  test('people and organizations, all slots, the deactivated set aside', async () => {
    const report = await world.take('npidata_pfile_20050523-20241110.csv', nppesText(ADA, HOUSE, GONE));
    expect(report).toMatchObject({ layout: 'nppes', source: 'nppes', rowsRead: 3, rowsKept: 2, period: '20050523' });
    expect(report.setAside).toEqual([{ reason: 'the NPI is deactivated', rows: 1, lines: [4] }]);
    expect(report.unusedColumns.length).toBeGreaterThan(250);
    expect(await record(NPIS[0])).toMatchObject({
      name: 'Ada Abelmann',
      isPerson: true,
      kind: 'physician',
      zip: '02115',
    });
    expect(await record(NPIS[1])).toMatchObject({ kind: 'surgeryCenter', zip: '06510', coordinates: 'zipPoint' });
    expect(await world.registry.specialtiesOf(NPIS[0])).toEqual([
      { slot: 1, code: '363L00000X', isPrimary: false, name: null },
      { slot: 2, code: '207X00000X', isPrimary: true, name: null },
      { slot: 3, code: '208600000X', isPrimary: false, name: null },
    ]);
    expect(await world.registry.matchSpecialty([...NPIS], ['208600000X', '363L00000X'])).toEqual([
      { npi: NPIS[0], slot: 1, code: '363L00000X', isPrimary: false },
    ]);
    expect(await world.registry.matchSpecialty([...NPIS], ['207x00000x', '363L00000X', '261QA1903X'])).toEqual([
      { npi: NPIS[0], slot: 2, code: '207X00000X', isPrimary: true },
      { npi: NPIS[1], slot: 1, code: '261QA1903X', isPrimary: true },
    ]);
  });

  test('a weekly file adds to the monthly one; the facility list gives an NPI its CCN', async () => {
    await world.take('npidata_pfile_20050523-20241110.csv', nppesText(ADA, HOUSE));
    const moved = nppesRow({
      npi: NPIS[0],
      person: ['Ada', 'Abelmann'],
      zip: '021160001',
      taxonomies: [['207T00000X', 'Y']],
    });
    const week = await world.take('npidata_pfile_20241111-20241117.csv', nppesText(moved));
    expect(week).toMatchObject({ replaces: null, source: 'nppes npidata_pfile_20241111-20241117' });
    expect(await record(NPIS[0])).toMatchObject({ zip: '02116' });
    expect(await world.registry.matchSpecialty([NPIS[0]], ['207X00000X', '207T00000X'])).toEqual([
      { npi: NPIS[0], slot: 1, code: '207T00000X', isPrimary: true },
    ]);
    await world.take('npidata_pfile_20241118-20241124.csv', nppesText(HOUSE, { ...GONE, NPI: NPIS[0] }));
    await expect(record(NPIS[0])).rejects.toMatchObject({ code: 'not_found' });
    await world.take(
      'list.csv',
      facilityText({ ccn: '22C0001234', npi: NPIS[1], name: 'Beacon ASC', zip: '06510', lat: 41.31, lon: -72.93 }),
    );
    expect(await record(NPIS[1])).toMatchObject({ key: '22C0001234', name: 'Beacon ASC', coordinates: 'source' });
    expect((await world.registry.page(ops, NPIS[1])).specialties).toMatchObject([{ code: '261QA1903X', npi: NPIS[1] }]);
  });

  test("names of specialties come from the user's own NUCC list", async () => {
    await world.take('npidata_pfile_20050523-20241110.csv', nppesText(ADA));
    const list =
      'Code,Grouping,Classification,Specialization,Definition\n207X00000X,Group,Bone Medicine,,Long\n208600000X,Group,Cutting,Fine,Long\nXYZ,Group,Bad,,\n';
    expect(await world.take('nucc_taxonomy_250.csv', list)).toMatchObject({
      layout: 'taxonomyList',
      rowsRead: 3,
      rowsKept: 2,
    });
    const [, second, third] = await world.registry.specialtiesOf(NPIS[0]);
    expect([second!.name, third!.name]).toEqual(['Bone Medicine', 'Cutting, Fine']);
    expect(await world.registry.taxonomyCodesNamed('fine')).toEqual([{ code: '208600000X', name: 'Cutting, Fine' }]);
  });
});

describe('codes and affiliations', () => {
  test('code lists name codes; the newest of each system counts; numeric ones warn of their owner', async () => {
    await world.take(
      'hcpcs.csv',
      '\uFEFFhcpcs,long_description,short_description\r\nG0001,Long one,Short\r\ng0001,Again,\r\nA1,,\r\n',
    );
    await world.take('drg.csv', 'ms_drg,mdc,description\n1,,HEART\n496,08,"HIP, KNEE"\n');
    const own = await world.take('our codes.csv', 'code,description\n99999,Ours\nG0001,Our name\n');
    expect(own.warnings.join()).toMatch(/1 five-digit numeric codes: their descriptions belong to the AMA/);
    const names = await world.registry.codeNames(['G0001', '001', '496', '99999', '12345']);
    expect([...names].map(([code, { name, system }]) => [code, name, system]).sort()).toEqual([
      ['001', 'HEART', 'msDrg'],
      ['496', 'HIP, KNEE', 'msDrg'],
      ['99999', 'Ours', 'own'],
      ['G0001', 'Our name', 'own'],
    ]);
    const [, , hcpcs] = await world.registry.imports();
    expect(hcpcs!.setAside.map(({ reason, lines }) => [reason, lines])).toEqual([
      ['the code stands in an earlier line', [3]],
      ['no description', [4]],
    ]);
  });

  test('affiliations come from lists and from who performs where', async () => {
    await world.take(
      'list.csv',
      facilityText({ ccn: '220001', npi: NPIS[1] }, { ccn: '220002', npi: NPIS[2], name: 'Elm' }),
    );
    await world.take(
      'npidata_pfile_20050523-20241110.csv',
      nppesText(nppesRow({ npi: NPIS[0], person: ['Ada', 'Abelmann'] })),
    );
    const text = `NPI,facility_type,Facility Affiliations Certification Number\n${NPIS[0]},Hospital,220001\n${NPIS[0]},Hospital,220002\n${NPIS[0]},Hospital,220002\n12,Hospital,220002\n`;
    const report = await world.take('Facility_Affiliation.csv', text);
    expect(report).toMatchObject({ layout: 'affiliationList', rowsRead: 4, rowsKept: 2, rowsSetAside: 2 });
    const named = { npiName: 'A. Abelmann', facilityName: 'BEACON' };
    world.around.performed = [
      { npi: NPIS[0], facilityKey: NPIS[1], ...named, procedures: 30, share: 0.75 },
      { npi: NPIS[3], facilityKey: NPIS[1], ...named, npiName: 'Bo Berg', procedures: 4, share: 1 },
    ];
    expect((await world.registry.page(ops, NPIS[0])).affiliations).toEqual([
      {
        key: '220001',
        name: 'Beacon Hospital',
        zip: '02115',
        hasRecord: true,
        basis: 'claims',
        procedures: 30,
        share: 0.75,
      },
      { key: '220002', name: 'Elm', zip: '02115', hasRecord: true, basis: 'list', procedures: null, share: null },
    ]);
    expect((await world.registry.page(ops, '220001')).affiliations).toMatchObject([
      { key: NPIS[0], name: 'Ada Abelmann', hasRecord: true },
      { key: NPIS[3], name: 'Bo Berg', hasRecord: false },
    ]);
  });

  test('hospitals that claims only number have a ZIP and a name here', async () => {
    await world.take('list.csv', facilityText({ ccn: '220001', npi: NPIS[1] }));
    const found = await world.registry.zipsByCcn(['220001', '999999']);
    expect([...found]).toEqual([['220001', expect.objectContaining({ zip: '02115', name: 'Beacon Hospital' })]]);
  });
});
