import type { ExistingRow, Wish } from './changeSet.ts';
import type { AccountId, RecordId, TerritoryId, UserId } from './ids.ts';

/** How an account's places in the CRM differ from what the plan says. */
export type AccountDriftKind =
  /** In another territory, by nobody's rule and not as the plan has it. */
  | 'moved'
  /** A row of ours that somebody took away. */
  | 'removed'
  /** A row of an assignment rule beside the plan. */
  | 'ruleRow'
  /** Somebody's row beside the plan, while the account also is where the plan wants it. */
  | 'foreignRow'
  /** In no territory of the team, though the plan places it; it never had a row of ours. */
  | 'missing'
  /** Owned by somebody else than the rep of its territory. */
  | 'owner'
  | 'noZip'
  | 'unknownZip';

export interface AccountDrift {
  readonly kind: AccountDriftKind;
  readonly accountId: AccountId;
  /** Where the plan wants it. */
  readonly planned: TerritoryId | null;
  /** Where the CRM has it, where the kind is about a place. */
  readonly found: TerritoryId | null;
  /** The row that the kind is about. */
  readonly rowId: RecordId | null;
}

export interface DriftInput {
  readonly wishes: readonly (Wish & { readonly zip: string | null })[];
  readonly rows: readonly ExistingRow[];
  /** Rows that our ledger holds: record → account and territory. */
  readonly ours: ReadonlyMap<RecordId, { accountId: AccountId; territoryId: TerritoryId }>;
  /** Who owns an account, and who is the rep of a territory; empty where owners are nobody's business here. */
  readonly owners: ReadonlyMap<AccountId, UserId>;
  readonly reps: ReadonlyMap<TerritoryId, UserId>;
}

/**
 * Everything in which the CRM differs from the plan, at most one line for each row and one for the owner. An account
 * without a ZIP or with one on no map is told as such and never as moved: nothing is known against its place.
 */
export function accountDrift(input: DriftInput): AccountDrift[] {
  const rowsOf = Map.groupBy(input.rows, ({ accountId }) => accountId);
  const there = new Set(input.rows.map(({ id }) => id));
  const goneOf = Map.groupBy(
    [...input.ours].filter(([id]) => !there.has(id)),
    ([, { accountId }]) => accountId,
  );
  return input.wishes.flatMap((wish) => {
    if (wish.why === 'unplaced') return [placeless(wish)];
    const rows = rowsOf.get(wish.accountId) ?? [];
    const gone = goneOf.get(wish.accountId) ?? [];
    return [...placeDrift(wish, { rows, gone }), ...ownerDrift(wish, input)];
  });
}

function placeless({ accountId, zip }: DriftInput['wishes'][number]): AccountDrift {
  return { kind: zip === null ? 'noZip' : 'unknownZip', accountId, planned: null, found: null, rowId: null };
}

interface Places {
  readonly rows: readonly ExistingRow[];
  readonly gone: readonly (readonly [RecordId, { territoryId: TerritoryId }])[];
}

function placeDrift({ accountId, territoryId: planned }: Wish, { rows, gone }: Places): AccountDrift[] {
  const isThere = planned !== null && rows.some(({ territoryId }) => territoryId === planned);
  const beside = rows.filter(({ territoryId }) => territoryId !== planned);
  const line = (kind: AccountDriftKind, row: { id: RecordId; territoryId: TerritoryId } | null): AccountDrift => ({
    kind,
    accountId,
    planned,
    found: row?.territoryId ?? null,
    rowId: row?.id ?? null,
  });
  const found = beside.map((row) => line(row.cause === 'rule' ? 'ruleRow' : isThere ? 'foreignRow' : 'moved', row));
  if (isThere || planned === null || found.some(({ kind }) => kind === 'moved')) return found;
  const taken = gone.find(([, { territoryId }]) => territoryId === planned);
  // "found" of a removed row is where it was
  return [...found, taken ? { ...line('removed', null), rowId: taken[0] } : line('missing', null)];
}

function ownerDrift({ accountId, territoryId: planned }: Wish, { owners, reps }: DriftInput): AccountDrift[] {
  const owner = owners.get(accountId);
  const rep = planned === null ? undefined : reps.get(planned);
  if (owner === undefined || rep === undefined || owner === rep) return [];
  return [{ kind: 'owner', accountId, planned, found: null, rowId: null }];
}

/** A territory as the plan and as the CRM have it. */
export interface NamedTerritory {
  readonly id: TerritoryId;
  readonly name: string;
}
export interface Seat {
  readonly territoryId: TerritoryId;
  readonly userId: UserId;
  readonly userName: string;
  readonly isActive: boolean;
}

export interface TerritoryDrift {
  readonly kind: 'territoryRenamed' | 'territoryDeleted' | 'territoryAdded' | 'member' | 'inactiveMember';
  readonly territoryId: TerritoryId;
  readonly userId: UserId | null;
  readonly plan: string | null;
  readonly crm: string | null;
}

/** Territories renamed, deleted or added in the CRM since the plan was made. Planned ones (not in the CRM yet) are left out. */
export function territoryDrift(plan: readonly NamedTerritory[], crm: readonly NamedTerritory[]): TerritoryDrift[] {
  const inCrm = new Map(crm.map((each) => [each.id, each.name]));
  const inPlan = new Set(plan.map(({ id }) => id));
  const line = { userId: null };
  return [
    ...plan.flatMap(({ id, name }): TerritoryDrift[] => {
      const now = inCrm.get(id);
      if (now === name) return [];
      const kind = now === undefined ? 'territoryDeleted' : 'territoryRenamed';
      return [{ ...line, kind, territoryId: id, plan: name, crm: now ?? null }];
    }),
    ...crm
      .filter(({ id }) => !inPlan.has(id))
      .map(({ id, name }): TerritoryDrift => ({
        ...line,
        kind: 'territoryAdded',
        territoryId: id,
        plan: null,
        crm: name,
      })),
  ];
}

/** Reps whom the plan names and who are no members, members whom it does not name, and members who have left. */
export function memberDrift(
  plan: readonly { id: TerritoryId; repId: UserId | null; repName: string | null }[],
  seats: readonly Seat[],
): TerritoryDrift[] {
  const of = Map.groupBy(seats, ({ territoryId }) => territoryId);
  return plan.flatMap(({ id, repId, repName }) => {
    const sitting = of.get(id) ?? [];
    const plans = repId === null ? null : (repName ?? repId);
    const left = sitting.filter(({ isActive }) => !isActive);
    const isMissing = repId !== null && !sitting.some(({ userId }) => userId === repId);
    const others = sitting.filter(({ userId, isActive }) => isActive && userId !== repId);
    const missing: TerritoryDrift[] = isMissing
      ? [{ kind: 'member', territoryId: id, userId: repId, plan: plans, crm: null }]
      : [];
    const line =
      (kind: 'member' | 'inactiveMember') =>
      (seat: Seat): TerritoryDrift => ({
        kind,
        territoryId: id,
        userId: seat.userId,
        plan: plans,
        crm: seat.userName,
      });
    return [...missing, ...others.map(line('member')), ...left.map(line('inactiveMember'))];
  });
}
