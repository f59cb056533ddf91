import { describe, expect, it } from 'vitest';
import type { AccountOverride, Territory } from '../../service/core/alignment.ts';
import { recordId, type AccountId } from '../../service/core/ids.ts';
import { mergePart, placesOf, type MergePlan } from '../../service/core/mergePart.ts';

const tid = (letter: string) => recordId(letter.padEnd(18, '0'));
const territory = (letter: string, name = letter): Territory => ({
  id: tid(letter),
  name,
  parentId: null,
  parentName: null,
  repId: null,
  repName: null,
  homeZip: null,
  home: null,
  capacityHours: 1840,
  targetShare: 1,
  administrationHours: 0,
});
const held = (n: number, unit: number, index: number): AccountOverride => ({
  accountId: recordId(`001${String(n).padStart(15, '0')}`) as AccountId,
  accountName: `Account ${n}`,
  unit,
  territory: index,
  part: {},
});
/** "A B ." → owners by letter; "." is nobody. */
const plan = (letters: string[], owners: string, overrides: AccountOverride[] = []): MergePlan => ({
  territories: letters.map((letter) => territory(letter)),
  owners: [...owners].map((letter) => letters.indexOf(letter)),
  overrides,
});
const drawn = ({ territories, owners }: MergePlan): string =>
  owners.map((owner) => territories[owner]?.id.slice(0, 1) ?? '.').join('');
const STATES = ['MA', 'MA', 'MA', 'NH', 'NH', 'NH'];

describe('a part of a draft in the live plan', () => {
  it('takes units that come into or leave the named territories, and no others', () => {
    const live = plan(['A', 'B', 'C'], 'AABBCC');
    const draft = plan(['A', 'B', 'C'], 'ABBCCA');
    expect(drawn(mergePart(live, draft, { part: { territoryIds: [tid('B')], states: [] }, states: STATES }))).toBe(
      'ABBCCC',
    );
  });
  it('takes the units of a state, also where the draft lists its territories otherwise', () => {
    const live = plan(['A', 'B', 'C'], 'AABBCC');
    const draft = plan(['C', 'B', 'A'], 'BBBABA');
    expect(drawn(mergePart(live, draft, { part: { territoryIds: [], states: ['NH'] }, states: STATES }))).toBe(
      'AABABA',
    );
  });
  it('brings a new territory along only where something of the part is in it', () => {
    const live = plan(['A', 'B'], 'AABBBB');
    const draft = plan(['A', 'B', 'N'], 'AABBNN');
    const merged = mergePart(live, draft, { part: { territoryIds: [], states: ['NH'] }, states: STATES });
    expect(merged.territories.map(({ name }) => name)).toEqual(['A', 'B', 'N']);
    const south = mergePart(live, draft, { part: { territoryIds: [], states: ['MA'] }, states: STATES });
    expect(south.territories.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(drawn(south)).toBe('AABBBB');
  });
  it('takes over a name only of a territory that is named', () => {
    const live = plan(['A', 'B'], 'AABB..');
    const draft: MergePlan = { ...live, territories: [territory('A', 'Alpha'), territory('B', 'Beta')] };
    const { territories } = mergePart(live, draft, { part: { territoryIds: [tid('B')], states: [] }, states: STATES });
    expect(territories.map(({ name }) => name)).toEqual(['A', 'Beta']);
  });
  it('holds accounts by name as the plan does from which they come', () => {
    const live = plan(['A', 'B'], 'AABBBB', [held(1, 0, 1), held(2, 4, 0)]);
    const draft = plan(['A', 'B'], 'AABBBB', [held(3, 5, 0)]);
    const merged = mergePart(live, draft, { part: { territoryIds: [], states: ['NH'] }, states: STATES });
    // 1 lies in MA and stays held; 2 lies in NH, where the draft has let go; 3 is held by the draft
    expect(merged.overrides.map(({ accountName, territory: index }) => [accountName, index])).toEqual([
      ['Account 1', 1],
      ['Account 3', 0],
    ]);
    const place = placesOf(merged);
    expect(place({ accountId: merged.overrides[0]!.accountId, unit: 0 })).toBe(tid('B'));
    expect(place({ accountId: recordId('001999999999999999') as AccountId, unit: 0 })).toBe(tid('A'));
  });
  it('is the live plan for an empty part and the draft for all of it', () => {
    const live = plan(['A', 'B'], 'AABB.A');
    const draft = plan(['A', 'B'], 'BBAAAB');
    expect(drawn(mergePart(live, draft, { part: { territoryIds: [], states: [] }, states: STATES }))).toBe('AABB.A');
    const all = { territoryIds: [], states: ['MA', 'NH'] };
    expect(drawn(mergePart(live, draft, { part: all, states: STATES }))).toBe('BBAAAB');
  });
});
