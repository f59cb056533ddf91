import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClaims, type Claims } from '../../service/claims/claims.ts';
import type { MarketColumns } from '../../service/claims/marketColumns.ts';
import { readColumns } from '../../service/claims/readColumns.ts';
import { sumColumns } from '../../service/claims/sumColumns.ts';
import { getMarket } from '../../service/claims/markets.ts';
import { openClaimsDb } from '../../service/claims/store.ts';
import { below, seeded, type Random } from '../../service/core/random.ts';
import { SMALL_GROUND, VENDOR_HEADER, vendorLine, vendorText, type VendorRow } from '../kit/claimsWorld.ts';

const clock = () => new Date('2026-11-01T12:00:00Z');
const CODES = ['BW101', 'BW102', 'BW103', 'BW104', 'BW105'];
const SITES = ['11', '21', '22', '24'];
const ZIPS = ['02115', '02116', '06510', '02297', '99999'];
/** Every open count is a multiple of it, so that what is left of a figure tells of the small ones. */
const OPEN = 100_000;
/** Publicly known fees: whoever has the money of a cell has its count. */
const FEES: Readonly<Record<string, number>> = { BW101: 100, BW102: 37, BW103: 1250, BW104: 9.5, BW105: 64 };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bailiwick-small-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A file whose open counts are round; every small one comes from `smallOf`, everything else from the seed alone. */
function fileOf(seed: number, smallOf: Random): string {
  const random = seeded(seed);
  const small = () => 1 + below(smallOf, 10);
  const lines = [VENDOR_HEADER];
  for (let i = 0; i < 400; i++) {
    const code = CODES[below(random, CODES.length)]!;
    const atFacility = random() < 0.5;
    const row: VendorRow = {
      code,
      site: SITES[below(random, SITES.length)]!,
      performing: `29000${String(below(random, 40)).padStart(5, '0')}`,
      performingZip: ZIPS[below(random, ZIPS.length)]!,
      facility: atFacility ? `29100${String(below(random, 6)).padStart(5, '0')}` : '',
      facilityZip: atFacility ? ZIPS[below(random, 3)]! : '',
      month: `202${4 + below(random, 2)}-0${1 + (i % 9)}`,
    };
    const kind = random();
    const open = OPEN * (1 + below(random, 9));
    // Each row is a provider of its own where the count is small, so that it stays a cell of its own.
    const own = { performing: `28${String(i).padStart(8, '0')}` };
    const count = small();
    if (kind < 0.45) lines.push(vendorLine({ ...row, count: open, paid: open * FEES[code]! }));
    else if (kind < 0.8) lines.push(vendorLine({ ...row, ...own, count, paid: count * FEES[code]! }));
    else if (kind < 0.88) lines.push(vendorLine({ ...row, ...own, count: '<11', paid: count * FEES[code]! }));
    else if (kind < 0.94)
      lines.push(
        vendorLine({ ...row, ...own, count: open, paid: open * FEES[code]! }).replace(
          `,${open},${open},`,
          `,${open},${count},`,
        ),
      );
    else if (kind < 0.97) lines.push(`cut off,${count},${count * FEES[code]!}`);
    else lines.push(vendorLine({ ...row, ...own, performingZip: 'none', facilityZip: '', count, paid: count }));
  }
  return `${lines.join('\n')}\n`;
}

const market = (snapshotId: string, countedPeriod: string | null) => ({
  name: 'All',
  preset: 'medtech' as const,
  snapshotId,
  role: 'facility' as const,
  codes: [{ code: 'BW101-BW105', name: '', family: '', rule: 'procedure' as const, valueUsd: null }],
  countedPeriod,
});

/** Everything that is served of a file, and every table that is stored; ids made by chance and the file's checksum are masked. */
async function everything(name: string, text: string): Promise<{ stored: string; served: string }> {
  const dataDir = join(dir, name);
  const file = join(dir, 'claims.csv');
  writeFileSync(file, text);
  const claims = await createClaims({ dataDir, geography: SMALL_GROUND, clock });
  const report = await claims.importClaims(file, { name: 'claims.csv', withMarket: false });
  const served: unknown[] = [report, await claims.reportLines(report.id)];
  for (const period of ['2024', '2025'])
    served.push(await answers(claims, (await claims.saveMarket(null, market(report.id, period))).id));
  await claims.close();
  const db = await openClaimsDb(dataDir);
  const masked = (value: unknown) =>
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? Number(each) : each))
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      .replaceAll(/[0-9a-f]{64}/g, 'CHECKSUM');
  const tables = await db.all<{ name: string }>(`SELECT table_name AS name FROM information_schema.tables ORDER BY 1`);
  const stored: string[] = [];
  for (const table of tables) {
    // In order after the masking: ids of chance would shuffle the rows.
    const rows = (await db.all(`SELECT * FROM "${table.name}"`)).map(masked).sort();
    stored.push(table.name, ...rows);
  }
  await db.close();
  return { stored: stored.join('\n'), served: masked(served) };
}

