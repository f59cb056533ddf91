import { describe, expect, test } from 'vitest';
import type { PlanTexts } from '../kit/planTexts.ts';
import { holds, ones, refuses, row } from '../kit/rowTexts.ts';

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

describe('accounts', () => {
  test('an account bigger than every range cannot be split further', () => {
    const { plan } = holds({ ...row([10, 1, 1, 1, 1, 1]), accounts: 'account,unit,hours\nx,u0,9.5\n' }, { k: 3 });
    expect(plan.outside.map(({ cause }) => cause).join()).toContain(
      'account x alone holds 190 % of the target of hours',
    );
  });
});
