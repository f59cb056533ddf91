import { describe, expect, test } from 'vitest';
import { BailiwickError } from '../../service/core/errors.ts';
import { below, seeded } from '../../service/core/random.ts';
import { requestOf, solveTexts, squareTexts, type Asked, type PlanTexts } from '../kit/planTexts.ts';
import { prepareFiles } from '../../service/core/optimize/solveFiles.ts';

const HOURS = { measures: [{ name: 'hours', tolerance: 0.1 }] };

/** A row of units, each touching the next. */
function row(hours: readonly (number | string)[], more = '', cells: (u: number) => string = () => ''): PlanTexts {
  return {
    units: `unit,lat,lon,hours${more}\n${hours.map((value, u) => `u${u},40,${-75 + u / 10},${value}${cells(u)}`).join('\n')}`,
    edges: `unit,unit\n${hours
      .slice(1)
      .map((_, u) => `u${u},u${u + 1}`)
      .join('\n')}`,
  };
}

const ones = (n: number) => Array<number>(n).fill(1);
const refuses = (texts: PlanTexts, asked: Asked, message: string | RegExp) => {
  let caught: unknown = null;
  try {
    solveTexts(texts, { ...HOURS, ...asked });
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(BailiwickError);
  expect((caught as BailiwickError).message).toMatch(message);
  expect((caught as BailiwickError).action).toBeTruthy();
};
const holds = (texts: PlanTexts, asked: Asked = {}) => {
  const solved = solveTexts(texts, { ...HOURS, ...asked });
  expect(solved.untrue()).toEqual([]);
  return solved;
};

describe('numbers of units and territories', () => {
  test('more territories than units, none, a billion', () => {
    refuses(row(ones(3)), { k: 4 }, '4 territories cannot be made of 3 units.');
    refuses(row(ones(3)), { k: 1_000_000_000 }, '1000000000 territories cannot be made of 3 units.');
    refuses(row(ones(3)), { k: 0 }, '0 territories are asked for.');
    refuses(row(ones(3)), {}, 'How many territories?');
    refuses({ ...row(ones(2)), territories: 'territory\nA\nB\nC' }, {}, '3 territories cannot be made of 2 units.');
    refuses({ ...row(ones(3)), territories: 'territory\nA\nB' }, { k: 3 }, 'holds 2 territories, but --k asks for 3');
    refuses(
      row(ones(3), ',current', (u) => `,T${u}`),
      { k: 2 },
      'names 3 territories, but 2 are asked for',
    );
  });

  test('no unit at all', () => {
    refuses({ units: 'unit,lat,lon,hours\n', edges: 'unit,unit\n' }, { k: 1 }, 'There are no units.');
    refuses(
      { units: 'unit,lat,lon,hours\n', edges: 'unit,unit\n', territories: 'territory\nA' },
      {},
      'There are no units.',
    );
  });

  test('one unit, one territory, as many territories as units', () => {
    expect(holds(row([5]), { k: 1 }).plan).toMatchObject({
      objective: expect.closeTo(0, 9) as number,
      gap: 0,
      outside: [],
    });
    expect(holds(row(ones(4)), { k: 1 }).territoryOf).toEqual(['T1', 'T1', 'T1', 'T1']);
    const all = holds(row(ones(4)), { k: 4 });
    expect(new Set(all.territoryOf).size).toBe(4);
    expect(all.plan.gap).toBe(0);
    expect(holds(row([1, 2, 3, 4]), { k: 4 }).plan.gap).toBeNull();
  });

  test('groups that leave fewer pieces than territories', () => {
    refuses(
      row(ones(4), ',group', (u) => (u < 3 ? ',g' : ',')),
      { k: 3 },
      '3 territories cannot be made of 2 units and groups',
    );
  });
});

describe('weights', () => {
  test('zero everywhere is refused; zero somewhere is fine', () => {
    refuses(row([0, 0, 0]), { k: 2 }, 'hours is 0 everywhere.');
    holds(row([0, 0, 3, 3, 0, 0]), { k: 2 });
    holds(row([0, 0, 0, 0, 1]), { k: 2 });
  });

  test.each([
    ['-1', 'units, line 3: hours is -1, below 0.'],
    ['', 'units, line 3: hours is "", not a number.'],
    ['NaN', 'units, line 3: hours is "NaN", not a number.'],
    ['Infinity', 'units, line 3: hours is "Infinity", not a number.'],
    ['1e16', 'units, line 3: hours is 1e16, above'],
  ])('%j is refused', (value, message) => refuses(row([1, value, 1]), { k: 2 }, message));

  test('huge and tiny numbers keep their figures', () => {
    holds(row([1e15, 1e15, 1e15, 1e15]), { k: 2 });
    holds(row([1e-12, 1e-12, 1e-12, 1e-12]), { k: 2 });
    holds(row([1e15, 1e-9, 1, 1e15]), { k: 2 });
  });

  test('a unit that alone exceeds every range is proved to be impossible, anything else is a price', () => {
    const { plan } = holds(row([10, 1, 1, 1, 1, 1]), { k: 3 });
    const outside = plan.outside.find(({ proof }) => proof)!;
    expect(outside.cause).toContain('impossible: u0 alone holds 200 % of the target of hours; split it by account');
    for (const { cause, proof } of plan.outside) expect(cause.includes('impossible: ')).toBe(proof);
    const price = holds(row([3, 4, 3, 4]), { k: 2, measures: [{ name: 'hours', tolerance: 0.0001 }] }).plan;
    expect(price.outside.some(({ proof }) => proof)).toBe(false);
  });
});

describe('measures', () => {
  test('tolerance 0 or none, unknown, doubled, a column that is no measure', () => {
    const name = 'hours';
    refuses(row(ones(3)), { k: 2, measures: [{ name, tolerance: 0 }] }, 'The tolerance of hours is 0.');
    refuses(row(ones(3)), { k: 2, measures: [{ name, tolerance: NaN }] }, 'The tolerance of hours is NaN.');
    refuses(row(ones(3)), { k: 2, measures: [] }, 'No measure is given.');
    refuses(row(ones(3)), { k: 2, measures: [{ name: 'calls', tolerance: 0.1 }] }, 'no measure "calls"');
    refuses(row(ones(3)), { k: 2, measures: [{ name: 'lat', tolerance: 0.1 }] }, 'no measure "lat"');
    const twice = [name, 'Hours'].map((text) => ({ name: text, tolerance: 0.1 }));
    refuses(row(ones(3)), { k: 2, measures: twice }, 'The measure Hours is given twice.');
  });

  test('tolerance 3: everything is in range', () => {
    expect(holds(row([9, 1, 1, 1]), { k: 2, measures: [{ name: 'hours', tolerance: 3 }] }).plan.outside).toEqual([]);
  });
});

describe('maps', () => {
  test('without edges, in many pieces, with loops and doubled edges', () => {
    const lone = holds({ ...row(ones(6)), edges: 'unit,unit\n' }, { k: 2 });
    expect(lone.plan.bridges).toHaveLength(5);
    const loops = 'unit,unit\nu0,u0\nu0,u1\nu1,u0\nu0,u1\nu1,u2\nu2,u2\nu4,u5\n';
    expect(holds({ ...row(ones(6)), edges: loops }, { k: 2 }).plan.bridges).toEqual([
      ['u2', 'u3'],
      ['u3', 'u4'],
    ]);
  });

  test('without bridges every piece has territories of its own; what fits no whole number of them is proved', () => {
    const pieces = (n: number, gap: number) => ({
      ...row(ones(n)),
      edges: `unit,unit\n${Array.from({ length: n - 1 }, (_, u) => (u + 1 === gap ? '' : `u${u},u${u + 1}`))
        .filter(Boolean)
        .join('\n')}`,
    });
    const fits = holds(pieces(6, 2), { k: 3, bridging: false });
    expect(fits.plan).toMatchObject({ bridges: [], outside: [] });
    expect(fits.territoryOf[0]).toBe(fits.territoryOf[1]);
    const unfit = holds(pieces(6, 1), { k: 2, bridging: false });
    expect(unfit.plan.outside.map(({ proof }) => proof)).toEqual([true, true]);
    expect(unfit.plan.outside.map(({ cause }) => cause).join()).toContain(
      'the piece of the map with u0 holds 33.3 % of a target of hours, which fits no whole number of territories',
    );
    refuses(
      { ...row(ones(4)), edges: 'unit,unit\n' },
      { k: 2, bridging: false },
      'lies in 4 pieces, but 2 territories',
    );
  });

  test('all units at one place, at the poles, over the date line', () => {
    const at = (places: readonly string[]) => ({
      units: `unit,lat,lon,hours\n${places.map((place, u) => `u${u},${place},1`).join('\n')}`,
      edges: 'unit,unit\n',
    });
    const chain = 'unit,unit\nu0,u1\nu1,u2\nu2,u3\n';
    expect(holds({ ...at(['40,-75', '40,-75', '40,-75', '40,-75']), edges: chain }, { k: 2 }).plan.gap).toBe(0);
    holds(at(['90,0', '90,10', '-90,0', '-90,50']), { k: 2 });
    const line = holds(at(['0,179.9', '0,-179.9', '0,0', '0,0.2']), { k: 2 });
    expect(line.territoryOf[0]).toBe(line.territoryOf[1]);
  });

  test('ids like numbers, with commas and quotes, like object keys, in capitals', () => {
    const ids = ['01001', '"a,b"', '"say ""x"""', '__proto__', 'Constructor', '-5'];
    const solved = holds({
      units: `unit,lat,lon,hours\n${ids.map((id, u) => `${id},40,${-75 + u / 10},1`).join('\n')}`,
      edges: ids
        .slice(1)
        .map((id, u) => `${ids[u]},${id}`)
        .join('\n'),
      territories: 'territory\n__proto__\n10\n9\n',
    });
    expect(solved.assignment.map(([unit]) => unit)).toEqual([
      '01001',
      'a,b',
      'say "x"',
      '__proto__',
      'Constructor',
      '-5',
    ]);
    expect(solved.plan.bridges).toEqual([]);
  });

  test('BOM and CRLF change nothing but the hash of the inputs', () => {
    const texts = row([1, 2, 3, 4, 5, 6]);
    const dos = Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, `\ufeff${(text as string).replaceAll('\n', '\r\n')}\r\n`]),
    ) as unknown as PlanTexts;
    expect(holds(dos, { k: 2 }).territoryOf).toEqual(holds(texts, { k: 2 }).territoryOf);
  });
});

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

describe('accounts', () => {
  test('an account bigger than every range cannot be split further', () => {
    const { plan } = holds({ ...row([10, 1, 1, 1, 1, 1]), accounts: 'account,unit,hours\nx,u0,9.5\n' }, { k: 3 });
    expect(plan.outside.map(({ cause }) => cause).join()).toContain(
      'account x alone holds 190 % of the target of hours',
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
