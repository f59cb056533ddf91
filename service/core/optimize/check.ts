import type { PlanFile, UnitTable } from './planFile.ts';

/*
 * An independent check: it recomputes every claim of a plan file from the inputs. It shares nothing with the optimizer
 * but the reader, so that an error there cannot hide here; formulas stand in core/README.md and optimizer sources.
 */

const EARTH_KM = 6371.0088;
/** Sums in another order differ by rounding only. */
const RELATIVE = 1e-6;

export interface CheckInput {
  readonly units: UnitTable;
  readonly edges: readonly ReadonlySet<number>[];
  readonly assignment: readonly (readonly [string, string])[];
  readonly plan: PlanFile;
  readonly inputHash: string;
}

/** Everything that is untrue of a plan, as sentences; empty for an honest one. */
export function checkPlan({ units, edges, assignment, plan, inputHash }: CheckInput): string[] {
  const lies: string[] = [];
  if (plan.inputHash !== inputHash) lies.push('The plan was made from other inputs: the input hash differs.');
  const owner = owners(units, assignment, plan, lies);
  if (owner.some((name) => name === undefined)) return lies;
  const territoryOf = owner as string[];
  lies.push(
    ...pieceLies(units, edges, territoryOf, plan),
    ...groupLies(units, territoryOf),
    ...totalLies(units, territoryOf, plan),
    ...distanceLies(units, territoryOf, plan),
  );
  return lies;
}

function owners(
  units: UnitTable,
  assignment: CheckInput['assignment'],
  plan: PlanFile,
  lies: string[],
): (string | undefined)[] {
  const known = new Set(Object.keys(plan.totals));
  const owner = new Map<string, string>();
  const ids = new Set(units.ids);
  for (const [unit, territory] of assignment) {
    if (!ids.has(unit)) lies.push(`Unit ${unit} of the plan is not in the units file.`);
    if (owner.has(unit)) lies.push(`Unit ${unit} is assigned twice.`);
    if (!known.has(territory)) lies.push(`Unit ${unit} goes to ${territory}, which the plan does not list.`);
    owner.set(unit, territory);
  }
  for (const unit of units.ids) if (!owner.has(unit)) lies.push(`Unit ${unit} is lost: it has no territory.`);
  for (const territory of known)
    if (![...owner.values()].includes(territory)) lies.push(`Territory ${territory} has no unit.`);
  return units.ids.map((unit) => owner.get(unit));
}

function pieceLies(
  units: UnitTable,
  edges: CheckInput['edges'],
  territoryOf: readonly string[],
  plan: PlanFile,
): string[] {
  const next = edges.map((set) => [...set]);
  const index = new Map(units.ids.map((id, i) => [id, i]));
  for (const [a, b] of plan.bridges) {
    const [i, j] = [index.get(a), index.get(b)];
    if (i === undefined || j === undefined) return [`The bridge ${a}-${b} names a unit that does not exist.`];
    next[i]!.push(j);
    next[j]!.push(i);
  }
  const seen = new Uint8Array(units.ids.length);
  const begun = new Map<string, string>();
  const lies: string[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    const territory = territoryOf[start]!;
    const first = begun.get(territory);
    if (first) lies.push(`Territory ${territory} is not in one piece: ${first} and ${units.ids[start]} do not meet.`);
    else begun.set(territory, units.ids[start]!);
    const stack = [start];
    seen[start] = 1;
    while (stack.length > 0) {
      for (const other of next[stack.pop()!]!) {
        if (seen[other] || territoryOf[other] !== territory) continue;
        seen[other] = 1;
        stack.push(other);
      }
    }
  }
  return lies;
}

function groupLies(units: UnitTable, territoryOf: readonly string[]): string[] {
  const of = new Map<string, string>();
  return units.ids.flatMap((id, u) => {
    const group = units.groups[u] ?? '';
    const lies: string[] = [];
    if (group !== '' && of.has(group) && of.get(group) !== territoryOf[u])
      lies.push(`Group ${group} is torn apart at unit ${id}.`);
    if (group !== '' && !of.has(group)) of.set(group, territoryOf[u]!);
    if (units.locked[u] && units.current[u] !== territoryOf[u])
      lies.push(`Unit ${id} is locked to ${units.current[u]} but went to ${territoryOf[u]}.`);
    return lies;
  });
}

