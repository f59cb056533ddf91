import { describe, expect, test } from 'vitest';
import { writePlanText } from '../../service/core/planText.ts';
import { diffLines, diffPlanTexts } from '../../service/core/planTextDiff.ts';
import type { TextWorld } from '../../service/core/planTextWorld.ts';
import { readPlanText } from '../../service/core/readPlanText.ts';

const id = (prefix: string, n: number) => `${prefix}${String(n).padStart(15, '0')}`;
const TEXT = `Bailiwick territory plan, format 1
plan: Spring
team: 0MI000000000000999 Sales
geography: abc
market: -
based on: -
computed: -

[territories]
Cape | 0MI000000000000002 | parent - | rep 005000000000000002 Ben | target 0.7 | locked
Metro | 0MI000000000000001 | name Metro West | parent - | rep - | target 1

[ZIPs]
02101 Metro
02102 Metro
02103 -

[accounts]
001000000000000001 Cape | Mercy

[locked ZIPs]
02101
`;
const [METRO, CAPE] = [id('0MI', 1), id('0MI', 2)];
const world: TextWorld = {
  team: { id: id('0MI', 999), name: 'Sales' },
  geography: { key: 'abc', units: new Set(['02101', '02102', '02103']), parents: { '02199': '02101' as never } },
  territories: {
    known: new Map([
      [METRO, 'Metro'],
      [CAPE, 'Cape'],
    ]),
    needed: new Set([METRO]),
  },
};
const faultsOf = (text: string) => readPlanText(text, world).faults.map(({ kind, line }) => [kind, line]);