/** Where two texts part, with what stands around; empty where they are the same. */
function difference(a: string, b: string): string {
  if (a === b) return '';
  const at = [...a].findIndex((char, i) => char !== b[i]);
  return `${a.slice(Math.max(0, at - 300), at + 60)}\n-----\n${b.slice(Math.max(0, at - 60), at + 60)}`;
}

async function answers(claims: Claims, id: string): Promise<unknown[]> {
  const all = [
    await claims.uncertainDemand(id),
    await claims.unitDemand(id, { sites: ['22'], codes: ['BW103', 'BW104'] }),
    await claims.facets(id),
    await claims.facets(id, { units: new Set([0]) }),
    await claims.places(id, { sites: ['11', '24'] }),
    await claims.lines(id, {}, { offset: 0, limit: 1000 }),
    await claims.trend(id),
    [...(await claims.volumes(id))].sort(([a], [b]) => (a < b ? -1 : 1)),
    await claims.procedures(id, { npi: '2900000011', ccn: null }),
  ];
  return all;
}

describe('an attacker who asks for anything', () => {
  it('gets byte for byte the same from two files that differ in nothing but their small counts', async () => {
    const [a, b] = [fileOf(7, seeded(1)), fileOf(7, seeded(2))];
    expect(a).not.toBe(b);
    const [first, second] = [await everything('a', a), await everything('b', b)];
    // Not compared by toBe on the texts: their difference would fill the screen.
    expect(difference(first.stored, second.stored), 'every table').toBe('');
    expect(difference(first.served, second.served), 'every answer').toBe('');
    expect(first.stored.length).toBeGreaterThan(50_000);
  }, 120_000);

  it('learns no count from 1 to 10 by 10,000 overlapping selections and their differences', async () => {
    const dataDir = join(dir, 'data');
    const file = join(dir, 'claims.csv');
    writeFileSync(file, fileOf(11, seeded(3)));
    const claims = await createClaims({ dataDir, geography: SMALL_GROUND, clock });
    const { id } = await claims.importClaims(file, { name: 'claims.csv', withMarket: false });
    const years = [
      await claims.saveMarket(null, market(id, '2024')),
      await claims.saveMarket(null, market(id, '2025')),
    ];
    await claims.close();
    const db = await openClaimsDb(dataDir);
    const columns: MarketColumns[] = [];
    for (const year of years)
      columns.push(await readColumns(db, SMALL_GROUND.ids.length, await getMarket(db, year.id)));
    await db.close();
    const random = seeded(99);
    const some = (list: readonly string[]) => list.filter(() => random() < 0.5);
    const selection = async () => {
      const sums = await sumColumns(columns[below(random, 2)]!, { codes: some(CODES), sites: some(SITES) });
      return sums.procedures.reduce((all, value) => all + (random() < 0.6 ? value : 0), 0);
    };
    let before = await selection();
    let imputed = 0;
    for (let i = 0; i < 10_000; i++) {
      const now = await selection();
      for (const figure of [now, Math.abs(now - before)]) {
        const left = figure - OPEN * Math.round(figure / OPEN);
        expect(left % 5.5, `figure ${figure}`).toBeCloseTo(0, 9);
        expect(figure >= 1 && figure <= 10 && figure !== 5.5, `figure ${figure}`).toBe(false);
        if (left !== 0) imputed++;
      }
      before = now;
    }
    expect(imputed).toBeGreaterThan(1000);
  }, 120_000);
});

