import { pieces } from './contiguity.ts';
import { EARTH_RADIUS_KM, unitVector } from './geography.ts';
import { Nearest } from './nearest.ts';
import type { Plan } from './optimize/plan.ts';

/** Where a new territory begins: its centre and the units that it would take first. */
export interface NewCenter {
  readonly unit: number;
  readonly units: readonly number[];
}

interface Wanted extends Shares {
  /** Σ p d² of the plan, in km². */
  readonly spread: number;
  readonly squaredKm: (a: number, b: number) => number;
}

/** Centres tried: spread over the units by weight, so that dense places are looked at more closely. */
const TRIED = 160;
/** Of those the best few are looked at for what they cut off. */
const LOOKED_AT = 8;
/** Squared distance counts this much beside balance, as a share of that of the whole plan. */
const NEARNESS = 0.15;

interface Shares {
  /** What the new territory should hold, as a share of everything. */
  readonly share: number;
  /** What each territory should keep at least, as a share of everything; Infinity where it gives nothing. */
  readonly keeps: readonly number[];
  /** What each territory should hold at most afterwards. */
  readonly holds: readonly number[];
}

/**
 * The best centre for a new territory: around it a connected area of the wanted share can be taken from those who have
 * most to give, near to it and without cutting a giver in pieces. Locked units stay. Deterministic.
 * Null where no unit may be taken.
 */
export function bestCenter(plan: Plan, shares: Shares): NewCenter | null {
  const wanted = { ...shares, spread: spread(plan), squaredKm: distances(plan) };
  const found = candidates(plan, wanted)
    .map((unit) => ({ unit, ...areaAround(plan, unit, wanted) }))
    .filter(({ units }) => units.length > 0)
    .sort((a, b) => a.score - b.score || a.unit - b.unit)
    .slice(0, LOOKED_AT)
    .map((area) => ({ ...area, score: area.score + cutOff(plan, area.units) }))
    .sort((a, b) => a.score - b.score || a.unit - b.unit);
  return found[0] ? { unit: found[0].unit, units: found[0].units } : null;
}

function mayTake(plan: Plan, u: number, { keeps }: Wanted): boolean {
  const owner = plan.owner[u]!;
  return !plan.problem.locked[u] && (owner < 0 || keeps[owner]! < Infinity);
}

function candidates(plan: Plan, wanted: Wanted): number[] {
  const open = [...plan.owner.keys()].filter((u) => mayTake(plan, u, wanted));
  const total = open.reduce((sum, u) => sum + plan.weight[u]!, 0);
  if (total <= 0) return open.slice(0, TRIED);
  const chosen: number[] = [];
  let passed = 0;
  for (const u of open) {
    passed += plan.weight[u]! / total;
    if (passed * TRIED > chosen.length) chosen.push(u);
  }
  return chosen;
}

/** Grows from the centre, nearest first, over units whose owner can spare them, until the share is reached. */
function areaAround(plan: Plan, center: number, wanted: Wanted): { units: number[]; score: number } {
  const held = heldShares(plan);
  const units: number[] = [];
  const seen = new Set([center]);
  const frontier = new Nearest();
  frontier.push(center, 0);
  let [share, far] = [0, 0];
  while (share < wanted.share) {
    const u = frontier.pop();
    if (u === undefined) break;
    const owner = plan.owner[u]!;
    const amount = plan.weight[u]!;
    if (!mayTake(plan, u, wanted)) continue;
    if (owner >= 0 && held[owner]! - amount < wanted.keeps[owner]!) continue;
    if (owner >= 0) held[owner]! -= amount;
    share += amount;
    far += amount * wanted.squaredKm(u, center);
    units.push(u);
    for (const next of plan.problem.neighbors[u]!) {
      if (seen.has(next)) continue;
      seen.add(next);
      frontier.push(next, wanted.squaredKm(next, center));
    }
  }
  const over = held.reduce((sum, value, j) => sum + Math.max(0, value - wanted.holds[j]!), 0);
  const missing = Math.max(0, wanted.share - share);
  return {
    units: units.sort((a, b) => a - b),
    score: (over + missing) / wanted.share + NEARNESS * (far / wanted.spread / wanted.share),
  };
}

/** Share of the new territory's weight that would lie apart from its owner, since somebody has to take it too. */
function cutOff(plan: Plan, units: readonly number[]): number {
  const taken = new Set(units);
  const givers = new Set(units.map((u) => plan.owner[u]!).filter((j) => j >= 0));
  let apart = 0;
  for (const j of givers) {
    const rest = [...plan.owner.keys()].filter((u) => plan.owner[u] === j && !taken.has(u));
    for (const piece of pieces(rest, plan.problem.neighbors).slice(1)) for (const u of piece) apart += plan.weight[u]!;
  }
  const all = units.reduce((sum, u) => sum + plan.weight[u]!, 0);
  return all > 0 ? apart / all : 0;
}

/** What each territory holds, as a share of everything. */
export function heldShares(plan: Plan): number[] {
  const held = new Array<number>(plan.k).fill(0);
  for (let u = 0; u < plan.n; u++) if (plan.owner[u]! >= 0) held[plan.owner[u]!]! += plan.weight[u]!;
  return held;
}

function distances({ problem }: Plan): (a: number, b: number) => number {
  const places = problem.lat.map((lat, u) => unitVector({ lat, lon: problem.lon[u]! }));
  return (a, b) => {
    const [p, q] = [places[a]!, places[b]!];
    return ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2) * EARTH_RADIUS_KM ** 2;
  };
}

function spread(plan: Plan): number {
  let sum = 0;
  for (let u = 0; u < plan.n; u++) if (plan.owner[u]! >= 0) sum += plan.weight[u]! * plan.squaredKm(u, plan.owner[u]!);
  return Math.max(sum, 1e-9);
}
