import type { PlanFile } from './planFile.ts';
import type { AccountTable } from './readAccounts.ts';
import type { Rule } from './readRules.ts';
import type { TerritoryTable } from './readTerritories.ts';
import { isYes, type UnitTable } from './readUnits.ts';

/** Inputs and plan as files give them. */
export interface CheckInput {
  readonly units: UnitTable;
  readonly edges: readonly ReadonlySet<number>[];
  readonly territories?: TerritoryTable | null;
  readonly accounts?: AccountTable | null;
  readonly rules?: readonly Rule[];
  readonly assignment: readonly (readonly [string, string])[];
  readonly overrides?: readonly (readonly [string, string])[];
  readonly plan: PlanFile;
  readonly inputHash: string;
}

/** Inputs and plan by index, as the check reads them. */
export interface CheckGround {
  readonly input: CheckInput;
  readonly rules: readonly Rule[];
  readonly names: readonly string[];
  readonly territoryAt: ReadonlyMap<string, number>;
  readonly n: number;
  readonly k: number;
  /** Territory of each unit: of the plan, today (-1 for none), and by lock (-1 for none). */
  readonly owner: Int32Array;
  readonly today: Int32Array;
  readonly lock: Int32Array;
  /** Territories that may gain nothing and lose nothing. */
  readonly isFixed: Uint8Array;
  /** Fixed centres, null where free, and target shares. */
  readonly homes: readonly ({ readonly lat: number; readonly lon: number } | null)[];
  readonly shares: readonly number[];
  /** Account index → territory, for the overrides. */
  readonly given: ReadonlyMap<number, number>;
}

/** Indexes the inputs. The owners come from `ownersOf`, which has told what is wrong with them. */
export function groundOf(input: CheckInput, owner: Int32Array, given: ReadonlyMap<number, number>): CheckGround {
  const { units, plan } = input;
  const names = Object.keys(plan.totals);
  const territoryAt = new Map(names.map((name, j) => [name, j]));
  const rules = input.rules ?? [];
  const today = Int32Array.from(units.current, (name) => territoryAt.get(name) ?? -1);
  const lock = Int32Array.from(units.locks, (text, u) => (text === '' ? -1 : (territoryAt.get(text) ?? today[u]!)));
  const changing = rules.flatMap((rule) => (rule.kind === 'may_change' ? [rule.territory] : []));
  const isFixed = Uint8Array.from(names, (name) => Number(changing.length > 0 && !changing.includes(name)));
  const row = new Map((input.territories?.names ?? []).map((name, i) => [name, i]));
  const homes = names.map((name) => input.territories?.homes[row.get(name) ?? -1] ?? null);
  const shares = names.map((name) => input.territories?.shares[row.get(name) ?? -1] ?? 1);
  const counts = { n: units.ids.length, k: names.length };
  return { input, rules, names, territoryAt, ...counts, owner, today, lock, isFixed, homes, shares, given };
}

/** Territory of each unit; sentences for units lost, doubled or unknown and for territories unknown or empty. */
export function ownersOf({ units, assignment, plan }: CheckInput): { owner: Int32Array; lies: string[] } {
  const lies: string[] = [];
  const at = new Map(Object.keys(plan.totals).map((name, j) => [name, j]));
  const unitAt = new Map(units.ids.map((id, u) => [id, u]));
  const owner = new Int32Array(units.ids.length).fill(-1);
  const seen = new Uint8Array(units.ids.length);
  for (const [unit, territory] of assignment) {
    const u = unitAt.get(unit);
    const j = at.get(territory);
    if (u === undefined) lies.push(`Unit ${unit} of the plan is not in the units file.`);
    if (j === undefined)
      lies.push(`Unit ${unit} goes to ${territory || 'no territory'}, which the plan does not list.`);
    if (u === undefined) continue;
    if (seen[u]) lies.push(`Unit ${unit} is assigned twice.`);
    seen[u] = 1;
    owner[u] = j ?? -1;
  }
  seen.forEach((isSeen, u) => {
    if (!isSeen) lies.push(`Unit ${units.ids[u]} is lost: it has no territory.`);
  });
  const held = new Set(owner);
  for (const [name, j] of at) if (!held.has(j)) lies.push(`Territory ${name} has no unit.`);
  return { owner, lies };
}

/** The plan's territories are those of the inputs. */
export function rosterLies({ units, territories, plan }: CheckInput): string[] {
  const names = new Set(Object.keys(plan.totals));
  const wanted =
    territories?.names ?? [...new Set([...units.current, ...lockNames(units)])].filter((name) => name !== '');
  const lies = wanted
    .filter((name) => !names.has(name))
    .map((name) => `Territory ${name} stands in the inputs, but not in the plan.`);
  if (territories)
    for (const name of names)
      if (!territories.names.includes(name)) lies.push(`Territory ${name} of the plan is not in the territories file.`);
  return lies;
}

/** Without a map of today, locks name the territories. */
function lockNames({ locks, current }: UnitTable): string[] {
  return current.some((name) => name !== '') ? [] : locks.filter((text) => !isYes(text));
}

/** Accounts given to another territory than their unit's; sentences for every override that cannot be. */
export function overridesOf(
  { accounts, overrides = [], plan, units }: CheckInput,
  owner: Int32Array,
): { given: Map<number, number>; lies: string[] } {
  const lies: string[] = [];
  const at = new Map(Object.keys(plan.totals).map((name, j) => [name, j]));
  const accountAt = new Map((accounts?.ids ?? []).map((id, a) => [id, a]));
  const splits = new Set(plan.splits);
  const given = new Map<number, number>();
  const used = new Set<string>();
  for (const [account, territory] of overrides) {
    const a = accountAt.get(account);
    const j = at.get(territory);
    if (a === undefined) lies.push(`Account ${account} of the overrides is unknown.`);
    if (j === undefined)
      lies.push(`Account ${account} goes to ${territory || 'no territory'}, which the plan does not list.`);
    if (a === undefined || j === undefined) continue;
    const unit = accounts!.unitOf[a]!;
    const id = units.ids[unit]!;
    if (given.has(a)) lies.push(`Account ${account} is overridden twice.`);
    if (!splits.has(id)) lies.push(`Account ${account} is overridden, but its unit ${id} is not listed as split.`);
    if (owner[unit] === j)
      lies.push(`Account ${account} is overridden to ${territory}, which has its unit ${id} anyway.`);
    given.set(a, j);
    used.add(id);
  }
  for (const id of splits)
    if (!used.has(id)) lies.push(`Unit ${id} is listed as split, but no account of it is overridden.`);
  if (splits.size < plan.splits.length) lies.push('A unit is listed as split twice.');
  return { given, lies };
}