describe('a second import', () => {
  const world = () => createClaims({ geography: SMALL_GROUND, clock });
  const load = (claims: Claims, name: string, ...rows: VendorRow[]) => {
    writeFileSync(join(dir, name), vendorText(...rows));
    return claims.importClaims(join(dir, name), { name });
  };
  const procedures = async (claims: Claims) => (await claims.unitDemand((await claims.markets())[0]!.id)).procedures[0];

  it('that differs by one small row does not give the row away by the difference, nor by the money', async () => {
    const served = [];
    for (const extra of [3, 9]) {
      const claims = await world();
      await load(claims, 'june.csv', { month: '2026-05', count: 15, paid: 750 });
      await load(
        claims,
        'july.csv',
        { month: '2026-05', count: 15, paid: 750 },
        { month: '2026-06', count: extra, paid: 50 * extra },
        { code: 'BW102', month: '2026-05', count: 100, paid: 5000 },
      );
      expect(await procedures(claims)).toBe(15 + 5.5);
      const { id } = (await claims.markets())[0]!;
      served.push(await claims.lines(id, {}, { offset: 0, limit: 10 }), await claims.unitDemand(id));
      await claims.close();
    }
    expect(served.slice(0, 2)).toEqual(served.slice(2));
  });

  it('betrays nothing of a provider that moved, split up or drew together between two deliveries', async () => {
    const june = { month: '2026-05', paid: 0 };
    /** Deliveries of a provider before and after, by ZIP; whoever subtracts their sums must not learn what came between. */
    const stories: [string, Record<string, number>, (extra: number) => Record<string, number>][] = [
      ['moved', { '02115': 40 }, (extra) => ({ '02116': 40 + extra })],
      ['moved and lost', { '02115': 40 }, (extra) => ({ '02116': 40 - extra })],
      ['split', { '02115': 60 }, (extra) => ({ '02115': 20, '06510': 40 + extra })],
      ['drew together', { '02115': 31, '06510': 29 }, (extra) => ({ '02116': 60 + extra })],
      ['moved one of two', { '02115': 50, '06510': 90 }, (extra) => ({ '02115': 50, '02116': 90 + extra })],
    ];
    for (const [name, before, after] of stories) {
      const sums = new Set<string>();
      for (const extra of [2, 3, 9]) {
        const claims = await world();
        const rows = (counts: Record<string, number>): VendorRow[] =>
          Object.entries(counts).map(([performingZip, count]) => ({ ...june, performingZip, count }));
        await load(claims, 'june.csv', ...rows(before));
        const first = (await claims.unitDemand((await claims.markets())[0]!.id)).procedures;
        await load(claims, 'july.csv', ...rows(after(extra)), { code: 'BW102', ...june, count: 100 });
        const { id } = (await claims.markets())[0]!;
        const then = (await claims.unitDemand(id, { codes: ['BW101'] })).procedures;
        const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
        sums.add(JSON.stringify([then, total(then) - total(first)]));
        expect(Math.abs(total(then) - total(first)), `${name}, ${extra} more`).toBe(5.5);
        await claims.close();
      }
      expect(sums.size, name).toBe(1);
    }
  }, 60_000);

  it('of another period is taken as it is, and so is a big change of the same one', async () => {
    const claims = await world();
    await load(claims, 'a.csv', { month: '2025-03', count: 15 });
    await load(claims, 'b.csv', { month: '2026-03', count: 22 });
    expect(await procedures(claims)).toBe(22);
    await load(claims, 'c.csv', { month: '2026-03', count: 33 });
    expect(await procedures(claims)).toBe(33);
    await claims.close();
  });
});

describe('a rule of its own', () => {
  it('guards a source at its threshold, and is told and kept with the snapshot', async () => {
    const claims = await createClaims({ geography: SMALL_GROUND, clock });
    writeFileSync(join(dir, 'a.csv'), vendorText({ count: 14 }, { code: 'BW102', count: 20 }));
    const report = await claims.importClaims(join(dir, 'a.csv'), { name: 'a.csv', rule: { below: 16, imputed: 8 } });
    expect(report.guarded).toEqual({ cells: 1, below: 16, imputed: 8 });
    const { id } = (await claims.markets())[0]!;
    expect((await claims.unitDemand(id)).procedures[0]).toBe(28);
    const { lines } = await claims.lines(id, {}, { offset: 0, limit: 10 });
    expect(lines.map(({ services }) => services).sort()).toEqual(['20', '< 16']);
    expect((await claims.uncertainDemand(id)).rules.below).toBe(16);
    await claims.close();
  });
});