describe('a text that a hand has changed', () => {
  test('is fine where it is fine', () => {
    const { plan, faults } = readPlanText(TEXT, world);
    expect(faults).toEqual([]);
    expect(writePlanText(plan!)).toBe(TEXT);
    expect(plan!.territories[0]).toMatchObject({
      name: 'Cape',
      targetShare: 0.7,
      isLocked: true,
      rep: { name: 'Ben' },
    });
    expect(writePlanText(readPlanText(TEXT.replace('\n\n', '\n# a remark\n\n'), world).plan!)).toBe(TEXT);
  });
  const cases: [string, (text: string) => string, [string, number | null][]][] = [
    ['no plan at all', () => 'zip,territory\n02101,Metro\n', [['notAPlan', 1]]],
    ['nothing', () => '', [['notAPlan', 1]]],
    ['a format of later', (t) => t.replace('format 1', 'format 2'), [['format', 1]]],
    ['a header line too many', (t) => t.replace('market: -', 'markets: -'), [['header', 5]]],
    ['a header line twice', (t) => t.replace('market: -', 'plan: Two'), [['header', 5]]],
    ['no plan name', (t) => t.replace('plan: Spring\n', ''), [['header', null]]],
    ['an empty plan name', (t) => t.replace('plan: Spring', 'plan:'), [['header', 2]]],
    ['a damaged certificate', (t) => t.replace('computed: -', 'computed: seed x'), [['header', 7]]],
    [
      'no section of territories',
      (t) => t.replace('[territories]', '[territory]'),
      [
        ['header', 9],
        ['territory', 14],
        ['territory', 15],
        ['territory', 19],
        ['header', null],
        ['territoryMissing', null],
      ],
    ],
    ['the wrong team', (t) => t.replace('999 Sales', '998 Other'), [['team', 3]]],
    ['the wrong geography', (t) => t.replace('geography: abc', 'geography: xyz'), [['geography', 4]]],
    ['an unknown territory', (t) => t.replace('02102 Metro', '02102 Metrow'), [['territory', 15]]],
    ['no territory', (t) => t.replace('02102 Metro', '02102'), [['territory', 15]]],
    ['a broken quote', (t) => t.replace('02102 Metro', '02102 "Metro'), [['territory', 15]]],
    [
      'a territory of nobody knows where',
      (t) => t.replace('0MI000000000000002', '0MI000000000000003'),
      [['territory', 10]],
    ],
    [
      'a territory line without id',
      (t) => t.replace('Cape | 0MI000000000000002', 'Cape'),
      [
        ['line', 10],
        ['territory', 19],
      ],
    ],
    ['a share of 9', (t) => t.replace('target 0.7', 'target 9'), [['line', 10]]],
    [
      'the same territory twice',
      (t) => t.replace('0MI000000000000002', '0MI000000000000001'),
      [['territoryTwice', 11]],
    ],
    [
      'a needed territory that is gone',
      (t) => t.replace(/Metro \|.*\n/, '').replaceAll(/ Metro/g, ' Cape'),
      [['territoryMissing', null]],
    ],
    [
      'a ZIP twice',
      (t) => t.replace('02102 Metro', '02101 Cape'),
      [
        ['zipTwice', 15],
        ['zipMissing', null],
      ],
    ],
    ['a ZIP beyond the map', (t) => t.replace('02103 -', '02103 -\n99999 Cape'), [['zipUnknown', 17]]],
    ['a PO box', (t) => t.replace('02103 -', '02103 -\n02199 Cape'), [['zipUnknown', 17]]],
    [
      'no ZIP',
      (t) => t.replace('02103 -', '2103 -'),
      [
        ['line', 16],
        ['zipMissing', null],
      ],
    ],
    ['a ZIP left out', (t) => t.replace('02103 -\n', ''), [['zipMissing', null]]],
    ['an account twice', (t) => t.replace(/(\n001.*)/, '$1$1'), [['accountTwice', 20]]],
    ['an account of nobody', (t) => t.replace('1 Cape | Mercy', '1 - | Mercy'), [['account', 19]]],
    ['no account', (t) => t.replace('001000000000000001', '00100'), [['account', 19]]],
    ['a lock beyond the map', (t) => t.replace(/02101\n$/, '02111\n'), [['zipUnknown', 22]]],
    [
      'a merge left undecided',
      (t) => t.replace('02103 -', '<<<<<<< ours\n02103 -\n=======\n02103 Cape\n>>>>>>> theirs'),
      [
        ['line', 16],
        ['line', 18],
        ['zipTwice', 19],
        ['line', 20],
      ],
    ],
  ];
  test.each(cases)('%s', (_, change, wanted) => {
    const text = change(TEXT);
    expect(text).not.toBe(TEXT);
    expect(faultsOf(text)).toEqual(wanted);
    expect(readPlanText(text, world).plan).toBeNull();
    for (const { what, fix } of readPlanText(text, world).faults) expect(`${what} ${fix}`).toMatch(/^.+[.…] .+\.$/s);
  });
  test('ZIPs may be left out where the text says so', () => {
    const text = TEXT.replace('02103 -\n', '').replace('computed: -', 'computed: -\nZIPs not listed: nobody');
    const { plan, unlisted } = readPlanText(text, world);
    expect([plan?.units.get('02103'), unlisted]).toEqual([null, 1]);
    expect(writePlanText(plan!)).toBe(TEXT);
  });
  test('all faults are told at once', () => {
    const text = TEXT.replace('02102 Metro', '02102 Nowhere').replace('abc', 'xyz').replace('target 1', 'aim 1');
    expect(faultsOf(text)).toEqual([
      ['geography', 4],
      ['line', 11],
      ['territory', 15],
    ]);
  });
});

describe('the difference of two texts', () => {
  const read = (text: string) => readPlanText(text).plan!;
  test('is told by ZIP and account, with counts; a territory called otherwise moves nothing', () => {
    const after = TEXT.replace('02102 Metro', '02102 Cape')
      .replace('name Metro West', 'name Metro East')
      .replace('rep -', 'rep 005000000000000009 Cy')
      .replace(/\n001.*/, '')
      .replace(/02101\n$/, '');
    expect(diffLines(diffPlanTexts(read(TEXT), read(after)))).toEqual([
      '1 ZIP, 1 account and 3 other lines differ.',
      'Metro West: name: Metro West → Metro East',
      'Metro West: rep: nobody → Cy',
      '02102: Metro West → Cape',
      'Mercy (001000000000000001): Cape → its ZIP',
      '02101: locked → open',
    ]);
    expect(diffLines(diffPlanTexts(read(TEXT), read(TEXT)))).toEqual(['The plans are the same.']);
  });
});
