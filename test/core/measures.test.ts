import { describe, expect, test } from 'vitest';
import { deviation, deviations, targets, travelShare, utilization } from '../../service/core/balance.ts';
import { csvRow, parseCsv } from '../../service/core/csv.ts';
import { distanceKm } from '../../service/core/geography.ts';
import { addUnit, emptyTotals, totals, unitTravelHours } from '../../service/core/measures.ts';
import { below, seeded } from '../../service/core/random.ts';
import { DEFAULT_TRAVEL, speedKmh, travelHours } from '../../service/core/travel.ts';
import { band, callHours, caseHours, DEFAULT_CALL_PLAN, tiers } from '../../service/core/workload.ts';
import { evenInputs, grid, seat } from '../kit/grid.ts';

describe('workload', () => {
  test('hours by hand: 24 calls of 45 minutes are 18 h', () => {
    expect(
      callHours('A', {
        ...DEFAULT_CALL_PLAN,
        tiers: { ...DEFAULT_CALL_PLAN.tiers, A: { callsPerYear: 24, minutesPerCall: 45 } },
      }),
    ).toBe(18);
    expect(caseHours(100, { ...DEFAULT_CALL_PLAN, caseShare: 0.1, hoursPerCase: 2 })).toBe(20);
  });

  test('tiers: the first half of the volume is A, the next 30 % B, the rest C', () => {
    expect(tiers([10, 50, 30, 10])).toEqual(['C', 'A', 'B', 'C']);
    expect(tiers([0, 0])).toEqual(['C', 'C']);
  });

  test('bands', () => {
    expect([0.69, 0.7, 0.9, 0.95, 1.15, 1.16].map(band)).toEqual([
      'under-used',
      'healthy',
      'healthy',
      'stretched',
      'stretched',
      'overloaded',
    ]);
  });
});

describe('travel', () => {
  const home = { lat: 42, lon: -71 };
  const unit = { lat: 42.5, lon: -71, stops: 6, spacingKm: 10 };

  test('by hand: one day trip a cycle for six stops, and five ways from stop to stop', () => {
    const away = distanceKm(home, unit);
    expect(away).toBeCloseTo(55.6, 1);
    const settings = {
      ...DEFAULT_TRAVEL,
      circuity: 1.3,
      tourConstant: 0.6,
      stopsPerDay: 6,
      cyclesPerYear: 12,
      localSpeedKmh: 35,
      highwaySpeedKmh: 85,
      highwayFromKm: 60,
    };
    const lineHaul = (2 * 1.3 * away) / speedKmh(away, settings);
    // 0.6 × 10 km = 6 km from stop to stop at 35 + 50 × 6 ÷ 60 = 40 km/h: 5 × 1.3 × 6 ÷ 40 = 0.975 h
    const local = 0.975;
    expect(travelHours(unit, home, settings)).toBeCloseTo(12 * (lineHaul + local), 9);
  });

  test('nobody visited costs nothing, twice as far or apart costs more, and it is additive over stops', () => {
    expect(travelHours({ ...unit, stops: 0 }, home, DEFAULT_TRAVEL)).toBe(0);
    const [whole, half] = [6, 3].map((stops) => travelHours({ ...unit, stops }, home, DEFAULT_TRAVEL));
    expect(whole).toBeCloseTo(2 * half!, 9);
    expect(travelHours({ ...unit, spacingKm: 20 }, home, DEFAULT_TRAVEL)).toBeGreaterThan(whole!);
    // one stop a day or less: there is no way from stop to stop
    const alone = { ...DEFAULT_TRAVEL, stopsPerDay: 0.5 };
    expect(travelHours({ ...unit, spacingKm: 20 }, home, alone)).toBe(travelHours(unit, home, alone));
    expect(travelHours({ ...unit, lat: 43 }, home, DEFAULT_TRAVEL)).toBeGreaterThan(
      travelHours(unit, home, DEFAULT_TRAVEL),
    );
  });
});

