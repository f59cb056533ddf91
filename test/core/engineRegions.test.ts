import { describe, expect, test } from 'vitest';
import { Best } from '../../service/core/optimize/best.ts';
import { Cuts } from '../../service/core/optimize/bisection.ts';
import { Divider } from '../../service/core/optimize/divider.ts';
import { Energy } from '../../service/core/optimize/energy.ts';
import { evenSides } from '../../service/core/optimize/evenSides.ts';
import { Instance } from '../../service/core/optimize/instance.ts';
import { solveStart } from '../../service/core/optimize/optimize.ts';
import { shapeRegion, solveRegion } from '../../service/core/optimize/neighbourhood.ts';
import { Plan } from '../../service/core/optimize/plan.ts';
import { groupsOf, isMost, regionsOff, regionsWithin } from '../../service/core/optimize/regions.ts';
import { gripFor } from '../../service/core/optimize/schedule.ts';
import { below, seeded } from '../../service/core/random.ts';
import { expectLegal, ruled } from '../kit/ruledGround.ts';
import { groundProblem, hangingParts, piecesOf, randomGround } from '../kit/randomGround.ts';

function bay(seed: number) {
  const random = seeded(seed);
  // few edges: straight cuts leave pieces across bays
  const ground = randomGround(random, { width: 9, height: 9, k: 6, parts: 8, edges: 0.45 });
  return { random, ground, instance: new Instance(groundProblem(random, ground, 6, {})) };
}

describe('the divider', () => {
  test('leaves both sides in one piece with their account groups, whatever the ground (200 cuts)', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { random, ground, instance } = bay(seed);
      const order = Int32Array.from({ length: instance.n }, (_, u) => u).sort(
        (a, b) => ground.lat[a]! - ground.lat[b]! || ground.lon[a]! - ground.lon[b]! || a - b,
      );
      const ratio = 0.2 + 0.6 * random();
      const { a, b } = new Divider(instance).cut(order, { ratio, least: [1, 1] });
      const side = new Int32Array(instance.n);
      for (const u of b) side[u] = 1;
      expect([...a, ...b].sort((p, q) => p - q)).toEqual([...order].sort((p, q) => p - q));
      for (const own of [0, 1]) {
        expect(piecesOf(ground, side, own)).toHaveLength(1);
        expect(hangingParts(ground, side, own)).toEqual([]);
      }
    }
  });

  test('shifts the cut until the shares are right with what is cut off: nearer than the plain cut in sum', () => {
    let [plain, shifted] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const { ground, instance } = bay(seed);
      const order = Int32Array.from({ length: instance.n }, (_, u) => u).sort(
        (a, b) => ground.lat[a]! - ground.lat[b]! || a - b,
      );
      const share = (units: Int32Array) => units.reduce((sum, u) => sum + instance.weight[u]!, 0);
      const divider = new Divider(instance);
      const sides = divider.cut(order, { ratio: 0.5, least: [1, 1] });
      let length = 0;
      while (share(order.subarray(0, length)) < 0.5) length++;
      // the plain cut with its strays given away
      const inA = new Set(order.subarray(0, length));
      const main = piecesOf(
        ground,
        Int32Array.from({ length: instance.n }, (_, u) => (inA.has(u) ? 0 : 1)),
        0,
      );
      const largest = main.reduce((best, piece) => (piece.length > best.length ? piece : best), []);
      plain += Math.abs(share(Int32Array.from(largest)) - 0.5);
      shifted += Math.abs(share(sides.a) - 0.5);
    }
    expect(shifted).toBeLessThan(plain / 2);
  });

  test('cuts to shares of some territories, each with enough whole units', () => {
    const { instance } = bay(3);
    const shares = new Cuts(instance).all(2);
    expect(shares.flatMap(({ territories }) => territories).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(shares.reduce((sum, { units }) => sum + units.length, 0)).toBe(instance.n);
    for (const { units, territories } of shares) {
      expect(territories.length).toBeLessThanOrEqual(2);
      expect(units.filter((u) => instance.partOf[u]! < 0).length).toBeGreaterThanOrEqual(territories.length);
    }
  });
});

