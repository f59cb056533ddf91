import { lateStages, type FuseInput } from '../../core/fuse.ts';
import type { AccountId, TerritoryId } from '../../core/ids.ts';
import type { RunCounts } from '../../store/tables/autoSync.ts';
import type { OwnRow } from '../ledgerStore.ts';
import type { PlannedPublish } from '../plan.ts';
import type { DesiredAccount } from '../ports.ts';

interface Known {
  /** All accounts of the team, also where only some are to be published. */
  readonly wishes: readonly DesiredAccount[];
  /** Associations that our ledger holds. */
  readonly ours: readonly OwnRow[];
  /** What the last run that was let through counted. */
  readonly last: RunCounts | null;
  readonly stages: readonly string[];
  /** First late stage; null: the last third before Closed. */
  readonly dealStage: string | null;
}

const isPlaced = ({ why, territoryId }: DesiredAccount): boolean => why !== 'unplaced' && territoryId !== null;

/** What a planned run would do, in the words of the fuse. */
export function fuseInput(plan: PlannedPublish, known: Known): FuseInput {
  const moves = movesOf(plan, known);
  const accounts = known.wishes.length;
  return {
    accounts,
    moves,
    handed: [
      ...plan.owners.map(({ account }) => account.id),
      ...plan.stamps.filter(({ from }) => from !== null && from !== '').map(({ accountId }) => accountId),
    ],
    ...vanishedOf(known),
    sizes: sizesOf(known.wishes, moves),
    names: new Map(plan.alignment.territories.map(({ id, name }) => [id, name])),
    lateDeals: plan.deals
      .filter(({ action, deal }) => action === 'move' && isLate(deal.stage, known))
      .map(({ deal: { name, stage } }) => ({ name, stage })),
  };
}

/** A stage that the org no longer offers may be late: it counts as such. */
function isLate(stage: string, { stages, dealStage }: Known): boolean {
  const first = dealStage === null ? stages.indexOf(lateStages(stages)[0] ?? '') : stages.indexOf(dealStage);
  return first < 0 || !stages.slice(0, first).includes(stage);
}

function movesOf({ changes }: PlannedPublish, { ours }: Known): FuseInput['moves'] {
  // an account that stands in somebody else's row, or whose row of ours somebody took away, had a place
  const former = new Map<string, string>(ours.map(({ accountId, territoryId }) => [accountId, territoryId]));
  for (const { row } of changes.kept) former.set(row.accountId, row.territoryId);
  const added = new Set(changes.add.map(({ accountId }) => accountId));
  return [
    ...changes.add.map(({ accountId, territoryId, fromTerritoryId }) => ({
      accountId,
      from: fromTerritoryId ?? ((former.get(accountId) ?? null) as TerritoryId | null),
      to: territoryId,
    })),
    ...changes.remove
      .filter(({ accountId }) => !added.has(accountId))
      .map(({ accountId, territoryId }) => ({ accountId, from: territoryId, to: null })),
  ];
}

/** Accounts of each territory before the moves. */
function sizesOf(wishes: readonly DesiredAccount[], moves: FuseInput['moves']): Map<TerritoryId, number> {
  const sizes = new Map<TerritoryId, number>();
  const add = (id: TerritoryId | null, n: number) => {
    if (id !== null) sizes.set(id, (sizes.get(id) ?? 0) + n);
  };
  for (const wish of wishes) if (isPlaced(wish)) add(wish.territoryId, 1);
  for (const { from, to } of moves) {
    add(to, -1);
    add(from, 1);
  }
  return sizes;
}

/** By our own rows in the CRM or by the count of the last run, whichever tells the greater loss. */
function vanishedOf({ wishes, ours, last }: Known): { placed: number; vanished: number } {
  const placed = new Set<AccountId>(wishes.filter(isPlaced).map(({ accountId }) => accountId));
  const held = new Set(ours.map(({ accountId }) => accountId as AccountId));
  const byRows = { placed: held.size, vanished: [...held].filter((accountId) => !placed.has(accountId)).length };
  const before = last?.placed ?? 0;
  const byCount = { placed: before, vanished: Math.max(0, before - placed.size) };
  const share = (each: typeof byRows): number => each.vanished / Math.max(1, each.placed);
  return share(byCount) > share(byRows) ? byCount : byRows;
}

export function countsOf(plan: PlannedPublish, wishes: readonly DesiredAccount[], moved: number): RunCounts {
  const { changes, owners, deals, conflicts } = plan;
  return {
    accounts: wishes.length,
    moved,
    placed: wishes.filter(isPlaced).length,
    add: changes.add.length,
    remove: changes.remove.length,
    owners: owners.length,
    deals: deals.filter(({ action }) => action === 'move').length,
    conflicts: conflicts.length,
  };
}

/** Whether a publish of this plan would write anything. */
export function isEmpty({ changes, owners, deals, people, stamps, structure }: PlannedPublish): boolean {
  const { add, remove } = changes;
  const counts = [add, remove, owners, stamps, people.add, people.remove, structure.create, structure.rename];
  const rest = [structure.addMembers, structure.removeMembers, deals.filter(({ action }) => action === 'move')];
  return [...counts, ...rest].every((list) => list.length === 0);
}

/**
 * What a run would do beside what somebody has looked at: an account that goes where it was said to go counts nowhere, also
 * not where only its owner changes with it.
 */
export function unexpected(input: FuseInput, expected: Readonly<Record<string, string>>): FuseInput {
  const isOther = ({ accountId, to }: FuseInput['moves'][number]): boolean => expected[accountId] !== (to ?? '');
  const moves = input.moves.filter(isOther);
  const others = new Set(moves.map(({ accountId }) => accountId));
  return {
    ...input,
    moves,
    handed: input.handed.filter((accountId) => others.has(accountId) || !Object.hasOwn(expected, accountId)),
  };
}