describe('totals', () => {
  const map = grid('A A B\nA B B\n. B B');
  const random = seeded(5);
  const vector = () => map.lat.map(() => Math.round(random() * 100));
  const inputs = evenInputs(map, { callHours: vector(), caseHours: vector(), potentialUsd: vector(), stops: vector() });
  const seats = [
    seat({ home: { lat: 42, lon: -72 }, administrationHours: 180 }),
    seat({ home: { lat: 41.9, lon: -71.8 } }),
  ];

  test('fast updates equal totals from scratch, over random moves', () => {
    let owners = map.owners.slice();
    const fast = totals(owners, { inputs, seats, travel: DEFAULT_TRAVEL });
    for (let step = 0; step < 200; step++) {
      const [unit, to] = [below(random, 9), below(random, 3) - 1];
      const from = owners[unit]!;
      for (const [index, sign] of [
        [from, -1],
        [to, 1],
      ] as const) {
        if (index >= 0)
          addUnit(fast[index]!, inputs, unit, {
            travelHours: unitTravelHours(inputs, unit, seats[index]!, DEFAULT_TRAVEL),
            sign,
          });
      }
      owners = owners.with(unit, to);
    }
    const slow = totals(owners, { inputs, seats, travel: DEFAULT_TRAVEL });
    fast.forEach((sum, j) =>
      Object.entries(sum).forEach(([name, value]) => expect(value).toBeCloseTo(slow[j]![name as 'units'], 6)),
    );
  });

  test('nothing is lost: territories and the unassigned add up to all units', () => {
    const sums = totals(map.owners, { inputs, seats, travel: DEFAULT_TRAVEL });
    const free = inputs.potentialUsd[6]!;
    expect(sums[0]!.potentialUsd + sums[1]!.potentialUsd + free).toBe(inputs.potentialUsd.reduce((a, b) => a + b, 0));
    expect(emptyTotals(seats[0]!).workloadHours).toBe(180);
  });

  test('an override moves the way to an account: its stops at the spacing of its unit', () => {
    const part = { stops: 3 };
    const overrides = [{ unit: 0, territory: 1, part }];
    const before = totals(map.owners, { inputs, seats, travel: DEFAULT_TRAVEL });
    const after = totals(map.owners, { inputs, seats, travel: DEFAULT_TRAVEL, overrides });
    const place = { lat: map.lat[0]!, lon: map.lon[0]!, stops: 3, spacingKm: 10 };
    [-1, 1].forEach((sign, j) =>
      expect(after[j]!.travelHours - before[j]!.travelHours).toBeCloseTo(
        sign * travelHours(place, seats[j]!.home!, DEFAULT_TRAVEL),
        9,
      ),
    );
  });

  test('an override moves an account’s part and no unit', () => {
    const part = { callHours: 3, potentialUsd: 5, accounts: 1 };
    const before = totals(map.owners, { inputs, seats, travel: DEFAULT_TRAVEL });
    const after = totals(map.owners, {
      inputs,
      seats,
      travel: DEFAULT_TRAVEL,
      overrides: [{ unit: 0, territory: 1, part }],
    });
    expect(after[0]!.callHours).toBe(before[0]!.callHours - 3);
    expect(after[1]!.potentialUsd).toBe(before[1]!.potentialUsd + 5);
    expect(after.map((sum) => sum.units)).toEqual(before.map((sum) => sum.units));
  });
});

describe('balance', () => {
  const sums = [100, 300].map((hours) => ({
    ...emptyTotals({ administrationHours: 0 }),
    workloadHours: hours,
    travelHours: 50,
  }));

  test('targets follow the shares; deviations are signed ratios', () => {
    expect(targets(sums, [seat(), seat({ targetShare: 3 })], 'workloadHours')).toEqual([100, 300]);
    expect(deviations(sums, [seat(), seat()], 'workloadHours')).toEqual([-0.5, 0.5]);
  });

  test('with nothing anywhere everybody is on target', () => {
    expect(deviation(0, 0)).toBe(0);
    expect(deviations(sums, [seat(), seat()], 'accounts')).toEqual([0, 0]);
  });

  test('utilization and travel share', () => {
    expect(utilization(sums[1]!, seat({ capacityHours: 200 }))).toBe(1.5);
    expect(travelShare(sums[0]!)).toBe(0.5);
    expect(utilization(sums[1]!, seat({ capacityHours: 0 }))).toBe(0);
  });
});

describe('csv', () => {
  test('reads BOM, CRLF, quotes and line breaks, and knows the line of each row', () => {
    const table = parseCsv('\ufeffUnit,Name\r\n1,"a, ""b""\nc"\r\n\r\n2,d', 'x');
    expect(table.columns).toEqual(['unit', 'name']);
    expect(table.rows).toEqual([
      { line: 2, cells: ['1', 'a, "b"\nc'] },
      { line: 5, cells: ['2', 'd'] },
    ]);
  });

  test('writes formulas of spreadsheets as text', () => {
    expect(csvRow(['=1+1', 'a,b', 3, null])).toBe('\'=1+1,"a,b",3,\n');
  });
});
