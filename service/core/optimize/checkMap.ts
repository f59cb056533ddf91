import type { CheckGround } from './checkGround.ts';

const EARTH_KM = 6371.0088;
/** Two formulas for one distance differ by less than this. */
export const KM_ROUNDING = 1e-8;

/** Neighbours with the bridges of the plan; sentences for bridges that are none. */
export function bridgesOf({ input, n }: CheckGround): { next: number[][]; lies: string[] } {
  const { units, edges, plan } = input;
  const next = edges.map((set) => [...set]);
  const lies: string[] = [];
  const component = componentsOf(next, n);
  const count = component.reduce((most, value) => Math.max(most, value + 1), 0);
  const unitAt = new Map(units.ids.map((id, u) => [id, u]));
  for (const [a, b] of plan.bridges) {
    const [u, v] = [unitAt.get(a), unitAt.get(b)];
    if (u === undefined || v === undefined) {
      lies.push(`The bridge ${a}–${b} names a unit that does not exist.`);
      continue;
    }
    if (component[u] === component[v]) lies.push(`The bridge ${a}–${b} joins units that are joined without it.`);
    next[u]!.push(v);
    next[v]!.push(u);
  }
  if (plan.bridges.length > Math.max(0, count - 1))
    lies.push(
      `${plan.bridges.length} bridges are listed, but ${count} components need at most ${Math.max(0, count - 1)}.`,
    );
  return { next, lies };
}

/** Number of the component of each unit. */
export function componentsOf(next: readonly (readonly number[])[], n: number): Int32Array {
  const component = new Int32Array(n).fill(-1);
  let count = 0;
  for (let start = 0; start < n; start++) {
    if (component[start] !== -1) continue;
    const stack = [start];
    component[start] = count;
    while (stack.length > 0)
      for (const other of next[stack.pop()!]!) {
        if (component[other] !== -1) continue;
        component[other] = count;
        stack.push(other);
      }
    count++;
  }
  return component;
}

/** Territories that are not in one piece. */
export function pieceLies({ input, names, owner, n, k }: CheckGround, next: readonly (readonly number[])[]): string[] {
  const seen = new Uint8Array(n);
  const begun = new Int32Array(k).fill(-1);
  const lies: string[] = [];
  const ids = input.units.ids;
  for (let start = 0; start < n; start++) {
    const j = owner[start]!;
    if (seen[start] || j < 0) continue;
    if (begun[j]! >= 0)
      lies.push(`Territory ${names[j]} is not in one piece: ${ids[begun[j]!]} and ${ids[start]} do not meet.`);
    else begun[j] = start;
    const stack = [start];
    seen[start] = 1;
    while (stack.length > 0)
      for (const other of next[stack.pop()!]!) {
        if (seen[other] || owner[other] !== j) continue;
        seen[other] = 1;
        stack.push(other);
      }
  }
  return lies;
}

/** Accounts given to a territory that has neither their unit nor a neighbour of it. */
export function overrideLies(
  { input, names, owner, given }: CheckGround,
  next: readonly (readonly number[])[],
): string[] {
  const { accounts, units } = input;
  return [...given].flatMap(([a, j]) => {
    const unit = accounts!.unitOf[a]!;
    if (owner[unit] === j || next[unit]!.some((other) => owner[other] === j)) return [];
    return [
      `Account ${accounts!.ids[a]} goes to ${names[j]}, which has neither its unit ${units.ids[unit]} nor a neighbour of it.`,
    ];
  });
}

