import { components, neighborLists } from './adjacency.ts';
import type { Border } from './cells.ts';
import { distanceKm, type Geography } from './geography.ts';
import type { UnitId } from './ids.ts';

/** A geography without its key: whoever stores it names it by its content. */
export type Ground = Omit<Geography, 'key'>;

/** Units that become one. */
export interface UnitGroup {
  readonly id: UnitId;
  readonly name: string;
  readonly state: string;
  /** Five-digit FIPS. */
  readonly county: string;
  /** Unit indices; not empty. */
  readonly units: readonly number[];
}

export interface Merged {
  readonly ground: Ground;
  readonly borders: Border[];
}

/**
 * Makes one unit of each group; the others stay. Areas add up, borders inside of a group vanish, neighbours of a member are
 * neighbours of the group, and a bridge stays only where nothing else joins its two sides. The group stands at its member
 * nearest to the middle of its area. All ZIPs of a group hang on it, so its id must be no ZIP of the geography.
 * @throws Error where an id is taken or a unit is in two groups
 */
export function mergeUnits(ground: Ground, borders: readonly Border[], groups: readonly UnitGroup[]): Merged {
  requireDistinct(ground, groups);
  const grouped = new Map(groups.flatMap((group) => group.units.map((unit) => [unit, group])));
  const single = ground.ids.flatMap((id, unit) => (grouped.has(unit) ? [] : [{ id, units: [unit], group: null }]));
  const rows = [...single, ...groups.map((group) => ({ id: group.id, units: group.units, group }))].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  const now: number[] = [];
  rows.forEach(({ units }, row) => units.forEach((unit) => (now[unit] = row)));
  const at = rows.map(({ units }) => middleUnit(ground, units));
  const lat = at.map((unit) => ground.lat[unit] ?? 0);
  const lon = at.map((unit) => ground.lon[unit] ?? 0);
  const links = linksOf(ground, now, rows.length);
  const merged: Ground = {
    ids: rows.map(({ id }) => id),
    names: rows.map(({ group }, row) => group?.name ?? ground.names[at[row]!] ?? ''),
    states: rows.map(({ group }, row) => group?.state ?? ground.states[at[row]!] ?? ''),
    counties: rows.map(({ group }, row) => group?.county ?? ground.counties[at[row]!] ?? ''),
    lat,
    lon,
    areaKm2: rows.map(({ units }) => rounded(units.reduce((sum, unit) => sum + (ground.areaKm2[unit] ?? 0), 0))),
    ...links,
    parents: parentsOf(ground, grouped),
  };
  return { ground: merged, borders: outerBorders(borders, now) };
}

/** Thousandths of a km², as areas are kept. */
const rounded = (km2: number) => Math.round(km2 * 1000) / 1000;

function requireDistinct(ground: Ground, groups: readonly UnitGroup[]): void {
  const taken = new Set<string>([...ground.ids, ...Object.keys(ground.parents)]);
  const seen = new Set<number>();
  for (const { id, units } of groups) {
    if (taken.has(id)) throw new Error(`The id ${id} of merged units is taken.`);
    taken.add(id);
    if (units.length === 0) throw new Error(`The merged unit ${id} has no members.`);
    for (const unit of units) {
      if (seen.has(unit)) throw new Error(`Unit ${ground.ids[unit]} is in two groups.`);
      seen.add(unit);
    }
  }
}

/** The member nearest to the middle, weighted by area: always on land, unlike the middle. */
function middleUnit({ lat, lon, areaKm2 }: Ground, units: readonly number[]): number {
  const total = units.reduce((sum, unit) => sum + (areaKm2[unit] ?? 0), 0);
  const mean = (values: readonly number[]) =>
    units.reduce(
      (sum, unit) => sum + (values[unit] ?? 0) * (total > 0 ? (areaKm2[unit] ?? 0) / total : 1 / units.length),
      0,
    );
  const middle = { lat: mean(lat), lon: mean(lon) };
  const km = (unit: number) => distanceKm(middle, { lat: lat[unit] ?? 0, lon: lon[unit] ?? 0 });
  return units.reduce((best, unit) => (km(unit) < km(best) ? unit : best), units[0] ?? 0);
}

