import type { CheckGround } from './checkGround.ts';
import type { CheckItems } from './checkItems.ts';

/** Sums in another order differ by rounding only. */
export const RELATIVE = 1e-6;

/** Loads and target ranges recomputed: measure m of territory j at m * k + j. */
export interface CheckRanges {
  readonly loads: Float64Array;
  readonly target: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Territories outside some range by more than rounding. */
  readonly out: ReadonlySet<number>;
}

export function checkRanges(ground: CheckGround, items: CheckItems): CheckRanges {
  const { input, k, shares, rules, names } = ground;
  const { measures } = input.plan;
  const size = measures.length * k;
  const [loads, target, low, high] = Array.from({ length: 4 }, () => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const sum = shares.reduce((total, share) => total + share, 0);
  const out = new Set<number>();
  measures.forEach(({ name, tolerance }, m) => {
    const row = items.amounts.subarray(m * items.count, (m + 1) * items.count);
    row.forEach((value, i) => (loads[m * k + items.owner[i]!]! += value));
    const total = input.units.measures.get(name.toLowerCase())!.reduce((all, value) => all + value, 0);
    for (let j = 0; j < k; j++) {
      const at = m * k + j;
      target[at] = total * (shares[j]! / sum);
      low[at] = target[at]! * (1 - tolerance);
      high[at] = target[at]! * (1 + tolerance);
      for (const rule of rules) {
        if ((rule.kind !== 'min' && rule.kind !== 'max') || rule.measure !== name.toLowerCase()) continue;
        if (rule.territory !== null && rule.territory !== names[j]) continue;
        if (rule.kind === 'min' && rule.value > low[at]!) low[at] = rule.value;
        if (rule.kind === 'max' && rule.value < high[at]!) high[at] = rule.value;
      }
      const slack = RELATIVE * target[at]!;
      if (loads[at]! < low[at]! - slack || loads[at]! > high[at]! + slack) out.add(j);
    }
  });
  return { loads, target, low, high, out };
}

/** Totals and targets as stated; ranges broken without being said, and said without being broken. */
export function rangeLies({ input, names, k }: CheckGround, { loads, target, low, high, out }: CheckRanges): string[] {
  const { plan } = input;
  const lies: string[] = [];
  const said = new Set(plan.outside.map(({ territory }) => territory));
  if (said.size < plan.outside.length) lies.push('A territory is listed as outside twice.');
  plan.measures.forEach(({ name, targets }, m) => {
    names.forEach((territory, j) => {
      const at = m * k + j;
      const stated = plan.totals[territory]![name]!;
      if (!near(stated, loads[at]!, target[at]!))
        lies.push(`Territory ${territory} holds ${loads[at]} of ${name}, the plan says ${stated}.`);
      if (!near(targets[territory]!, target[at]!))
        lies.push(`The target of ${territory} is ${target[at]} of ${name}, the plan says ${targets[territory]}.`);
      const slack = RELATIVE * target[at]!;
      const isOff = loads[at]! < low[at]! - slack || loads[at]! > high[at]! + slack;
      if (isOff && !said.has(territory))
        lies.push(
          `Territory ${territory} is outside its range of ${name} (${loads[at]} against ${low[at]} … ${high[at]}), and the plan does not say so.`,
        );
    });
  });
  const isInside = (j: number) =>
    plan.measures.every((_, m) => {
      const at = m * k + j;
      const slack = RELATIVE * target[at]!;
      return loads[at]! > low[at]! + slack && loads[at]! < high[at]! - slack;
    });
  names.forEach((territory, j) => {
    if (said.has(territory) && isInside(j))
      lies.push(`Territory ${territory} is inside its ranges, but the plan says it is not.`);
  });
  if (plan.gap !== null && out.size > 0) lies.push('The plan prints a gap although a territory is outside its range.');
  return lies;
}

/** Equal up to rounding, relative to the larger of both or to a given scale. */
export function near(a: number, b: number, scale = 0): boolean {
  return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b), scale) + 1e-12;
}
