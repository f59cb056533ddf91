import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Geography } from '../../service/core/geography.ts';
import { INSIGHT_COMMANDS } from '../../service/insights/commands.ts';
import type { FieldProvider, InsightPorts } from '../../service/insights/field.ts';
import { grid } from '../kit/grid.ts';

/** Twelve by twelve ZIPs in four territories: two thin ones in the west, two in the east. */
const SIZE = 12;
const row = (left: string, right: string) => `${`${left} `.repeat(SIZE / 2)}${`${right} `.repeat(SIZE / 2)}`;
const map = grid(Array.from({ length: SIZE }, (_, r) => (r < SIZE / 2 ? row('A', 'B') : row('C', 'D'))).join('\n'));
const zip = (unit: number) => String(10_000 + unit);
const ids = map.owners.map((_, unit) => zip(unit));
const geography = {
  ...map,
  key: 'grid',
  ids,
  names: ids.map(() => 'Gridville'),
  states: ids.map(() => 'NY'),
  counties: ids.map(() => '36001'),
  areaKm2: ids.map(() => 60),
  bridges: [],
  parents: {},
} as unknown as Geography;

/** Four providers a ZIP; every seventh is worked by nobody, and in a corner of D all but one in four. */
const isCorner = (unit: number) => Math.floor(unit / SIZE) >= 8 && unit % SIZE >= 8;
const isOpen = (unit: number, i: number) => (isCorner(unit) ? i > 0 : (unit * 4 + i) % 7 === 0);
const providers = (factor: (unit: number) => number): FieldProvider[] =>
  ids.flatMap((_, unit) =>
    Array.from({ length: 4 }, (_, i) => ({
      key: `${1_000_000_000 + unit * 4 + i}`,
      name: `Doctor ${unit}-${i}`,
      zip: zip(unit),
      procedures: 100 * factor(unit),
      potentialUsd: 10_000 * factor(unit),
    })),
  );
const ports: InsightPorts = {
  providers: async (_, { import: id }) =>
    providers(id === 'half' ? () => 0.5 : id === 'local' ? (unit) => (map.owners[unit] === 0 ? 2 : 1) : () => 1),
  geography: () => geography,
};

let dir = '';
const at = (name: string) => path.join(dir, name);
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-insights-'));
  const accounts = ids.flatMap((_, unit) =>
    Array.from({ length: 4 }, (_, i) => {
      const day = isOpen(unit, i) ? '2020-01-01' : '2026-03-01';
      return `A${unit}-${i},${zip(unit)},${1_000_000_000 + unit * 4 + i},U1,1000,${day}`;
    }),
  );
  writeFileSync(at('accounts.csv'), `account,zip,npi,owner,sales_usd,last_activity\n${accounts.join('\n')}\n`);
  const reps = ['A', 'B', 'C', 'D'].map(
    (name, j) => `R${j},${name},${41.7 - 0.6 * (j >> 1)},${-71.7 + 0.6 * (j % 2)},1`,
  );
  writeFileSync(at('reps.csv'), `rep,territory,lat,lon,fte\n${reps.join('\n')}\n`);
  const plan = map.owners.map((owner, unit) => `${zip(unit)},${map.letters[owner]}`);
  writeFileSync(at('plan.csv'), `zip,territory\n${plan.join('\n')}\n`);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const files = () => ['--accounts', at('accounts.csv'), '--reps', at('reps.csv'), '--plan', at('plan.csv')];
const run = (name: keyof typeof INSIGHT_COMMANDS, ...more: string[]) =>
  INSIGHT_COMMANDS[name].run([...files(), ...more], ports);
const rows = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(','));

describe('white-space', () => {
  test('names the planted corner, its providers and why nobody works them', async () => {
    const { text, json } = await run('white-space');
    const [head, ...found] = rows(text);
    expect(head).toEqual(['pocket', 'units', 'opportunity_usd', 'workload_hours', 'fte', 'q_value']);
    expect(found).toHaveLength(1);
    const units = found[0]![1]!.split(' ').map((id) => Number(id) - 10_000);
    expect(units.every(isCorner)).toBe(true);
    expect(units.length).toBeGreaterThanOrEqual(12);
    expect(Number(found[0]![2])).toBe(units.length * 30_000);
    const [pocket] = (json as { pockets: { topProviders: { why: string }[] }[] }).pockets;
    expect(pocket!.topProviders[0]!.why).toBe('noActivity');
  });

  test('the same seed gives the same bytes; a file is written where one is named', async () => {
    const { text } = await run('white-space');
    const told = await run('white-space', '--out', at('pockets.csv'));
    expect(readFileSync(at('pockets.csv'), 'utf8')).toBe(text);
    expect(told.text).toContain('1 pockets');
  });
});

