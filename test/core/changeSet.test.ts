import { describe, expect, it } from 'vitest';
import { changeSet, type ExistingRow, type Wish } from '../../service/core/changeSet.ts';
import { recordId, type RecordId } from '../../service/core/ids.ts';
import { seeded } from '../../service/core/random.ts';

const id = (name: string): RecordId => recordId(name.padEnd(18, '0'));

/**
 * One line per account: "name wish : rows". Rows are territory letters; a capital is ours, a small letter foreign, "!" after
 * it rule-made. "-" wishes no territory, "?" is unplaced.
 */
function drawn(picture: string) {
  const wishes: Wish[] = [];
  const existing: ExistingRow[] = [];
  const ours = new Set<RecordId>();
  for (const line of picture.trim().split('\n')) {
    const [, name = '', wish = '', rows = ''] = /^\s*(\w+)\s+(\S)\s*:\s*(.*)$/.exec(line) ?? [];
    const accountId = id(name);
    wishes.push({
      accountId,
      territoryId: /[A-Z]/.test(wish) ? id(wish) : null,
      why: wish === '?' ? 'unplaced' : 'zip',
    });
    for (const [, letter = '', rule] of rows.matchAll(/([A-Za-z])(!)?/g)) {
      const row: ExistingRow = {
        id: id(`${name}${letter}`),
        accountId,
        territoryId: id(letter.toUpperCase()),
        cause: rule ? 'rule' : 'manual',
      };
      existing.push(row);
      if (/[A-Z]/.test(letter) && !rule) ours.add(row.id);
    }
  }
  return { wishes, existing, ours };
}

const short = (text: string | null): string => (text ?? '-').replace(/0+$/, '');
function solved(picture: string) {
  const { wishes, existing, ours } = drawn(picture);
  const result = changeSet(wishes, existing, ours);
  return {
    add: result.add.map((each) => `${short(each.accountId)} ${short(each.fromTerritoryId)}>${short(each.territoryId)}`),
    remove: result.remove.map((each) => `${short(each.accountId)} ${short(each.territoryId)}`),
    kept: result.kept.map((each) => `${short(each.row.accountId)} ${short(each.row.territoryId)} ${each.why}`),
    unchanged: result.unchanged,
    unplaced: result.unplaced.map(short),
  };
}

describe('change set', () => {
  it('adds, moves, removes and leaves alone', () => {
    expect(
      solved(`
        new    A :
        moves  B : A
        stays  A : A
        leaves - : A
        lost   ? : A
      `),
    ).toEqual({
      add: ['new ->A', 'moves A>B'],
      remove: ['moves A', 'leaves A'],
      kept: [],
      unchanged: 1,
      unplaced: ['lost'],
    });
  });

  it('never removes what a rule or somebody else wrote', () => {
    expect(
      solved(`
        ruled   B : A!
        foreign B : a
        mixed   B : A c D!
        none    - : a B!
      `),
    ).toEqual({
      add: ['ruled ->B', 'foreign ->B', 'mixed A>B'],
      remove: ['mixed A'],
      kept: [
        'ruled A rule-made',
        'foreign A foreign',
        'mixed C foreign',
        'mixed D rule-made',
        'none A foreign',
        'none B rule-made',
      ],
      unchanged: 0,
      unplaced: [],
    });
  });

  it('takes a foreign or rule-made row in the right place as done', () => {
    expect(solved('foreign A : a\nruled A : A!\nboth A : a B')).toEqual({
      add: [],
      remove: ['both B'],
      kept: [],
      unchanged: 3,
      unplaced: [],
    });
  });

  it('looks at no account that has no wish', () => {
    const { existing, ours } = drawn('other A : A');
    expect(changeSet([], existing, ours)).toEqual({ add: [], remove: [], kept: [], unchanged: 0, unplaced: [] });
  });

  it('has nothing to do after it was applied, and never touches a row that is not ours', () => {
    const random = seeded(7);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    for (let round = 0; round < 200; round++) {
      const lines = Array.from({ length: 8 }, (_, k) => {
        const rows = ['A', 'b', 'C!', 'D'].filter(() => random() < 0.4).join(' ');
        return `x${k} ${pick(['A', 'B', 'C', 'D', '-', '?'])} : ${rows}`;
      });
      const { wishes, existing, ours } = drawn(lines.join('\n'));
      const first = changeSet(wishes, existing, ours);
      expect(first.remove.every((row) => ours.has(row.id) && row.cause === 'manual')).toBe(true);
      const added = first.add.map((each, k) => ({ ...each, id: id(`n${round}x${k}x`), cause: 'manual' as const }));
      const after = [...existing.filter((row) => !first.remove.includes(row)), ...added];
      const second = changeSet(wishes, after, new Set([...ours, ...added.map((row) => row.id)]));
      expect([second.add, second.remove]).toEqual([[], []]);
      for (const { accountId, territoryId } of wishes.filter((wish) => wish.territoryId !== null))
        expect(after.some((row) => row.accountId === accountId && row.territoryId === territoryId)).toBe(true);
    }
  });
});