function linksOf(ground: Ground, now: readonly number[], count: number): Pick<Ground, 'neighbors' | 'bridges'> {
  const isBridge = new Set(ground.bridges.map((pair) => pair.join()));
  const real: [number, number][] = [];
  ground.neighbors.forEach((list, a) => {
    for (const b of list) if (a < b && !isBridge.has(`${a},${b}`)) real.push([now[a] ?? 0, now[b] ?? 0]);
  });
  const { of, count: pieces } = components(neighborLists(count, real));
  const piece = Array.from({ length: pieces }, (_, i) => i);
  const root = (i: number): number => (piece[i] === i ? i : root(piece[i] ?? i));
  const bridges: [number, number][] = [];
  for (const [from, to] of ground.bridges) {
    const [a = 0, b = 0] = [now[from] ?? 0, now[to] ?? 0].sort((p, q) => p - q);
    const [p, q] = [root(of[a] ?? 0), root(of[b] ?? 0)];
    if (p === q) continue;
    piece[p] = q;
    bridges.push([a, b]);
  }
  bridges.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  return { neighbors: neighborLists(count, [...real, ...bridges]), bridges };
}

function parentsOf(ground: Ground, grouped: ReadonlyMap<number, UnitGroup>): Record<string, UnitId> {
  const group = new Map([...grouped].map(([unit, { id }]) => [ground.ids[unit] ?? '', id]));
  const hanging = Object.entries(ground.parents).map(([zip, parent]) => [zip, group.get(parent) ?? parent] as const);
  return Object.fromEntries([...hanging, ...group]);
}

/** Borders between what are two units now, those that go on in each other as one. */
function outerBorders(borders: readonly Border[], now: readonly number[]): Border[] {
  const unit = (before: number) => (before < 0 ? -1 : (now[before] ?? -1));
  const kept = borders.flatMap((border): Border[] => {
    const [left, right] = [unit(border.left), unit(border.right)];
    if (left === right) return [];
    const { path, ends, across } = border;
    return [across === undefined ? { left, right, path, ends } : { left, right, path, ends, across: unit(across) }];
  });
  return joined(kept);
}

/** Where only two borders meet, of the same units, they become one: a line that is simplified as a whole. */
function joined(borders: readonly Border[]): Border[] {
  const at = new Map<number, number[]>();
  borders.forEach(({ ends }, i) => ends.forEach((end) => at.set(end, [...(at.get(end) ?? []), i])));
  const sides = ({ left, right, across }: Border) => `${Math.min(left, right)},${Math.max(left, right)},${across}`;
  const used = new Set<number>();
  /** The border that goes on from a node, if there is exactly one and it parts the same units. */
  const next = (node: number, from: number): number | undefined => {
    const here = at.get(node) ?? [];
    const other = here.length === 2 ? here.find((i) => i !== from) : undefined;
    const goesOn = other !== undefined && !used.has(other) && sides(borders[other]!) === sides(borders[from]!);
    return goesOn ? other : undefined;
  };
  const result: Border[] = [];
  borders.forEach((border, start) => {
    if (used.has(start)) return;
    used.add(start);
    let line = border;
    for (const backwards of [false, true]) {
      if (backwards) line = turned(line);
      let last = start;
      for (let more = next(line.ends[1], last); more !== undefined; more = next(line.ends[1], last)) {
        used.add(more);
        line = appended(line, borders[more]!);
        last = more;
      }
    }
    result.push(line);
  });
  return result;
}

/** The same border from its other end. */
function turned({ left, right, path, ends, across }: Border): Border {
  const back: number[] = [];
  for (let i = path.length - 2; i >= 0; i -= 2) back.push(path[i]!, path[i + 1]!);
  const border = { left, right, path: back, ends: [ends[1], ends[0]] as const };
  return across === undefined ? border : { ...border, across };
}

function appended(line: Border, more: Border): Border {
  const onward = more.ends[0] === line.ends[1] ? more : turned(more);
  return { ...line, path: [...line.path, ...onward.path.slice(2)], ends: [line.ends[0], onward.ends[1]] };
}
