import type { AccountOverride, Territory } from './alignment.ts';
import type { AccountId, TerritoryId } from './ids.ts';

/** A plan as far as merging reads it. */
export interface MergePlan {
  readonly territories: readonly Territory[];
  /** Territory index of each unit; -1 is nobody. */
  readonly owners: readonly number[];
  readonly overrides: readonly AccountOverride[];
}

/** Territories and states to take from a draft. */
export interface Part {
  readonly territoryIds: readonly string[];
  readonly states: readonly string[];
}

export interface Merged {
  readonly territories: Territory[];
  readonly owners: number[];
  readonly overrides: AccountOverride[];
}

/** Whether something that is here in the live plan and there in the draft lies in the part. */
export function isInPart(
  { territoryIds, states }: Part,
  place: { live: TerritoryId | null; draft: TerritoryId | null; state: string | null },
): boolean {
  return (
    (place.live !== null && territoryIds.includes(place.live)) ||
    (place.draft !== null && territoryIds.includes(place.draft)) ||
    (place.state !== null && states.includes(place.state))
  );
}

const idOf = (plan: MergePlan, index: number | undefined): TerritoryId | null =>
  plan.territories[index ?? -1]?.id ?? null;

/** Where accounts lie in a plan: held by name, else by their unit; null is nowhere. */
export function placesOf(plan: MergePlan): (account: { accountId: AccountId; unit: number }) => TerritoryId | null {
  const held = new Map(plan.overrides.map(({ accountId, territory }) => [accountId, territory]));
  return ({ accountId, unit }) => idOf(plan, held.get(accountId) ?? plan.owners[unit]);
}

/**
 * The live plan with a part of a draft in it: a unit or account comes from the draft where it lies in the part in either
 * plan, all others stay as they are live. A territory keeps its live name and rep unless it is named in the part.
 */
export function mergePart(live: MergePlan, draft: MergePlan, given: { part: Part; states: readonly string[] }): Merged {
  const { part, states } = given;
  const chosen = live.owners.map((owner, unit) => {
    const place = { live: idOf(live, owner), draft: idOf(draft, draft.owners[unit]), state: states[unit] ?? null };
    return isInPart(part, place) ? place.draft : place.live;
  });
  const placeLive = placesOf(live);
  const placeDraft = placesOf(draft);
  const held = new Map([...live.overrides, ...draft.overrides].map((override) => [override.accountId, override]));
  const overrides = [...held.values()].flatMap((override) => {
    const place = {
      live: placeLive(override),
      draft: placeDraft(override),
      state: states[override.unit] ?? null,
    };
    const from = isInPart(part, place) ? draft : live;
    const kept = from.overrides.find(({ accountId }) => accountId === override.accountId);
    return kept ? [{ ...kept, id: idOf(from, kept.territory) }] : [];
  });
  const territories = territoriesOf(live, draft, {
    part,
    used: new Set([...chosen, ...overrides.map(({ id }) => id)]),
  });
  const indexOf = new Map<TerritoryId | null, number>(territories.map(({ id }, k) => [id, k]));
  return {
    territories,
    owners: chosen.map((id) => indexOf.get(id) ?? -1),
    overrides: overrides.map(({ id, ...override }) => ({ ...override, territory: indexOf.get(id) ?? -1 })),
  };
}

/** Live territories, changed ones of the part in their place, and new ones of the draft that something is in. */
function territoriesOf(
  live: MergePlan,
  draft: MergePlan,
  { part, used }: { part: Part; used: ReadonlySet<TerritoryId | null> },
): Territory[] {
  const inDraft = new Map(draft.territories.map((territory) => [territory.id, territory]));
  const inLive = new Set(live.territories.map(({ id }) => id));
  const former = live.territories
    .filter(({ id }) => inDraft.has(id) || used.has(id) || !part.territoryIds.includes(id))
    .map((territory) =>
      part.territoryIds.includes(territory.id) ? (inDraft.get(territory.id) ?? territory) : territory,
    );
  const added = draft.territories.filter(
    ({ id }) => !inLive.has(id) && (used.has(id) || part.territoryIds.includes(id)),
  );
  return [...former, ...added];
}
