import { describe, expect, test } from 'vitest';
import { BailiwickError } from '../../service/core/errors.ts';
import { prepareFiles } from '../../service/core/optimize/solveFiles.ts';
import { below, seeded } from '../../service/core/random.ts';
import { requestOf, solveTexts, squareTexts, type PlanTexts } from '../kit/planTexts.ts';
import { holds, ones, refuses, row } from '../kit/rowTexts.ts';

describe('locks, groups and rules against each other', () => {
  const locked = (lock: (u: number) => string, more: Partial<PlanTexts> = {}) => ({
    ...row(ones(6), ',group,lock,current', (u) => `,${[0, 1].includes(u) ? 'g' : ''},${lock(u)},${u < 3 ? 'A' : 'B'}`),
    ...more,
  });

  test('all units locked', () => {
    const { territoryOf, plan } = holds(
      locked(() => 'yes'),
      { measures: [{ name: 'hours', tolerance: 0.1 }] },
    );
    expect(territoryOf).toEqual(['A', 'A', 'A', 'B', 'B', 'B']);
    expect(plan.disruption.moved).toBe(0);
  });

  test('too much is locked: a proof', () => {
    const { plan } = holds(
      row(ones(6), ',lock', (u) => (u < 5 ? ',A' : ',B')),
      { k: 2 },
    );
    expect(plan.outside).toHaveLength(2);
    expect(plan.outside[0]!.cause).toContain(
      'the units held in A by locks and rules have 166.7 % of its target of hours',
    );
  });

  test('contradictions are named', () => {
    refuses(
      locked((u) => (u === 0 ? 'A' : u === 1 ? 'B' : '')),
      {},
      'Group g is held in two territories: see the units u0 and u1.',
    );
    refuses(
      locked((u) => (u === 5 ? 'Z' : ''), { territories: 'territory\nA\nC' }),
      {},
      'Unit u5 is locked to B, which is no territory',
    );
    refuses(
      row(ones(3), ',lock', (u) => (u === 0 ? ',yes' : ',')),
      { k: 2 },
      'locked, but the column current names no territory',
    );
    const rules = (text: string, lock: (u: number) => string = () => '') =>
      locked(lock, { rules: `rule,a,b,value\n${text}\n` });
    const first = (u: number) => (u === 0 ? 'yes' : '');
    refuses(rules('forbid,u0,A', first), {}, 'Unit u0 is locked to A, which a rule forbids it.');
    refuses(rules('forbid,u1,A', first), {}, 'Group g is locked, but a rule forbids that territory to its unit u1.');
    refuses(rules('forbid,u2,A\nforbid,u2,B'), {}, 'Unit u2 may go to no territory at all.');
    refuses(rules('forbid,u0,A\nforbid,u1,B'), {}, 'No territory may have all units of group g.');
    refuses(rules('apart,u0,u1'), {}, 'Units u0 and u1 must be apart, but one group holds them together.');
    refuses(
      rules('apart,u2,u1', (u) => (u === 2 || u === 1 ? 'A' : '')),
      {},
      'both are locked to the same territory',
    );
    refuses({ ...row(ones(3)), rules: 'rule,a,b\napart,u0,u1' }, { k: 1 }, 'there is only one territory');
    refuses(rules('min,A,hours,5\nmax,A,hours,4'), {}, 'Territory A needs at least 5 of hours, but may have at most');
    refuses(rules('min,,hours,3.1'), {}, /add up to 6\.2 … 6\.6, but the units hold 6/);
    refuses(rules('max,A,hours,2.8\nmax,B,hours,2.9'), {}, /but the units hold 6/);
    refuses(
      rules('may_change,A', (u) => (u === 5 ? 'A' : '')),
      {},
      'Unit u5 is locked to A, but B may not change.',
    );
    refuses({ ...row(ones(4)), rules: 'rule,a\nmay_change,T1' }, { k: 2 }, 'the units have no territory today');
    refuses(
      locked(() => '', { territories: 'territory\nA\nB\nC', rules: 'rule,a\nmay_change,A' }),
      {},
      'Territory C has no unit today and may not change.',
    );
  });

  test('a distance that nothing keeps', () => {
    refuses(
      { ...row(ones(6)), territories: 'territory,lat,lon\nA,40,-75\nB,40,-74.5', rules: 'rule,a,b,value\nmax_km,,,1' },
      {},
      'Unit u1 may go to no territory at all.',
    );
  });

  test('a territory that may not change lies in two pieces', () => {
    const texts = row(ones(6), ',current', (u) => (u === 0 || u === 5 ? ',A' : u < 3 ? ',B' : ',C'));
    refuses(
      { ...texts, rules: 'rule,a\nmay_change,B\nmay_change,C' },
      {},
      'Territory A lies in 2 pieces today and may not change.',
    );
  });

  test('locked units that no free unit joins', () => {
    refuses(
      row(ones(5), ',lock', (u) => `,${['A', '', 'B', '', 'A'][u]}`),
      { k: 2 },
      'that no free unit joins',
    );
    refuses(
      row(ones(5), ',group,lock', (u) => `,${['g', '', '', '', 'g'][u]},${u === 2 ? 'B' : ''}`),
      { k: 2 },
      'Group g lies in pieces that no free unit joins.',
    );
  });
});

describe('chance', () => {
  test('every tiny instance gives a plan that holds, or a reason (400 seeds)', () => {
    let [plans, reasons] = [0, 0];
    for (let seed = 1; seed <= 400; seed++) {
      const random = seeded(seed);
      const size = 2 + below(random, 3);
      const k = 1 + below(random, 4);
      const names = ['A', 'B', 'C', 'D'].slice(0, k);
      const pick = (share: number, list: readonly string[]) =>
        random() < share ? list[below(random, list.length)]! : '';
      const columns: Record<string, (u: number) => string> = {
        ...(random() < 0.5 ? { current: () => pick(0.9, names) } : {}),
        ...(random() < 0.4 ? { lock: () => pick(0.15, names) } : {}),
        ...(random() < 0.4 ? { group: () => pick(0.3, ['g', 'h']) } : {}),
      };
      const texts = squareTexts({ size, seed, columns });
      const unit = () => `u${below(random, size * size)}`;
      const rules = [
        ...(random() < 0.3 ? [`apart,${unit()},${unit()},`] : []),
        ...(random() < 0.4 ? [`forbid,${unit()},${names[0]},`] : []),
        ...(random() < 0.2 && k > 1 && columns['current']
          ? [`may_change,${names[0]},,`, `may_change,${names[1]},,`]
          : []),
      ];
      try {
        const solved = solveTexts(
          {
            ...texts,
            territories: `territory\n${names.join('\n')}`,
            ...(rules.length > 0 ? { rules: `rule,a,b,value\n${rules.join('\n')}` } : {}),
          },
          { effort: 0.01, seed },
        );
        expect(solved.untrue(), `seed ${seed}`).toEqual([]);
        plans++;
      } catch (error) {
        expect(error, `seed ${seed}: ${(error as Error).stack}`).toBeInstanceOf(BailiwickError);
        reasons++;
      }
    }
    expect(plans).toBeGreaterThan(150);
    expect(reasons).toBeGreaterThan(10);
  });

  test('preparing answers the same for the same texts', () => {
    const texts = squareTexts({ size: 6 });
    expect(prepareFiles(requestOf(texts, { k: 3 })).problem).toEqual(prepareFiles(requestOf(texts, { k: 3 })).problem);
  });
});