test('sides that come out uneven are evened out: never worse, in one piece with their account groups, with enough units (200 cuts)', () => {
  let [before, after] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const { random, ground, instance } = bay(seed);
    const order = Int32Array.from({ length: instance.n }, (_, u) => u).sort(
      (a, b) => ground.lat[a]! - ground.lat[b]! || ground.lon[a]! - ground.lon[b]! || a - b,
    );
    const wanted = { ratio: 0.2 + 0.6 * random(), least: [3, 3] as const };
    const cut = new Divider(instance).cut(order, wanted);
    const stop = () => seed % 10 === 0;
    const even = evenSides(instance, cut, { ...wanted, stop });
    if (stop()) expect(even).toBe(cut);
    const side = new Int32Array(instance.n).fill(-1);
    for (const u of even.a) side[u] = 0;
    for (const u of even.b) side[u] = 1;
    expect(even.a.length + even.b.length).toBe(instance.n);
    expect(side.includes(-1)).toBe(false);
    for (const own of [0, 1]) {
      expect(piecesOf(ground, side, own)).toHaveLength(1);
      expect(hangingParts(ground, side, own)).toEqual([]);
      const whole = [...side.keys()].filter((u) => side[u] === own && instance.partOf[u]! < 0);
      expect(whole.length).toBeGreaterThanOrEqual(3);
    }
    const share = even.a.reduce((sum, u) => sum + instance.amounts[0]![u]!, 0) / instance.totals[0]!;
    expect(even.off).toBeCloseTo(Math.abs(share - wanted.ratio) / Math.min(wanted.ratio, 1 - wanted.ratio), 9);
    before += cut.off;
    after += even.off;
  }
  expect(after).toBeLessThan(before / 2);
});

describe('a region solved again', () => {
  const how = (seed: number, turn: number) => ({
    effort: 0.05,
    random: seeded(seed),
    stop: () => false,
    turn,
    inVain: seed % 3,
    report: () => undefined,
  });

  test('keeps every rule, lock and limit and one piece each, and is never worse (150 grounds, every kind of turn)', () => {
    let changed = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const { random, ground, problem } = ruled(seed);
      const plan = new Plan(problem, ground.owners);
      const energy = new Energy(plan);
      const before = new Best(plan, energy).state;
      const region = [...Array(problem.k).keys()].filter(() => random() < 0.8);
      if (region.length < 2) continue;
      const solve = seed % 3 === 0 ? shapeRegion : solveRegion;
      solve(plan, energy, region, how(seed, seed % 6));
      const outside = ground.owners.flatMap((j, u) => (region.includes(j) ? [] : [u]));
      for (const u of outside) expect(plan.owner[u]).toBe(ground.owners[u]);
      changed += expectLegal(ground, problem, plan.owner);
      energy.refresh();
      expect(new Best(plan, energy).outside).toBeLessThanOrEqual(before.outside + 1e-6);
    }
    expect(changed).toBeGreaterThan(100);
  });

  test('from nothing it may cut anew: territories stay whole, and nearly all come on target', () => {
    let [offBefore, offAfter] = [0, 0];
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed);
      const ground = randomGround(random, { width: 12, height: 12, k: 4, parts: 4 });
      const problem = { ...groundProblem(random, ground, 4, {}), current: null };
      const plan = new Plan(problem, ground.owners);
      const energy = new Energy(plan);
      offBefore += 4 - energy.onTarget();
      for (const turn of [0, 1, 3]) {
        solveRegion(plan, energy, [0, 1, 2, 3], { ...how(seed, turn), effort: 0.5 });
        energy.refresh();
      }
      offAfter += 4 - energy.onTarget();
      for (let j = 0; j < 4; j++) {
        expect(piecesOf(ground, plan.owner, j)).toHaveLength(1);
        expect(hangingParts(ground, plan.owner, j)).toEqual([]);
      }
    }
    expect(offBefore).toBeGreaterThan(60);
    expect(offAfter).toBeLessThan(offBefore / 4);
  });

  test('stops when it is told to, with the plan as it was or better', () => {
    const { ground, problem } = ruled(7);
    const plan = new Plan(problem, ground.owners);
    const region = [...Array(problem.k).keys()];
    const steps = solveRegion(plan, new Energy(plan), region, { ...how(1, 0), effort: 100, stop: () => true });
    expect(steps).toBeLessThanOrEqual(20_000);
    expectLegal(ground, problem, plan.owner);
  });
});

test('regions hold what is off with what lies around it; groups hold every territory once', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const { ground, problem } = ruled(seed);
    const plan = new Plan(problem, ground.owners);
    const energy = new Energy(plan);
    const off = [...Array(problem.k).keys()].filter((j) => energy.violation(j) > 0);
    const regions = regionsOff(plan, energy, 1 + below(seeded(seed), 2));
    for (const j of off) expect(regions.some((region) => region.includes(j))).toBe(true);
    for (const region of regions) expect(region.some((j) => off.includes(j))).toBe(true);
    const groups = groupsOf(plan, 2);
    expect(groups.flat().sort((a, b) => a - b)).toEqual([...Array(problem.k).keys()]);
    for (const group of groups) expect(group.length).toBeLessThanOrEqual(2);
  }
});

