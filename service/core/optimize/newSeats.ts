import { Nearest } from '../nearest.ts';
import { Energy } from './energy.ts';
import { FREE } from './instance.ts';
import type { Plan } from './plan.ts';
import { corridors } from './problem.ts';
import { neighboursOf } from './regions.ts';
import { tryStarts, type Trial } from './trials.ts';

/** Sites that are looked at closer, those of them that are tried, and the most trials for all new seats together. */
const SITES = 10;
const TRIED = 8;
const MOST_TRIALS = 16;
const LENGTH = { rounds: 2, part: 0.1, again: 4 };
/** With more new seats than this the search has to place all anyway. */
const MOST = 20;

/**
 * Places territories that hold nothing in today's map, as a new rep's: each where those around can spare what it needs
 * over the fewest borders, as one area of about its share. With a trial the best sites are tried: what the seat puts off
 * target around it is mended, and the site stays where that costs least. Homes, locks and frozen territories are left to
 * `repair`. Returns the moves tried.
 */
export function placeNewSeats(plan: Plan, trial?: Trial): number {
  const { problem, sizes } = plan;
  const seats = [...sizes.keys()].filter((j) => sizes[j] === 0 && !problem.frozen[j] && !problem.homes[j]);
  if (seats.length === 0 || seats.length > MOST) return 0;
  const energy = new Energy(plan);
  const tried = Math.min(TRIED, Math.floor(MOST_TRIALS / seats.length));
  let steps = 0;
  for (const j of seats) {
    const areas = sitesFor(plan, j).flatMap(({ site, volume }) => {
      const units = areaFrom(energy, corner(energy, site, j), j);
      return units.length > 0 ? [{ units, score: volume + uneven(plan, units, j) }] : [];
    });
    areas.sort((a, b) => a.score - b.score);
    const starts = areas.slice(0, tried).map(({ units }) => () => {
      for (const u of units) plan.move(u, j);
      return [j];
    });
    if (trial && trial.effort > 0 && starts.length > 1) steps += tryStarts(plan, starts, { trial, ...LENGTH });
    else starts[0]?.();
    energy.refresh();
  }
  return steps;
}

/** Territories around which the least crosses borders until j has its target in every measure, best first. */
function sitesFor(plan: Plan, j: number): { site: number; volume: number }[] {
  const { k, problem } = plan;
  const around = neighboursOf(plan);
  const needs = corridors(problem, plan.loads).flatMap((row, m) => {
    const needed = row[j]!.target;
    const spare = row.map(({ low }, a) => (problem.frozen[a] ? 0 : Math.max(0, plan.loads[m * k + a]! - low)));
    return needed > 0 ? [{ needed, spare }] : [];
  });
  const sites = Array.from({ length: k }, (_, site) => site).filter((a) => plan.sizes[a]! > 1 && !problem.frozen[a]);
  return sites
    .map((site) => {
      const rings = ringsAround(site, around);
      return { site, volume: needs.reduce((sum, need) => sum + crossings(rings, need), 0) };
    })
    .sort((a, b) => a.volume - b.volume || a.site - b.site)
    .slice(0, SITES);
}

/** How far an area is from the targets of j, summed over the measures as shares of them. */
function uneven(plan: Plan, units: readonly number[], j: number): number {
  return corridors(plan.problem, plan.loads).reduce((sum, row, m) => {
    const { target } = row[j]!;
    const held = units.reduce((all, u) => all + plan.amount(m, u, j), 0);
    return target > 0 ? sum + Math.abs(held - target) / target : sum;
  }, 0);
}

/** Territories by how many borders away they are; the first ring is the site alone. */
function ringsAround(site: number, around: readonly (readonly number[])[]): number[][] {
  const seen = new Set([site]);
  const rings = [[site]];
  for (let ring = rings[0]!; ring.length > 0; rings.push(ring)) {
    ring = ring
      .flatMap((a) => around[a]!)
      .filter((b) => {
        const isNew = !seen.has(b);
        seen.add(b);
        return isNew;
      });
  }
  return rings;
}

/** What crosses borders, each border counted, as shares of what is needed; what nobody can spare counts from beyond the last ring. */
function crossings(
  rings: readonly (readonly number[])[],
  { needed, spare }: { needed: number; spare: readonly number[] },
): number {
  let [left, sum] = [needed, 0];
  for (const [hops, ring] of rings.entries()) {
    const taken = Math.min(
      left,
      ring.reduce((all, a) => all + spare[a]!, 0),
    );
    sum += taken * (hops + 1);
    left -= taken;
  }
  return (sum + left * (rings.length + 1)) / needed;
}

/** A unit of the territory where most others meet it, the one nearest to its centre; -1 where none may go. */
function corner(energy: Energy, site: number, j: number): number {
  const { plan } = energy;
  const { offsets, targets } = plan.instance;
  let [best, most, near] = [-1, 0, Infinity];
  for (let u = 0; u < plan.n; u++) {
    if (plan.owner[u] !== site || !mayGo(energy, u, j)) continue;
    const owners = new Set<number>();
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) owners.add(plan.owner[targets[at]!]!);
    const d2 = plan.squaredKm(u, site);
    if (owners.size > most || (owners.size === most && d2 < near)) [best, most, near] = [u, owners.size, d2];
  }
  return best;
}

/** Rules, limits and everybody else's contiguity; account groups follow their unit. */
function mayGo(energy: Energy, u: number, j: number): boolean {
  const { plan } = energy;
  const { fixed, partOf } = plan.instance;
  return partOf[u]! < 0 && fixed[u] === FREE && energy.allowed(u, j) && (plan.owner[u]! < 0 || plan.canLeave(u));
}

/** What is nearest to a unit, whoever has it, up to the share of j: connected, and nobody is left in pieces or without a unit. */
function areaFrom(energy: Energy, first: number, j: number): number[] {
  if (first < 0) return [];
  const { plan } = energy;
  const { shares } = plan.problem;
  const { offsets, targets, xyz } = plan.instance;
  const wanted = shares[j]! / shares.reduce((sum, share) => sum + share, 0);
  const away = (u: number) => [0, 1, 2].reduce((sum, d) => sum + (xyz[u * 3 + d]! - xyz[first * 3 + d]!) ** 2, 0);
  const frontier = new Nearest();
  const seen = new Set([first]);
  const taken: { u: number; owner: number }[] = [];
  let held = 0;
  frontier.push(first, 0);
  while (held < wanted) {
    const u = frontier.pop();
    if (u === undefined) break;
    const owner = plan.owner[u]!;
    if (!mayGo(energy, u, j)) continue;
    taken.push({ u, owner });
    energy.move(u, j);
    held += plan.weight[u]!;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) {
      const next = targets[at]!;
      if (seen.has(next)) continue;
      seen.add(next);
      frontier.push(next, away(next));
    }
  }
  for (const { u, owner } of taken) energy.move(u, owner);
  return taken.map(({ u }) => u);
}