describe('size', () => {
  test('columns of the issue; no money before the customer has said his', async () => {
    const { text } = await run('size');
    const [head, ...lines] = rows(text);
    expect(head).toEqual(['territory', 'verdict', 'capacity_share', 'roi_low', 'roi_high', 'donors']);
    expect(lines.map(([territory]) => territory)).toEqual(['A', 'B', 'C', 'D']);
    expect(lines.every((line) => line[3] === '' && line[4] === '')).toBe(true);
    await expect(run('size', '--margin', '0.5')).rejects.toThrow('--margin, --cost and --response together');
  });

  test('with money a hire has a band', async () => {
    writeFileSync(
      at('busy.json'),
      JSON.stringify({ callPlan: { workingHours: 1000 }, travel: { tourConstant: 0.57 } }),
    );
    const money = ['--margin', '0.6', '--cost', '200000', '--response', '0.2:0.4', '--overloaded', '0.5'];
    const { json } = await run('size', '--parameters', at('busy.json'), ...money);
    const { territories } = json as { territories: { verdict: string; roi: { low: number; high: number } | null }[] };
    const withMoney = territories.filter(({ roi }) => roi !== null);
    expect(territories.some(({ verdict }) => verdict === 'hire' || verdict === 'split')).toBe(true);
    expect(withMoney).toHaveLength(1);
    expect(withMoney[0]!.verdict).toBe('hire');
    for (const { roi } of withMoney) expect(roi!.low).toBeLessThanOrEqual(roi!.high);
  });
});

describe('drift', () => {
  const parts = (line: string[]) => line.slice(2).map(Number);

  test('a national drop is nobody’s drift: it stands in the row of all', async () => {
    const { text } = await run('drift', '--import', 'half', '--before-import', 'whole');
    const [head, ...lines] = rows(text);
    expect(head!.join()).toBe('territory,measure,before,after,demand,accounts,reps,parameters');
    const potential = lines.filter(([, measure]) => measure === 'potential_of_target');
    expect(potential).toHaveLength(4);
    for (const line of potential) expect(parts(line)).toEqual([1, 1, 0, 0, 0, 0]);
    const all = lines.find(([territory, measure]) => territory === '(all)' && measure === 'potentialUsd')!;
    expect(parts(all)).toEqual([5_760_000, 2_880_000, -2_880_000, 0, 0, 0]);
  });

  test('a local rise is: A holds 2 of 5 where 1 of 4 was, and only demand did it', async () => {
    const { text, json } = await run('drift', '--import', 'local', '--before-import', 'whole');
    const line = rows(text).find(([territory, measure]) => territory === 'A' && measure === 'potential_of_target')!;
    expect(parts(line)).toEqual([1, 1.6, 0.6, 0, 0, 0]);
    // B, C and D fall to 0.8: all four left ±15 %
    expect((json as { left: number }).left).toBeGreaterThanOrEqual(4);
  });
});

describe('audit', () => {
  test('fairness, what is uncovered and what a plan would gain', async () => {
    const { text, json } = await run('audit');
    expect(text).toContain('Market potential: 4 of 4 territories on target');
    expect(text).toContain('Without a territory: $0 in 0 ZIPs.');
    expect(json).toMatchObject({ impossible: null, best: { figures: { territories: 4 } } });
  });
});

describe('bad input', () => {
  test('says which line and what to do; a missing file is named', async () => {
    writeFileSync(at('bad.csv'), 'zip,territory\n10000,A\n1O001,B\n');
    await expect(run('size', '--plan', at('bad.csv'))).rejects.toThrow('bad.csv, line 3: "1O001" is no ZIP.');
    writeFileSync(at('twice.csv'), 'zip,territory\n10000,A\n10000,B\n');
    await expect(run('size', '--plan', at('twice.csv'))).rejects.toThrow('line 3: 10000 is in A and in B.');
    await expect(INSIGHT_COMMANDS.size.run(['--accounts', at('accounts.csv')], ports)).rejects.toThrow(
      '--reps FILE is missing',
    );
    writeFileSync(at('odd.json'), '{"callPlan": {"workingHour": 1}}');
    await expect(run('size', '--parameters', at('odd.json'))).rejects.toThrow('workingHour');
    expect(existsSync(at('nowhere.csv'))).toBe(false);
    await expect(run('size', '--plan', at('nowhere.csv'))).rejects.toThrow('cannot be read');
  });
});
