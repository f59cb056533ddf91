import { pieces } from '../contiguity.ts';
import { keepsRanges, type Energy } from './energy.ts';
import { budgetOf, exchange } from './exchange.ts';
import type { Plan } from './plan.ts';

/** Rounds over all groups; each can free others, and after a few nothing changes any more. */
const ROUNDS = 4;
/** Rounds in which what had to move is replaced by less. */
const EXCHANGES = 6;

/**
 * Gives back to today's owners what the search moved on the way but nothing needs: whole groups of neighbouring units,
 * smallest first, as long as no territory leaves its target range further and every territory stays in one piece; what
 * has to move is replaced by less in as many rounds as asked for.
 */
export function takeBack(plan: Plan, energy: Energy, exchanges = EXCHANGES): void {
  giveBackAll(plan, energy);
  const budget = budgetOf(energy);
  for (let round = 0; round < exchanges && exchange(plan, energy, budget) > 0; round++) giveBackAll(plan, energy);
}

function giveBackAll(plan: Plan, energy: Energy): void {
  for (let round = 0; round < ROUNDS; round++) {
    let given = 0;
    for (const group of movedGroups(plan)) if (giveBack(plan, energy, group)) given++;
    given += giveBackUnits(plan, energy);
    if (given === 0) return;
  }
}

/** A territory off target anyway: a group that brings it less than this share of its target is not worth a handover. */
const TOO_LITTLE = 0.005;

interface Group {
  readonly units: readonly number[];
  readonly from: number;
  readonly to: number;
}

function movedGroups(plan: Plan): Group[] {
  const { current, neighbors, locked } = plan.problem;
  const byPair = new Map<number, number[]>();
  for (let u = 0; u < plan.n; u++) {
    const today = current?.[u] ?? -1;
    if (today < 0 || today === plan.owner[u] || locked[u]) continue;
    const pair = today * plan.k + plan.owner[u]!;
    byPair.set(pair, [...(byPair.get(pair) ?? []), u]);
  }
  const weight = (units: readonly number[]) => units.reduce((sum, u) => sum + plan.weight[u]!, 0);
  return [...byPair]
    .flatMap(([pair, units]) =>
      pieces(units, neighbors).map((piece) => ({ units: piece, from: Math.floor(pair / plan.k), to: pair % plan.k })),
    )
    .map((group) => ({ group, weight: weight(group.units) }))
    .sort((a, b) => a.weight - b.weight || a.group.units[0]! - b.group.units[0]!)
    .map(({ group }) => group);
}

function giveBack(plan: Plan, energy: Energy, { units, from, to }: Group): boolean {
  if (plan.problem.frozen[from]) return false;
  const before = energy.violationsBetween(from, to);
  const slack = [from, to].filter((j) => energy.violation(j) > 0).length * TOO_LITTLE;
  if (!units.every((u) => energy.allowed(u, from))) return false;
  for (const u of units) energy.move(u, from);
  if (keepsRanges(before, energy.violationsBetween(from, to), slack) && plan.isWhole(from) && plan.isWhole(to))
    return true;
  for (const u of units) energy.move(u, to);
  return false;
}

/** Single units at the edge of what has moved, those that hand over most first. */
function giveBackUnits(plan: Plan, energy: Energy): number {
  const { current } = plan.problem;
  const units = [...plan.owner.keys()].filter((u) => (current?.[u] ?? -1) >= 0 && current![u] !== plan.owner[u]);
  units.sort((a, b) => plan.moving[b]! - plan.moving[a]! || a - b);
  let given = 0;
  for (const u of units) {
    const [from, to] = [current![u]!, plan.owner[u]!];
    if (!plan.touches(u, from) || !energy.allowed(u, from) || !plan.canLeave(u)) continue;
    const before = energy.violationsBetween(from, to);
    energy.move(u, from);
    if (keepsRanges(before, energy.violationsBetween(from, to))) given++;
    else energy.move(u, to);
  }
  return given;
}
