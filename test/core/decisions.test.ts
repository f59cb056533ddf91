import { describe, expect, test } from 'vitest';
import { balanceView } from '../../service/core/balanceView.ts';
import { dayTours } from '../../service/core/dayTours.ts';
import { emptyTotals, type TerritoryTotals } from '../../service/core/measures.ts';
import { headVerdict, oneMoreRep } from '../../service/core/oneMoreRep.ts';
import { seated, seatShare, type PlanParameters } from '../../service/core/planParameters.ts';
import { planYield } from '../../service/core/planYield.ts';
import { DEFAULT_TRAVEL } from '../../service/core/travel.ts';
import { placeWithin, travelCheck, travelReport } from '../../service/core/travelCheck.ts';
import { unreachedSales } from '../../service/core/waitingCost.ts';
import { DEFAULT_CALL_PLAN } from '../../service/core/workload.ts';

const seat = { home: null, capacityHours: 1840, targetShare: 1, administrationHours: 180 };
const sum = (part: Partial<TerritoryTotals>): TerritoryTotals => ({ ...emptyTotals(seat), ...part });
const view = (parts: Partial<TerritoryTotals>[], more: Partial<Parameters<typeof balanceView>[1]> = {}) =>
  balanceView(parts.map(sum), {
    seats: parts.map(() => seat),
    varianceUsd2: parts.map(() => 0),
    unplacedShare: 0,
    quotas: parts.map(() => null),
    ...more,
  });

describe('balance view', () => {
  test('a territory whose four parts add to 1,840 h is used 100 %', () => {
    const [row] = view([
      { callHours: 900, caseHours: 360, travelHours: 400, administrationHours: 180, workloadHours: 1840 },
    ]);
    expect(row).toMatchObject({ utilization: 1, band: 'stretched', flag: null });
    expect(row!.travelShare).toBeCloseTo(400 / 1840, 12);
  });

  test('over 115 % burns out, under 70 % is not used', () => {
    const flags = view([
      { workloadHours: 1.16 * 1840 },
      { workloadHours: 0.69 * 1840 },
      { workloadHours: 1.15 * 1840 },
    ]);
    expect(flags.map(({ flag }) => flag)).toEqual(['burnout', 'underUse', null]);
  });

  test('potential against its target with what it may be off: 300 and 100 of 200 each', () => {
    // half an 80 % interval = 1.2816 × 50 = 64.08; the upper end has a tenth of the potential more
    const [high, low] = view([{ potentialUsd: 300 }, { potentialUsd: 100 }], {
      varianceUsd2: [2500, 10_000],
      unplacedShare: 0.1,
    });
    expect(high!.ofTarget.potentialUsd).toBe(1.5);
    expect(high!.potentialRange!.low).toBeCloseTo((300 - 64.08) / 200, 9);
    expect(high!.potentialRange!.high).toBeCloseTo((330 + 64.08) / 200, 9);
    expect([high!.isNoise, low!.isNoise]).toEqual([false, true]);
  });

  test('quota fairness is potential for a dollar of quota against all with one: 3 and 1 of 2', () => {
    const rows = view([{ potentialUsd: 300 }, { potentialUsd: 100 }, { potentialUsd: 999 }], {
      quotas: [100, 100, null],
    });
    expect(rows.map(({ quotaFairness }) => quotaFairness)).toEqual([1.5, 0.5, null]);
  });

  test('nothing anywhere: no ratio, no flag but idle seats', () => {
    const [row] = view([{ workloadHours: 0 }]);
    expect(row).toMatchObject({ potentialRange: null, isNoise: false, quotaFairness: null, flag: 'underUse' });
    expect(row!.ofTarget.potentialUsd).toBeNull();
  });
});

describe('expected sales of a plan', () => {
  const plan = (owners: number[], hours: number[]) => ({
    owners,
    seats: hours.map(() => ({ capacityHours: 1000 })),
    sums: hours.map((workloadHours) => ({ workloadHours })),
  });

  test('worked by hand: 2,000 h in 1,000 h, half of it goes to an idle seat', () => {
    // before: response of A 0.5^ε; after both are within their hours: response 1. Sales 100 in each of two units of A.
    const { effectUsd, movedSalesUsd, lossUsd, netUsd } = planYield(
      plan([0, 0], [2000, 0]),
      plan([0, 1], [1000, 1000]),
      [100, 100],
    );
    expect(effectUsd.low).toBeCloseTo(200 * (2 ** 0.2 - 1), 9);
    expect(effectUsd.high).toBeCloseTo(200 * (2 ** 0.4 - 1), 9);
    expect(movedSalesUsd).toBe(100);
    expect(lossUsd).toEqual({ low: 13, high: 18 });
    expect(netUsd.low).toBeCloseTo(effectUsd.low - 18, 9);
    expect(netUsd.high).toBeCloseTo(effectUsd.high - 13, 9);
  });

  test('the same plan changes nothing; who had no rep before brings nothing that is not there today', () => {
    const same = plan([0, 1], [1500, 500]);
    expect(planYield(same, same, [10, 20])).toMatchObject({ effectUsd: { low: 0, high: 0 }, movedSalesUsd: 0 });
    expect(planYield(plan([-1], [0]), plan([0], [100]), [50]).netUsd).toEqual({ low: 0, high: 0 });
  });
});

