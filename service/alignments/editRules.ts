import type { AccountOverride, Move } from '../core/alignment.ts';
import { BailiwickError } from '../core/errors.ts';
import type { TerritoryId } from '../core/ids.ts';
import type { Edit, StoredAlignment } from './store.ts';

/** An account starts (to), changes or ends (null) being held against geography. */
export interface OverrideChange extends Omit<AccountOverride, 'territory'> {
  readonly from: number | null;
  readonly to: number | null;
}

/** Index of a territory in the plan; null is nobody. @throws BailiwickError bad_request for a territory of another plan */
export function indexOf(alignment: StoredAlignment, territory: string | null): number {
  if (territory === null) return -1;
  const index = alignment.territories.findIndex(({ id }) => id === territory);
  if (index >= 0) return index;
  throw new BailiwickError('bad_request', `Territory ${territory} is not part of "${alignment.name}".`, {
    action: 'Pick a territory of this plan.',
  });
}

export function withOverrides(
  overrides: readonly AccountOverride[],
  changes: readonly OverrideChange[],
): AccountOverride[] {
  const changed = new Set(changes.map(({ accountId }) => accountId));
  const kept = overrides.filter(({ accountId }) => !changed.has(accountId));
  const added = changes.flatMap(({ from: _, to, ...override }) =>
    to === null ? [] : [{ ...override, territory: to }],
  );
  return [...kept, ...added];
}

export function requireDisjoint(
  since: readonly Edit[],
  change: { version: number; moves: readonly Move[]; overrides: readonly OverrideChange[] },
  now: number,
): void {
  const units = new Set(since.flatMap(({ moves }) => moves.map(({ unit }) => unit)));
  const accounts = new Set(since.flatMap(({ overrides }) => overrides.map(({ accountId }) => accountId)));
  // a version without a recorded edit changed the boundaries, or locks before those were recorded
  const unknown = since.length < now - change.version;
  if (
    unknown ||
    change.moves.some(({ unit }) => units.has(unit)) ||
    change.overrides.some(({ accountId }) => accounts.has(accountId))
  ) {
    throw stale(now, change.version);
  }
}

/** Approved and scheduled plans stay exactly as they were looked at. */
export const isHeld = ({ state, stage }: Pick<StoredAlignment, 'state' | 'stage'>): boolean =>
  state === 'draft' && (stage === 'approved' || stage === 'scheduled');

/** What the CRM holds is changed by publishing, never in place; what is approved is not changed at all. */
export function requireDraft({ name, state, stage, isFrozen }: StoredAlignment): void {
  if (isFrozen)
    throw new BailiwickError('conflict', `"${name}" is being written to the CRM at this moment.`, {
      action: 'Wait until that has finished, or start another draft.',
    });
  if (isHeld({ state, stage }))
    throw new BailiwickError('conflict', `"${name}" is ${stage}: nobody changes it as long as it is.`, {
      action: 'Take the approval back first, or start another draft from it.',
    });
  if (state === 'draft') return;
  throw new BailiwickError('conflict', `"${name}" is ${state}; only a draft can be changed.`, {
    action: 'Start a draft from it, change that, and publish it.',
  });
}

/** What is in one list and not in the other. */
export function changed(before: readonly number[], after: readonly number[]): number[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [...before.filter((value) => !is.has(value)), ...after.filter((value) => !was.has(value))];
}

/**
 * What is locked stays until somebody unlocks it, whoever edits and on whatever version.
 * @throws BailiwickError conflict with the ZIPs and territories that are locked
 */
export function requireUnlocked(
  { name, territories, lockedUnits, lockedTerritories }: StoredAlignment,
  { moves, overrides }: { moves: readonly Move[]; overrides: readonly OverrideChange[] },
  zips: readonly string[],
): void {
  const [fixed, closed] = [new Set(lockedUnits), new Set(lockedTerritories)];
  const units = moves.filter(({ unit }) => fixed.has(unit)).map(({ unit }) => zips[unit]!);
  const named = [...moves, ...overrides].flatMap(({ from, to }) => [from ?? -1, to ?? -1]);
  const shut = [...new Set(named.filter((index) => closed.has(index)))].map((index) => territories[index]!);
  if (units.length === 0 && shut.length === 0) return;
  const what = [
    ...(shut.length > 0 ? [shut.map((territory) => territory.name).join(', ')] : []),
    ...(units.length > 0
      ? [`ZIP ${units.slice(0, 5).join(', ')}${units.length > 5 ? ` and ${units.length - 5} more` : ''}`]
      : []),
  ];
  throw new BailiwickError('conflict', `Locked in "${name}": ${what.join('; ')}.`, {
    action: 'Unlock it in the Design step, or leave it out of the change.',
    details: { locked: { units, territories: shut.map(({ id }) => id) } },
  });
}

export function requireScope(
  alignment: StoredAlignment,
  writable: 'all' | ReadonlySet<TerritoryId>,
  moves: readonly { from: number; to: number }[],
): void {
  if (writable === 'all') return;
  const allowed = (index: number) => index < 0 || writable.has(alignment.territories[index]!.id);
  if (writable.size > 0 && moves.every(({ from, to }) => allowed(from) && allowed(to))) return;
  throw outOfScope(alignment.name);
}

export function outOfScope(name: string): BailiwickError {
  return new BailiwickError('forbidden', `Part of this change to "${name}" lies outside your branch.`, {
    action: 'Keep to your own territories, or ask the manager of the other branch.',
  });
}

export const missing = () =>
  new BailiwickError('not_found', 'There is no such plan.', { action: 'Reload the list of plans.' });

export const stale = (now: number, then: number) =>
  new BailiwickError(
    'alignment_stale',
    `The plan is at version ${now}; the edit was made on version ${then} and touches what changed since.`,
    {
      action: 'Reload the plan; your unsaved moves are kept and can be applied again.',
      details: { version: now },
    },
  );
