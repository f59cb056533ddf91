import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BailiwickError } from '../../service/core/errors.ts';
import { claimsWorld, VENDOR_HEADER, vendorLine, vendorText } from '../kit/claimsWorld.ts';

let world: Awaited<ReturnType<typeof claimsWorld>>;
beforeEach(async () => {
  world = await claimsWorld();
});
afterEach(() => world.close());

const CMS =
  'Rndrng_NPI,Rndrng_Prvdr_Last_Org_Name,Rndrng_Prvdr_Zip5,Rndrng_Prvdr_Type,HCPCS_Cd,HCPCS_Desc,HCPCS_Drug_Ind,Place_Of_Srvc,Tot_Benes,Tot_Srvcs,Tot_Bene_Day_Srvcs,Avg_Mdcr_Pymt_Amt';
const demandOf = async () => world.claims.unitDemand((await world.claims.markets())[0]!.id);

describe('a claims file', () => {
  it('is reported row by row: read = kept + set aside, with line and reason', async () => {
    const text = [
      VENDOR_HEADER,
      vendorLine({ count: 20 }),
      vendorLine({ performingZip: '' }),
      'too,few,columns',
      vendorLine({ code: '' }),
      vendorLine({ performing: '12345' }),
      vendorLine({ count: 'many' }),
      vendorLine({ count: 30, code: 'BW102' }),
      vendorLine({ count: -4 }),
    ].join('\n');
    const report = await world.claims.importClaims(world.write('a.csv', text));
    expect([report.rowsRead, report.rowsKept, report.rowsSetAside]).toEqual([8, 2, 6]);
    expect(report.setAside.map(({ reason, lines }) => [reason, ...lines])).toEqual([
      ['no usable ZIP', 3],
      ['the row has fewer columns than the header', 4],
      ['no procedure code', 5],
      ['the NPI has not ten digits', 6],
      ['the count is not a number', 7],
      ['the count is negative', 9],
    ]);
    expect(await world.claims.reportLines(report.id)).toHaveLength(6);
  });

  it('puts lost zeros and plus-four parts of a ZIP right, and says so', async () => {
    const rows = [
      { performingZip: '2115' },
      { performingZip: '021150042', code: 'BW102' },
      { performingZip: '02115-0042', code: 'BW103' },
    ];
    const report = await world.claims.importClaims(world.write('a.csv', vendorText(...rows)));
    expect(report.repaired).toEqual([{ reason: 'lost leading zeros of a ZIP put back', rows: 1, lines: [2] }]);
    expect((await demandOf()).procedures).toEqual([60, 0, 0]);
  });

  it('adds months up before it guards, and keeps no count from 1 to 10', async () => {
    const rows = [
      { month: '2026-01', count: 6 },
      { month: '2026-02', count: 6 },
      { code: 'BW102', count: 7, paid: 700 },
      { code: 'BW103', count: '<11' },
      { code: 'BW103', performingZip: '02116', count: 0 },
    ];
    const report = await world.claims.importClaims(world.write('a.csv', vendorText(...rows)));
    expect(report.guarded).toEqual({ cells: 2, below: 11, imputed: 5.5 });
    const demand = await demandOf();
    expect(demand.procedures).toEqual([12 + 5.5 + 5.5, 0, 0]);
    expect(demand.suppressed).toEqual([1, 0, 0]);
    expect(demand.suppressedShare).toBeCloseTo(11 / 23);
  });

  it('gives the same answer for 1 and for 10: nothing can be told from it, the money neither', async () => {
    const answers = [];
    for (const count of [1, 10]) {
      const rows = [
        { code: 'BW101', count: 100, paid: 5000 },
        { code: 'BW101', performing: '2900000029', count, paid: 50 * count },
      ];
      const own = await claimsWorld();
      await own.claims.importClaims(own.write('a.csv', vendorText(...rows)));
      const market = (await own.claims.markets())[0]!.id;
      answers.push([await own.claims.unitDemand(market), await own.claims.places(market)]);
      await own.close();
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('is read gzipped, with BOM, CRLF, tabs and old or display-name headers alike', async () => {
    const tab = ['npi\tnppes_provider_zip\tprovider_type\thcpcs_code\thcpcs_description\tplace_of_service\tline_srvc_cnt\tbene_unique_cnt\tbene_day_srvc_cnt\taverage_Medicare_payment_amt',
      '2900000011\t021150042\tSurgery\tBW101\tKnee "surface" renewal\tF\t40.5\t30\t35\t10'].join('\r\n'); // prettier-ignore
    const display = ['\uFEFF"National Provider Identifier","Zip Code of the Provider","Provider Type of the Provider","HCPCS Code","Place of Service","Number of Services","Average Medicare Payment Amount"',
      '2900000011,2115,Surgery,BW101,F,40.5,10'].join('\r\n'); // prettier-ignore
    for (const [name, text] of [
      ['old.txt', tab],
      ['display.csv', display],
    ] as const) {
      const report = await world.claims.importClaims(world.write(`${name}.gz`, gzipSync(text)));
      expect([report.layout, report.rowsKept], name).toEqual(['cmsByProviderAndService', 1]);
      expect((await demandOf()).procedures, name).toEqual([40.5, 0, 0]);
    }
  });

  it('never counts units of a drug as procedures', async () => {
    const rows = [
      '2900000011,Bo,02115,Surgery,BWJ10,Knee gel,Y,O,40,9000,60,2',
      '2900000011,Bo,02115,Surgery,BW101,Renewal,N,O,40,50,45,100',
    ];
    await world.claims.importClaims(world.write('a.csv', [CMS, ...rows].join('\n')));
    const demand = await demandOf();
    expect(demand.procedures[0]).toBe(50);
    expect(demand.potentialUsd[0]).toBe(9000 * 2 + 50 * 100);
  });

  it.each([
    ['something.csv', 'name,colour\nBox,red\n', /name, colour/],
    ['empty.csv', '', /is empty/],
    ['picture.csv', Buffer.from([0x89, 0x50, 0, 1, 2, 3, 10, 0xff, 0xfe]), /not a text file/],
    ['fake.csv.gz', 'not gzip at all', /no columns that could be told apart/],
    ['cut.csv.gz', gzipSync(vendorText({ count: 20 })).subarray(0, 60), /cut off/],
    ['cut.parquet', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(200, 7), Buffer.from('PAR1')]), /damaged Parquet/],
    ['archive.zip', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(100, 1)]), /could not be unpacked/],
    ['bomb.csv.gz', gzipSync(Buffer.alloc(90e6, 'a,b,c\n')), /no claims file packs so well/],
    ['line.csv.gz', gzipSync(Buffer.alloc(20e6, 'a')), /a line of more than 4 million characters/],
  ])('that is none (%s) is refused with what was found, and the last good data stay', async (name, text, message) => {
    await world.claims.importClaims(world.write('good.csv', vendorText({ count: 20 })));
    const refusal = await world.claims.importClaims(world.write(name, text)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(BailiwickError);
    expect(refusal).toMatchObject({
      code: 'file_not_recognized',
      message: expect.stringMatching(message) as string,
      action: expect.any(String) as string,
    });
    expect(await world.claims.imports()).toHaveLength(1);
    expect((await demandOf()).procedures).toEqual([20, 0, 0]);
  });

  it('twice is one import; a newer one of the same layout takes the market over', async () => {
    const first = await world.claims.importClaims(world.write('a.csv', vendorText({ count: 20 })));
    const again = await world.claims.importClaims(world.write('b.csv', vendorText({ count: 20 })));
    expect([again.id, again.alreadyThere]).toEqual([first.id, true]);
    const before = await world.claims.revision((await world.claims.markets())[0]!.id);
    await world.claims.importClaims(world.write('c.csv', vendorText({ count: 33 })));
    expect((await demandOf()).procedures).toEqual([33, 0, 0]);
    expect(await world.claims.revision((await world.claims.markets())[0]!.id)).not.toBe(before);
  });
});