/** Groups torn, locks broken. */
export function groupLies({ input, names, owner, lock, given }: CheckGround): string[] {
  const { units, accounts } = input;
  const first = new Map<string, number>();
  const lies = units.ids.flatMap((id, u) => {
    const found: string[] = [];
    const group = units.groups[u]!;
    if (group !== '') {
      const other = first.get(group);
      if (other === undefined) first.set(group, u);
      else if (owner[other] !== owner[u]) found.push(`Group ${group} is torn apart at unit ${id}.`);
    }
    if (lock[u]! >= 0 && lock[u] !== owner[u])
      found.push(`Unit ${id} is locked to ${names[lock[u]!]} but went to ${names[owner[u]!]}.`);
    return found;
  });
  const wholes = [...given.keys()].filter((a) => {
    const unit = accounts!.unitOf[a]!;
    return units.groups[unit] !== '' || lock[unit]! >= 0;
  });
  return [
    ...lies,
    ...wholes.map((a) => `Account ${accounts!.ids[a]} leaves its unit, which a lock or group holds together.`),
  ];
}

/** Rules broken: apart, forbid, max_km and may_change. Least and most are part of the ranges. */
export function ruleLies(ground: CheckGround): string[] {
  const { input, names, rules, n } = ground;
  const lies: string[] = [];
  const stated = input.plan.rules;
  const texts = rules.map(({ text }) => text);
  if (stated.length !== texts.length || texts.some((text, i) => stated[i] !== text))
    lies.push('The plan lists other rules than the rules file.');
  const holders = holdersOf(ground);
  const id = (u: number) => input.units.ids[u]!;
  for (const rule of rules) {
    if (rule.kind === 'apart') {
      const [a, b] = rule.units;
      const shared = [...holders(a)].find((j) => holders(b).has(j));
      if (shared !== undefined)
        lies.push(`Units ${id(a)} and ${id(b)} must be apart, but both are in ${names[shared]}.`);
    } else if (rule.kind === 'forbid') {
      const j = ground.territoryAt.get(rule.territory);
      if (j !== undefined && holders(rule.unit).has(j))
        lies.push(`Unit ${id(rule.unit)} is forbidden to ${rule.territory}, which has it.`);
    } else if (rule.kind === 'max_km') {
      for (let u = 0; u < n; u++)
        for (const j of holders(u)) {
          if (rule.territory !== null && rule.territory !== names[j]) continue;
          const km = kmFromHome(ground, u, j);
          if (!(km <= rule.km + KM_ROUNDING))
            lies.push(
              `Unit ${id(u)} is ${km.toFixed(1)} km from the home of ${names[j]}; at most ${rule.km} km are allowed.`,
            );
        }
    }
  }
  return [...lies, ...changeLies(ground, holders)];
}

function changeLies(
  { input, names, isFixed, today, n }: CheckGround,
  holders: (u: number) => ReadonlySet<number>,
): string[] {
  if (!isFixed.includes(1)) return [];
  const lies: string[] = [];
  for (let u = 0; u < n; u++) {
    const was = today[u]!;
    const id = input.units.ids[u]!;
    for (const j of holders(u)) {
      if (j === was) continue;
      if (was >= 0 && isFixed[was]) lies.push(`Unit ${id} left ${names[was]}, which may not change.`);
      if (isFixed[j]) lies.push(`Unit ${id} came to ${names[j]}, which may not change.`);
    }
  }
  return lies;
}

/** Territories that have a unit or an account of it. */
function holdersOf({ input, owner, given }: CheckGround): (u: number) => ReadonlySet<number> {
  const more = new Map<number, Set<number>>();
  for (const [a, j] of given) {
    const unit = input.accounts!.unitOf[a]!;
    more.set(unit, (more.get(unit) ?? new Set([owner[unit]!])).add(j));
  }
  return (u) => more.get(u) ?? new Set([owner[u]!]);
}

/** Great-circle distance to the home, by haversines. */
export function kmFromHome({ input, homes }: Pick<CheckGround, 'input' | 'homes'>, u: number, j: number): number {
  const home = homes[j];
  if (!home) return NaN;
  const radians = Math.PI / 180;
  const [lat, lon] = [input.units.lat[u]!, input.units.lon[u]!];
  const across = Math.sin(((lon - home.lon) * radians) / 2) ** 2;
  const along = Math.sin(((lat - home.lat) * radians) / 2) ** 2;
  const haversine = along + Math.cos(home.lat * radians) * Math.cos(lat * radians) * across;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(haversine)));
}
