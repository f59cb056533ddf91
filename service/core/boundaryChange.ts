import { unitIndex, type Geography, type Neighbors } from './geography.ts';

/** Units of a geography that a plan was made on. */
export type Units = Pick<Geography, 'ids' | 'parents'>;

/** What new boundaries do to a plan. */
export interface BoundaryChange {
  /** Territory of each unit after, -1 for nobody. */
  readonly owners: readonly number[];
  /** Units that are no more, and no part of another either. */
  readonly gone: readonly string[];
  readonly added: readonly string[];
  /** Units that are no more and hang on another now. */
  readonly merged: readonly { readonly from: string; readonly into: string }[];
  /** Units that a territory gains and loses; territories without a change are left out. */
  readonly territories: readonly {
    readonly territory: number;
    readonly gained: readonly string[];
    readonly lost: readonly string[];
  }[];
  /** ZIPs known before and after whose owner is another now, hanging ones included. */
  readonly moved: readonly { readonly zip: string; readonly from: number; readonly to: number }[];
}

/**
 * Carries a plan over to new boundaries. A unit that stays keeps its owner. A new one goes to the owner of the unit that
 * it hung on before; else to the owner of most units that hang on it now; else to the owner of most of its neighbours,
 * from those that are known inwards; ties go to the lower number; -1 where nobody is around.
 */
export function boundaryChange(
  before: Units,
  after: Units & { readonly neighbors: Neighbors },
  owners: readonly number[],
): BoundaryChange {
  const then = unitIndex(before);
  const now = unitIndex(after);
  const ownUnit = new Set<string>(before.ids);
  const stays = new Set<string>(after.ids);
  const gone = before.ids.filter((id) => !now.has(id));
  const merged = before.ids.flatMap((id) => {
    const into = now.get(id);
    return stays.has(id) || into === undefined ? [] : [{ from: id as string, into: after.ids[into] as string }];
  });
  const carried = carriedOwners(before, after, { then, now, owners });
  const moved = [...then].flatMap(([zip, unit]) => {
    const [from, to] = [owners[unit] ?? -1, carried[now.get(zip) ?? -1]];
    return to === undefined || to === from ? [] : [{ zip, from, to }];
  });
  return {
    owners: carried,
    gone,
    added: after.ids.filter((id) => !ownUnit.has(id)),
    merged,
    territories: gainsAndLosses(before, after, { owners, carried }),
    moved,
  };
}

interface Ground {
  readonly then: ReadonlyMap<string, number>;
  readonly now: ReadonlyMap<string, number>;
  readonly owners: readonly number[];
}

function carriedOwners(
  before: Units,
  after: Units & { readonly neighbors: Neighbors },
  { then, now, owners }: Ground,
): number[] {
  const joining: number[][] = after.ids.map(() => []);
  before.ids.forEach((id, unit) => joining[now.get(id) ?? -1]?.push(owners[unit] ?? -1));
  const open: number[] = [];
  const carried = after.ids.map((id, unit) => {
    const same = then.get(id);
    if (same !== undefined) return owners[same] ?? -1;
    const most = mostOf(joining[unit] ?? []);
    if (most === null) open.push(unit);
    return most ?? -1;
  });
  spread(carried, open, after.neighbors);
  return carried;
}

/** Fills open units from their neighbours, round by round, so that the order of units does not matter. */
function spread(carried: number[], open: readonly number[], neighbors: Neighbors): void {
  let left = new Set(open);
  while (left.size > 0) {
    const found = [...left].flatMap((unit) => {
      const around = (neighbors[unit] ?? []).filter((next) => !left.has(next)).map((next) => carried[next] ?? -1);
      const most = mostOf(around);
      return most === null ? [] : [{ unit, most }];
    });
    if (found.length === 0) return;
    for (const { unit, most } of found) carried[unit] = most;
    left = new Set([...left].filter((unit) => !found.some((one) => one.unit === unit)));
  }
}

/** The most frequent owner; nobody counts only where there is nobody else; null of none. */
function mostOf(owners: readonly number[]): number | null {
  if (owners.length === 0) return null;
  const counts = new Map<number, number>();
  for (const owner of owners) if (owner >= 0) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1;
}

function gainsAndLosses(
  before: Units,
  after: Units,
  { owners, carried }: { owners: readonly number[]; carried: readonly number[] },
) {
  const [had, has] = [
    new Map(before.ids.map((id, i) => [id as string, owners[i] ?? -1])),
    new Map(after.ids.map((id, i) => [id as string, carried[i] ?? -1])),
  ];
  const found = new Map<number, { gained: string[]; lost: string[] }>();
  const entry = (territory: number) => {
    const known = found.get(territory) ?? { gained: [], lost: [] };
    found.set(territory, known);
    return known;
  };
  for (const [id, owner] of has) if (owner >= 0 && had.get(id) !== owner) entry(owner).gained.push(id);
  for (const [id, owner] of had) if (owner >= 0 && has.get(id) !== owner) entry(owner).lost.push(id);
  return [...found].sort(([a], [b]) => a - b).map(([territory, change]) => ({ territory, ...change }));
}

/** The change in one sentence, such as "12 units are gone or merged, 3 are new; 5 ZIPs change their territory." */
export function changeSentence({ gone, added, merged, moved }: BoundaryChange): string {
  const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;
  return [
    `${count(added.length, 'unit is new', 'units are new')}, ${count(merged.length, 'hangs on another now', 'hang on another now')},`,
    `${count(gone.length, 'is gone', 'are gone')};`,
    `${count(moved.length, 'ZIP changes its territory', 'ZIPs change their territory')}.`,
  ].join(' ');
}