test('regions reach as far as they may before one is most of the map, and as near as is asked for where all are (60 maps)', () => {
  const chosen = new Set<number>();
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed);
    // a strip of twelve: the fewer are off, the further their regions reach
    const ground = randomGround(random, { width: 48, height: 3, k: 12, parts: 0 });
    const { measures, ...problem } = groundProblem(random, ground, 12, {});
    const tolerance = [0.4, 0.7, 1][seed % 3]!;
    const wide = { ...problem, measures: measures.map((measure) => ({ ...measure, tolerance })) };
    const plan = new Plan(wide, ground.owners);
    const energy = new Energy(plan);
    const away = [3, 2, 1].find((hops) => !isMost(plan, regionsOff(plan, energy, hops))) ?? 1;
    expect(regionsWithin(plan, energy, [3, 2, 1])).toEqual(regionsOff(plan, energy, away));
    if (energy.onTarget() < 12) chosen.add(away);
  }
  expect([...chosen].sort()).toEqual([1, 2, 3]);
});

test('a move and the way back cost nothing together, with prices learned (they are differences of one energy)', () => {
  const random = seeded(5);
  const ground = randomGround(random, { width: 6, height: 6, k: 3 });
  const problem = { ...groundProblem(random, ground, 3, {}), current: null };
  const plan = new Plan(problem, ground.owners);
  const energy = new Energy(plan);
  for (let lesson = 0; lesson < 5; lesson++) energy.learn(1);
  for (let u = 0; u < plan.n; u++) {
    for (let b = 0; b < 3; b++) {
      const a = plan.owner[u]!;
      if (a === b) continue;
      const there = energy.delta(u, b);
      energy.move(u, b);
      const back = energy.delta(u, a);
      energy.move(u, a);
      expect(there + back).toBeCloseTo(0, 6);
    }
  }
});

test('a lesson adds the part of the missing price that it is told to', () => {
  const random = seeded(5);
  const ground = randomGround(random, { width: 6, height: 6, k: 3 });
  const problem = { ...groundProblem(random, ground, 3, {}), current: null };
  const learned = (part: number) => {
    const { ranges } = new Energy(new Plan(problem, ground.owners));
    ranges.retarget(1);
    ranges.learn(1, part);
    return ranges.pricesOf([0, 1, 2]);
  };
  const [half, whole] = [learned(0.005), learned(0.01)];
  expect(whole.some((price) => price !== 0)).toBe(true);
  for (const [at, price] of whole.entries()) expect(half[at]! / (price || 1)).toBeCloseTo(price === 0 ? 0 : 0.5, 9);
});

test('from nothing ranges of a few territories are soft at first; not from today, on a part or where they are many', () => {
  const grip = (k: number, isToday: boolean, isPart: boolean) => {
    const random = seeded(7);
    const ground = randomGround(random, { width: 12, height: 12, k });
    const problem = groundProblem(random, ground, k, {});
    const current = isToday ? [...ground.owners] : null;
    return gripFor(new Plan({ ...problem, current }, ground.owners), isPart);
  };
  const [softly, firmly] = [grip(25, false, false), grip(25, true, false)];
  expect(softly.hardness[0]).toBeLessThan(firmly.hardness[0]);
  expect(softly.hardness[1]).toBe(firmly.hardness[1]);
  expect(softly.lesson).toBeLessThan(1);
  expect(grip(48, false, false)).toEqual(softly);
  for (const other of [grip(25, false, true), grip(49, false, false)]) expect(other).toEqual(firmly);
});

test('stopped while the first plan is made, at any look: every territory in one piece, every unit once', () => {
  const random = seeded(9);
  const ground = randomGround(random, { width: 24, height: 24, k: 60, parts: 5 });
  const problem = { ...groundProblem(random, ground, 60, {}), current: null };
  let most = 0;
  solveStart(problem, 0, { seed: 1, effort: 0.01, shouldStop: () => (most++, false) });
  const stopAt = [0, 1, 2, 5, ...Array.from({ length: 12 }, (_, i) => Math.floor((most * (i + 1)) / 13))];
  for (const look of stopAt) {
    let looks = 0;
    const { owners, stopped, steps } = solveStart(problem, 0, {
      seed: 1,
      effort: 0.01,
      shouldStop: () => looks++ >= look,
    });
    expect(stopped).toBe(true);
    if (look === 0) expect(steps).toBe(0);
    for (let j = 0; j < 60; j++) {
      expect(piecesOf(ground, Int32Array.from(owners), j)).toHaveLength(1);
      expect(hangingParts(ground, Int32Array.from(owners), j)).toEqual([]);
    }
  }
});
