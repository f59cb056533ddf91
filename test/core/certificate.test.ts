import { describe, expect, test } from 'vitest';
import { finishPlan } from '../../service/core/optimize/finishPlan.ts';
import { lowerBound } from '../../service/core/optimize/bound.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { corridors } from '../../service/core/optimize/problem.ts';
import { prepareFiles, type FileRequest, type Prepared } from '../../service/core/optimize/solveFiles.ts';
import { distanceKm } from '../../service/core/geography.ts';
import { BailiwickError } from '../../service/core/errors.ts';
import { below, seeded, type Random } from '../../service/core/random.ts';
import { asSolved, requestOf } from '../kit/planTexts.ts';

const EARTH_KM = 6371.0088;

/** A tiny instance on a complete graph, with whatever rules chance gives; some contradict themselves. */
function tiny(random: Random): FileRequest {
  const n = 3 + below(random, 4);
  const k = 2 + below(random, 2);
  const names = ['A', 'B', 'C'].slice(0, k);
  const some = <Value>(share: number, value: () => Value, none: Value) => (random() < share ? value() : none);
  const pick = () => names[below(random, k)]!;
  const hasToday = random() < 0.5;
  const measures = ['hours', 'dollars'].slice(0, 1 + below(random, 2));
  const places = Array.from({ length: n }, () => [40 + 3 * random(), -75 + 5 * random()] as const);
  const amounts = Array.from({ length: n }, () =>
    measures.map(() => some(0.9, () => Math.round(100 * random()) / 10, 0)),
  );
  const units = amounts.map((row, u) =>
    [
      `u${u}`,
      ...places[u]!.map((value) => value.toFixed(3)),
      ...row,
      hasToday ? some(0.8, pick, '') : '',
      some(0.15, pick, ''),
    ].join(','),
  );
  const edges = units.flatMap((_, u) => units.slice(0, u).map((__, v) => `u${v},u${u}`));
  const homes = names.map((name) =>
    [
      name,
      ...some(0.5, () => [(40 + 3 * random()).toFixed(3), (-75 + 5 * random()).toFixed(3)], ['', '']),
      1 + below(random, 2),
    ].join(','),
  );
  const far = homes.flatMap((home) => {
    const [name, lat] = home.split(',');
    return lat === '' ? [] : some(0.3, () => [`max_km,${name},,${(100 + 400 * random()).toFixed(1)}`], []);
  });
  const rules = units.flatMap((_, u) => some(0.2, () => [`forbid,u${u},${pick()},`], []));
  const accounts =
    random() < 0.3 && n <= 4
      ? amounts.flatMap((row, u) => [
          `a${u},u${u},${row.map((value) => value / 4)}`,
          `b${u},u${u},${row.map((value) => value / 2)}`,
        ])
      : [];
  return requestOf(
    {
      units: `unit,lat,lon,${measures},current,lock\n${units.join('\n')}`,
      edges: `unit,unit\n${edges.join('\n')}`,
      territories: `territory,lat,lon,share\n${homes.join('\n')}`,
      rules: `rule,a,b,value\n${[...rules, ...far].join('\n')}`,
      ...(accounts.length > 0 ? { accounts: `account,unit,${measures}\n${accounts.join('\n')}` } : {}),
    },
    {
      measures: measures.map((name) => ({ name, tolerance: 0.1 + 0.9 * random() })),
      lambda: random() < 0.5 ? 20_000 * random() : 0,
    },
  );
}

const vector = (lat: number, lon: number) => {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
};

