import { describe, expect, it } from 'vitest';
import { boundaryChange, changeSentence } from '../../service/core/boundaryChange.ts';
import { unitId } from '../../service/core/ids.ts';
import { seeded } from '../../service/core/random.ts';
import { grid } from '../kit/grid.ts';

const units = (ids: string[], parents: Record<string, string> = {}) => ({
  ids: ids.map(unitId),
  parents: Object.fromEntries(Object.entries(parents).map(([zip, parent]) => [zip, unitId(parent)])),
});
const line = (n: number) => Array.from({ length: n }, (_, i) => [i - 1, i + 1].filter((j) => j >= 0 && j < n));

describe('boundaryChange', () => {
  it('says nothing where nothing changes', () => {
    const same = units(['10001', '10002'], { '10003': '10001' });
    const change = boundaryChange(same, { ...same, neighbors: line(2) }, [1, 0]);
    expect(change).toEqual({ owners: [1, 0], gone: [], added: [], merged: [], territories: [], moved: [] });
  });

  it('gives a ZIP that gets an area to the owner of the unit it hung on', () => {
    const before = units(['10001', '10002'], { '10003': '10002' });
    const after = { ...units(['10001', '10002', '10003']), neighbors: line(3) };
    const change = boundaryChange(before, after, [0, 1]);
    expect(change.owners).toEqual([0, 1, 1]);
    expect(change.added).toEqual(['10003']);
    expect(change.territories).toEqual([{ territory: 1, gained: ['10003'], lost: [] }]);
    expect(change.moved).toEqual([]);
  });

  it('gives a wholly new unit to the owner of most of its neighbours, from the known ones inwards', () => {
    // before:  A A A   after:  A A A
    //          . . .           x y z    all new
    //          B B .           B B .
    const { neighbors } = grid(`
      a a a
      a a a
      a a a`);
    const ids = Array.from({ length: 9 }, (_, i) => `1000${i}`);
    const before = units(['10000', '10001', '10002', '10006', '10007', '10008']);
    const after = { ...units(ids), neighbors };
    const change = boundaryChange(before, after, [0, 0, 0, 1, 1, -1]);
    // x touches A and B: the lower number; z touches A and nobody: A
    expect(change.owners).toEqual([0, 0, 0, 0, 0, 0, 1, 1, -1]);
    expect(change.added).toEqual(['10003', '10004', '10005']);
  });

  it('leaves a new unit that nobody is near to nobody', () => {
    const before = units(['10001']);
    const after = { ...units(['10001', '10002']), neighbors: [[], []] };
    expect(boundaryChange(before, after, [3]).owners).toEqual([3, -1]);
  });

  it('tells units that merge from those that are gone, and who gains and loses what', () => {
    const before = units(['10001', '10002', '10003', '10004'], { '10005': '10003' });
    const after = { ...units(['10001', '10004'], { '10002': '10001', '10005': '10004' }), neighbors: line(2) };
    const change = boundaryChange(before, after, [0, 1, 1, 1]);
    expect(change.merged).toEqual([{ from: '10002', into: '10001' }]);
    expect(change.gone).toEqual(['10003']);
    expect(change.territories).toEqual([{ territory: 1, gained: [], lost: ['10002', '10003'] }]);
    expect(change.moved).toEqual([{ zip: '10002', from: 1, to: 0 }]);
    expect(changeSentence(change)).toBe(
      '0 units are new, 1 hangs on another now, 1 is gone; 1 ZIP changes its territory.',
    );
  });

  it('goes to counties and back: a county belongs to the owner of most of its ZIPs, and its ZIPs to its owner', () => {
    const zips = units(['10001', '10002', '10003', '10004']);
    const county = {
      ...units(['C44001'], { '10001': 'C44001', '10002': 'C44001', '10003': 'C44001', '10004': 'C44001' }),
      neighbors: [[]],
    };
    const merged = boundaryChange(zips, county, [0, 1, 1, -1]);
    expect(merged.owners).toEqual([1]);
    expect(merged.moved).toEqual([
      { zip: '10001', from: 0, to: 1 },
      { zip: '10004', from: -1, to: 1 },
    ]);
    const back = boundaryChange(county, { ...zips, neighbors: line(4) }, merged.owners);
    expect(back.owners).toEqual([1, 1, 1, 1]);
    expect(back.gone).toEqual(['C44001']);
  });

  it('keeps the owner of every unit that stays, and names every unit that comes or goes once (200 random changes)', () => {
    const random = seeded(7);
    for (let round = 0; round < 200; round++) {
      const pick = () => Array.from({ length: 12 }, (_, i) => String(10_000 + i)).filter(() => random() < 0.6);
      const [was, is] = [pick(), pick()];
      const hang = (ids: string[]) =>
        Object.fromEntries(
          ids.length === 0 ? [] : ['10012', '10013'].map((zip) => [zip, ids[Math.floor(random() * ids.length)]!]),
        );
      const [before, after] = [units(was, hang(was)), { ...units(is, hang(is)), neighbors: line(is.length) }];
      const owners = was.map(() => Math.floor(random() * 4) - 1);
      const change = boundaryChange(before, after, owners);
      expect(change.owners).toHaveLength(is.length);
      is.forEach((id, i) => {
        if (was.includes(id)) expect(change.owners[i]).toBe(owners[was.indexOf(id)]);
      });
      expect([...change.gone, ...change.merged.map(({ from }) => from)].sort()).toEqual(
        was.filter((id) => !is.includes(id)),
      );
      expect(change.added).toEqual(is.filter((id) => !was.includes(id)));
    }
  });
});
