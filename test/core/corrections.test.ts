import { describe, expect, test } from 'vitest';
import { correctedDemand, correctedVolumes, type Correction } from '../../service/core/corrections.ts';

const volume = (procedures: number, opportunityUsd: number) => ({
  procedures,
  opportunityUsd,
  involvedProcedures: procedures,
});
const correction = (id: string, keys: string[], kind: Correction['kind'], factor: number): Correction => ({
  id,
  keys,
  kind,
  factor,
});

describe('corrected volumes', () => {
  test('a volume correction scales procedures and potential, an access correction the potential alone', () => {
    const volumes = new Map([
      ['a', volume(100, 1000)],
      ['b', volume(50, 400)],
    ]);
    const { volumes: after, effects } = correctedVolumes(volumes, [
      correction('1', ['a'], 'volume', 1.4),
      correction('2', ['a'], 'access', 0.5),
      correction('3', ['b'], 'volume', 0),
      correction('4', ['nobody'], 'volume', 2),
    ]);
    expect(after.get('a')).toEqual({ procedures: 140, opportunityUsd: 700, involvedProcedures: 140 });
    expect(after.get('b')).toEqual(volume(0, 0));
    expect(effects).toEqual([
      {
        id: '1',
        keys: ['a'],
        proceduresBefore: 100,
        proceduresAfter: 140,
        opportunityUsdBefore: 1000,
        opportunityUsdAfter: 1400,
      },
      {
        id: '2',
        keys: ['a'],
        proceduresBefore: 140,
        proceduresAfter: 140,
        opportunityUsdBefore: 1400,
        opportunityUsdAfter: 700,
      },
      {
        id: '3',
        keys: ['b'],
        proceduresBefore: 50,
        proceduresAfter: 0,
        opportunityUsdBefore: 400,
        opportunityUsdAfter: 0,
      },
      { id: '4', keys: [], proceduresBefore: 0, proceduresAfter: 0, opportunityUsdBefore: 0, opportunityUsdAfter: 0 },
    ]);
    expect(volumes.get('a')).toEqual(volume(100, 1000));
  });

  test('two keys of one record: an alias counts once, two volumes add up', () => {
    const shared = volume(10, 100);
    const volumes = new Map([['npi', shared], ['ccn', shared], ['second', volume(5, 50)]]); // prettier-ignore
    const { volumes: after, effects } = correctedVolumes(volumes, [
      correction('1', ['npi', 'ccn', 'second'], 'volume', 2),
      correction('2', ['npi', 'ccn', 'second'], 'access', 0.5),
    ]);
    expect(
      effects.map(({ opportunityUsdBefore, opportunityUsdAfter }) => [opportunityUsdBefore, opportunityUsdAfter]),
    ).toEqual([
      [150, 300],
      [300, 150],
    ]);
    expect(['npi', 'ccn', 'second'].map((key) => after.get(key)!.procedures)).toEqual([20, 20, 10]);
  });

  test('nothing in force changes nothing, not even the object', () => {
    const volumes = new Map([['a', volume(1, 1)]]);
    expect(correctedVolumes(volumes, []).volumes).toBe(volumes);
  });
});

describe('corrected demand', () => {
  const demand = { potentialUsd: [1000, 500, 20], procedures: [100, 50, 2], providers: [1, 1, 1] };
  const { effects } = correctedVolumes(new Map([['a', volume(100, 1000)]]), [correction('1', ['a'], 'volume', 0.5)]);

  test('each unit gets its share, what lies elsewhere changes nothing, and no unit falls below zero', () => {
    const after = correctedDemand(demand, effects, () => new Map([[0, 0.6], [1, 0.2], [2, 0.1], [99, 0.1]])); // prettier-ignore
    expect(after.potentialUsd).toEqual([700, 400, 0]);
    expect(after.procedures).toEqual([70, 40, 0]);
    expect(after.providers).toBe(demand.providers);
    expect(demand.potentialUsd).toEqual([1000, 500, 20]);
  });

  test('whole potential = former potential + effects, where all of it lies on the map', () => {
    const after = correctedDemand(demand, effects, () => new Map([[0, 0.75], [1, 0.25]])); // prettier-ignore
    const sum = (vector: readonly number[]) => vector.reduce((all, next) => all + next, 0);
    expect(sum(after.potentialUsd)).toBe(sum(demand.potentialUsd) - 500);
  });
});