/** Smallest cost over every way to give each unit, or what is left of it and each account, to a territory inside the ranges. */
function bruteForce(request: FileRequest, plan: ReturnType<typeof finishPlan>['plan']): number {
  const { units, territories, accounts, rules } = request;
  const names = territories!.names;
  const shares = territories!.shares.reduce((sum, share) => sum + share, 0);
  const totals = request.measures.map(({ name }) => units.measures.get(name)!.reduce((sum, value) => sum + value, 0));
  const splits = new Set(plan.splits);
  const items = units.ids.flatMap((id, u) => {
    const whole = request.measures.map(({ name }) => units.measures.get(name)![u]!);
    const own = splits.has(id) ? [...accounts!.unitOf.keys()].filter((a) => accounts!.unitOf[a] === u) : [];
    const held = own.map((a) => request.measures.map(({ name }) => accounts!.measures.get(name)![a]!));
    const rest = whole.map((value, m) => value - held.reduce((sum, row) => sum + row[m]!, 0));
    return [rest, ...held].map((amounts) => ({ u, amounts }));
  });
  const costs = items.map(({ u, amounts }) => {
    const p = amounts.reduce((sum, value, m) => sum + value / totals[m]!, 0) / totals.length;
    return names.map((name) => {
      if (units.locks[u] !== '' && units.locks[u] !== name) return Infinity;
      if (rules!.some((rule) => rule.kind === 'forbid' && rule.unit === u && rule.territory === name)) return Infinity;
      const home = territories!.homes[names.indexOf(name)];
      const here = { lat: units.lat[u]!, lon: units.lon[u]! };
      const isFar = (limit: string | null, km: number) =>
        (limit ?? name) === name && home !== null && distanceKm(home!, here) > km;
      if (rules!.some((rule) => rule.kind === 'max_km' && isFar(rule.territory, rule.km))) return Infinity;
      const [a, b] = [vector(units.lat[u]!, units.lon[u]!), vector(...plan.centers[name]!)];
      const far = a.reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0) * EARTH_KM ** 2;
      return p * far + (units.current[u] !== '' && units.current[u] !== name ? p * plan.disruption.lambda : 0);
    });
  });
  let best = Infinity;
  const loads = names.map(() => totals.map(() => 0));
  const walk = (i: number, cost: number): void => {
    if (i === items.length) {
      const isInside = names.every((_, j) =>
        request.measures.every(({ tolerance }, m) => {
          const target = (totals[m]! * territories!.shares[j]!) / shares;
          return loads[j]![m]! >= target * (1 - tolerance) - 1e-9 && loads[j]![m]! <= target * (1 + tolerance) + 1e-9;
        }),
      );
      if (isInside) best = Math.min(best, cost);
      return;
    }
    names.forEach((_, j) => {
      if (costs[i]![j] === Infinity) return;
      items[i]!.amounts.forEach((value, m) => (loads[j]![m]! += value));
      walk(i + 1, cost + costs[i]![j]!);
      items[i]!.amounts.forEach((value, m) => (loads[j]![m]! -= value));
    });
  };
  walk(0, 0);
  return best;
}

/** A plan by chance that keeps locks and forbidden pairs; null where chance finds none. */
function anyOwners({ problem }: Prepared, random: Random): number[] | null {
  for (let attempt = 0; attempt < 50; attempt++) {
    const owners = problem.lat.map((_, u) => {
      if (problem.locked[u]) return problem.current![u]!;
      const open = [...Array(problem.k).keys()].filter((j) => !problem.forbidden?.has(u, j));
      return open[below(random, open.length)]!;
    });
    const whole = owners.filter((_, u) => (problem.partOf?.[u] ?? -1) < 0);
    if (new Set(whole).size === problem.k) return owners;
  }
  return null;
}

function prepared(request: FileRequest): Prepared | null {
  try {
    return prepareFiles(request);
  } catch (error) {
    // contradictory chance: told with its reason, and no plan
    expect(error).toBeInstanceOf(BailiwickError);
    return null;
  }
}

describe('the certificate', () => {
  test('for any prices the bound is below every plan inside the ranges, and the check agrees (3,000 tiny instances)', () => {
    let [held, solvable, inside] = [0, 0, 0];
    for (let seed = 1; seed <= 3000; seed++) {
      const random = seeded(seed);
      const request = tiny(random);
      const ready = prepared(request);
      const owners = ready && anyOwners(ready, random);
      if (!ready || !owners) continue;
      held++;
      const scale = 10 ** (4 * random());
      const prices = Array.from({ length: request.measures.length * ready.problem.k }, () => (random() - 0.5) * scale);
      const solved = asSolved(
        request,
        finishPlan(ready, { owners, bound: { value: 0, prices }, steps: 0, stopped: false }),
      );
      expect(solved.untrue(), `seed ${seed}`).toEqual([]);
      const best = bruteForce(request, solved.plan);
      if (best === Infinity) continue;
      solvable++;
      if (solved.plan.outside.length === 0) inside++;
      expect(
        solved.plan.outside.some(({ proof }) => proof),
        `seed ${seed}`,
      ).toBe(false);
      expect(solved.plan.bound, `seed ${seed}`).toBeLessThanOrEqual(best * (1 + 1e-9) + 1e-9);
    }
    expect(held).toBeGreaterThan(1500);
    expect(solvable).toBeGreaterThan(700);
    expect(inside).toBeGreaterThan(50);
  });

  test("the engine's own prices come near the optimum where rounding to whole units allows it", () => {
    let [sum, count] = [0, 0];
    for (let seed = 5001; seed <= 5400; seed++) {
      const random = seeded(seed);
      const request = tiny(random);
      const ready = prepared(request);
      const owners = ready && anyOwners(ready, random);
      if (!ready || !owners) continue;
      const plan = new Plan(ready.problem, owners);
      const bound = lowerBound(plan, corridors(ready.problem, plan.loads));
      const solved = asSolved(request, finishPlan(ready, { owners, bound, steps: 0, stopped: false }));
      expect(solved.untrue(), `seed ${seed}`).toEqual([]);
      const best = bruteForce(request, solved.plan);
      if (best === Infinity) continue;
      expect(solved.plan.bound, `seed ${seed}`).toBeLessThanOrEqual(best * (1 + 1e-9) + 1e-9);
      sum += best > 0 ? solved.plan.bound / best : 1;
      count++;
    }
    expect(count).toBeGreaterThan(100);
    expect(sum / count).toBeGreaterThan(0.6);
  });
});