describe('one more rep', () => {
  const of = (hours: number[]) => ({
    sums: hours.map((workloadHours) => sum({ workloadHours })),
    seats: hours.map(() => seat),
  });

  test('takes what is above the hours, most loaded first, until the seat is full: 1,660 h', () => {
    const more = oneMoreRep([0, 1, 2], of([1840 + 1000, 1840 + 900, 500]), seat);
    expect(more.givers).toEqual([{ territory: 0, hours: 1000 }, { territory: 1, hours: 660 }]); // prettier-ignore
    expect([more.hours, more.fte]).toEqual([1660, 1]);
  });

  test('only of its region, and nothing where nobody is above his hours', () => {
    expect(oneMoreRep([1], of([5000, 1840 + 166]), seat)).toMatchObject({ hours: 166, fte: 0.1 });
    expect(oneMoreRep([0], of([100]), seat)).toEqual({ hours: 0, fte: 0, givers: [] });
  });

  test('too few even at 115 %, too many even at 90 %, else to be balanced', () => {
    const band = { low: 6, high: 8 };
    expect([headVerdict(5, band, 900), headVerdict(9, band, 100), headVerdict(7, band, 1), headVerdict(7, band, 0)]).toEqual(['hire', 'spare', 'rebalance', 'enough']); // prettier-ignore
  });
});

describe('parameters of a plan', () => {
  const territory = { ...seat, id: 'A', name: 'A', targetShare: 0.7 } as never;
  const parameters = (seats: PlanParameters['seats']): PlanParameters => ({
    callPlan: { ...DEFAULT_CALL_PLAN, workingHours: 1600, administrationHours: 100 },
    travel: DEFAULT_TRAVEL,
    seats,
  });

  test('half a seat on leave for 13 of 52 weeks works 37.5 % of a year', () => {
    expect(seatShare({ fte: 0.5, leaveWeeks: 13 })).toBe(0.375);
    const [changed] = seated([territory], null, parameters({ A: { fte: 0.5, leaveWeeks: 13, quotaUsd: null } }));
    expect(changed).toMatchObject({ capacityHours: 600, administrationHours: 37.5, targetShare: 0.375 });
  });

  test('a target that somebody set by hand stays where the seat stays', () => {
    const [same] = seated([territory], null, parameters({}));
    expect(same).toMatchObject({ capacityHours: 1600, administrationHours: 100, targetShare: 0.7 });
  });
});

describe('the cost of waiting', () => {
  test('sales at full coverage less sales, a month: 1,200 at half the hours', () => {
    const found = { sums: [sum({ workloadHours: 2 * 1840, salesUsd: 1200 }), sum({ workloadHours: 100, salesUsd: 1200 })], seats: [seat, seat] }; // prettier-ignore
    const { low, high } = unreachedSales([0, 1], found);
    expect(low).toBeCloseTo(100 * (2 ** 0.2 - 1), 9);
    expect(high).toBeCloseTo(100 * (2 ** 0.4 - 1), 9);
    expect(unreachedSales([], found)).toEqual({ low: 0, high: 0 });
  });
});

describe('day tours, and the travel formula against them', () => {
  const flat = (a: { lat: number; lon: number }, b: { lat: number; lon: number }) =>
    Math.hypot(a.lat - b.lat, a.lon - b.lon);

  test('stops in two directions make two days; each stop once, no day too full', () => {
    const stops = [1, 2, 3].flatMap((x) => [{ lat: 0, lon: x }, { lat: 0, lon: -x }]); // prettier-ignore
    const days = dayTours(stops, { home: { lat: 0, lon: 0 }, way: flat, stopsPerDay: 3 });
    expect(days.map(({ minutes }) => minutes)).toEqual([6, 6]);
    expect(days.flatMap(({ stops: list }) => list).sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(dayTours([], { home: { lat: 0, lon: 0 }, way: flat, stopsPerDay: 3 })).toEqual([]);
  });

  test('one site once a cycle: there and back, by hand', () => {
    const units = { lat: [42], lon: [-71], spacingKm: [0] };
    const home = { lat: 42.5, lon: -71 };
    const check = travelCheck([{ unit: 0, lat: 42, lon: -71, visitsPerYear: 12 }], {
      home,
      travel: DEFAULT_TRAVEL,
      units,
    });
    // the formula shares the way among the stops of a full day: six
    expect(check.estimateHours / check.tourHours).toBeCloseTo(1 / 6, 6);
    const alone = travelCheck([{ unit: 0, lat: 42, lon: -71, visitsPerYear: 12 }], { home, travel: { ...DEFAULT_TRAVEL, stopsPerDay: 1 }, units }); // prettier-ignore
    expect(alone.error).toBeCloseTo(0, 9);
  });

  test('a place inside its unit, the same for the same seed; errors by rank', () => {
    const unit = { lat: 42, lon: -71, areaKm2: Math.PI * 100 };
    const place = placeWithin(unit, 7);
    expect(place).toEqual(placeWithin(unit, 7));
    expect(flat({ lat: (place.lat - 42) * 111.2, lon: (place.lon + 71) * 111.2 * Math.cos((42 * Math.PI) / 180) }, { lat: 0, lon: 0 })).toBeLessThanOrEqual(10); // prettier-ignore
    const checked = [-0.1, 0.2, -0.3].map((error) => ({ sites: 1, estimateHours: 1, tourHours: 1, error }));
    expect(travelReport(checked)).toMatchObject({ median: 0.2, p90: 0.3, territories: 3 });
    expect(travelReport([])).toMatchObject({ median: 0, p90: 0 });
  });
});