function totalLies(units: UnitTable, territoryOf: readonly string[], plan: PlanFile): string[] {
  const names = Object.keys(plan.totals);
  const said = new Set(plan.outside.map(({ territory }) => territory));
  const lies: string[] = [];
  const out = new Set<string>();
  for (const { name, tolerance, targets } of plan.measures) {
    const values = units.measures.get(name.toLowerCase());
    if (!values) return [`The units file has no measure ${name}.`];
    const sums = new Map(names.map((territory) => [territory, 0]));
    values.forEach((value, u) => sums.set(territoryOf[u]!, (sums.get(territoryOf[u]!) ?? 0) + value));
    const total = values.reduce((sum, value) => sum + value, 0);
    const targetSum = names.reduce((sum, territory) => sum + (targets[territory] ?? NaN), 0);
    if (!near(targetSum, total)) lies.push(`The targets of ${name} add up to ${targetSum}, the units hold ${total}.`);
    for (const territory of names) {
      const sum = sums.get(territory) ?? 0;
      const stated = plan.totals[territory]?.[name] ?? NaN;
      if (!near(sum, stated, total))
        lies.push(`Territory ${territory} holds ${sum} of ${name}, the plan says ${stated}.`);
      const target = targets[territory] ?? NaN;
      const slack = RELATIVE * target;
      if (sum < target * (1 - tolerance) - slack || sum > target * (1 + tolerance) + slack) {
        out.add(territory);
        if (!said.has(territory))
          lies.push(
            `Territory ${territory} is outside its range of ${name} (${sum} against ${target}), and the plan does not say so.`,
          );
      }
    }
  }
  if (plan.gap !== null && out.size > 0) lies.push('The plan prints a gap although a territory is outside its range.');
  return lies;
}

function distanceLies(units: UnitTable, territoryOf: readonly string[], plan: PlanFile): string[] {
  const names = Object.keys(plan.totals);
  const measures = plan.measures.map(({ name }) => units.measures.get(name.toLowerCase()) ?? []);
  const sums = measures.map((values) => values.reduce((sum, value) => sum + value, 0));
  const p = units.ids.map(
    (_, u) =>
      measures.reduce((mean, values, m) => mean + (sums[m]! > 0 ? values[u]! / sums[m]! : 0), 0) / measures.length,
  );
  const at = units.lat.map((lat, u) => onSphere(lat, units.lon[u]!));
  const centers = names.map((name) => onSphere(...(plan.centers[name] ?? [NaN, NaN])));
  const lies: string[] = [];
  const means = names.map(() => [0, 0, 0]);
  let objective = 0;
  let bound = 0;
  units.ids.forEach((_, u) => {
    const own = names.indexOf(territoryOf[u]!);
    for (let d = 0; d < 3; d++) means[own]![d]! += p[u]! * at[u]![d]!;
    objective += p[u]! * squared(at[u]!, centers[own]!);
    let least = Infinity;
    names.forEach((name, j) => {
      const worth = measures.reduce((sum, values, m) => sum + values[u]! * price(plan, name, m), 0);
      least = Math.min(least, p[u]! * squared(at[u]!, centers[j]!) - worth);
    });
    bound += least;
  });
  for (const name of names) {
    plan.measures.forEach(({ targets, tolerance }, m) => {
      const w = price(plan, name, m);
      bound += w * (targets[name] ?? NaN) * (w > 0 ? 1 - tolerance : 1 + tolerance);
    });
  }
  names.forEach((name, j) => {
    const length = Math.hypot(...(means[j] as [number, number, number]));
    const off =
      length > 0
        ? EARTH_KM *
          Math.sqrt(
            squaredUnit(
              means[j]!.map((value) => value / length),
              centers[j]!,
            ),
          )
        : 0;
    if (!(off < 0.5)) lies.push(`The centre of ${name} is ${off.toFixed(1)} km from the middle of its units.`);
  });
  if (!near(objective, plan.objective)) lies.push(`The objective is ${objective}, the plan says ${plan.objective}.`);
  if (!(plan.bound <= bound + RELATIVE * Math.abs(bound) + 1e-9))
    lies.push(`The prices prove a bound of ${bound}, the plan claims ${plan.bound}.`);
  if (plan.gap !== null && !near(plan.gap, plan.objective / plan.bound - 1, 1))
    lies.push(`The gap is ${plan.objective / plan.bound - 1}, the plan says ${plan.gap}.`);
  return lies;
}

function price(plan: PlanFile, territory: string, m: number): number {
  return plan.prices[territory]?.[plan.measures[m]!.name] ?? 0;
}

function onSphere(lat: number, lon: number): [number, number, number] {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
}

function squaredUnit(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0);
}

function squared(a: readonly number[], b: readonly number[]): number {
  return EARTH_KM * EARTH_KM * squaredUnit(a, b);
}

function near(a: number, b: number, scale = Math.max(Math.abs(a), Math.abs(b))): boolean {
  return Math.abs(a - b) <= RELATIVE * Math.max(scale, 1e-12);
}
