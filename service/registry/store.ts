import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Db, Store } from '../store/store.ts';
import { matchDecisions, registryCorrections } from '../store/tables/registry.ts';

export type Decision = typeof matchDecisions.$inferSelect;
export type StoredCorrection = typeof registryCorrections.$inferSelect;

/** Decisions in force. */
export function listDecisions(store: Store): Promise<Decision[]> {
  return store.db.select().from(matchDecisions).where(isNull(matchDecisions.endedAt)).orderBy(matchDecisions.at);
}

/** Everything that was ever decided about an account, newest first. */
export function decisionsOf(store: Store, accountId: string): Promise<Decision[]> {
  return store.db
    .select()
    .from(matchDecisions)
    .where(eq(matchDecisions.accountId, accountId))
    .orderBy(desc(matchDecisions.at));
}

export type NewDecision = Omit<typeof matchDecisions.$inferInsert, 'id' | 'endedAt' | 'endedByName'>;

/** Writes a decision; the ones that it contradicts end with it: another record of the account, or the same pair. */
export function insertDecision(store: Store, decision: NewDecision): Promise<Decision> {
  return store.transaction(async (tx) => {
    const isAccepted = decision.verdict === 'accepted';
    if (isAccepted) await endDecisions(tx, decision, { verdict: 'accepted' });
    await endDecisions(tx, decision, { registryKey: decision.registryKey });
    const [row] = await tx.insert(matchDecisions).values(decision).returning();
    return row!;
  });
}

/** Takes back everything that is in force for an account. */
export async function endAllDecisions(
  store: Store,
  ended: { accountId: string; at: Date; byName: string },
): Promise<void> {
  await store.transaction((tx) => endDecisions(tx, ended, {}));
}

async function endDecisions(
  tx: Db,
  { accountId, at, byName }: { accountId: string; at: Date; byName: string },
  only: { verdict?: 'accepted'; registryKey?: string },
): Promise<void> {
  await tx
    .update(matchDecisions)
    .set({ endedAt: at, endedByName: byName })
    .where(
      and(
        eq(matchDecisions.accountId, accountId),
        isNull(matchDecisions.endedAt),
        only.verdict === undefined ? undefined : eq(matchDecisions.verdict, only.verdict),
        only.registryKey === undefined ? undefined : eq(matchDecisions.registryKey, only.registryKey),
      ),
    );
}

/** All corrections, ended ones too, newest first. */
export function listCorrections(store: Store): Promise<StoredCorrection[]> {
  return store.db.select().from(registryCorrections).orderBy(desc(registryCorrections.at), registryCorrections.id);
}

export type NewCorrection = Pick<
  StoredCorrection,
  'registryKey' | 'kind' | 'factor' | 'reason' | 'byId' | 'byName' | 'at'
>;

/** Writes a correction; the one of the same kind that was in force ends with it. */
export function insertCorrection(store: Store, correction: NewCorrection): Promise<StoredCorrection> {
  return store.transaction(async (tx) => {
    await tx
      .update(registryCorrections)
      .set({
        endedAt: correction.at,
        endedById: correction.byId,
        endedByName: correction.byName,
        endedReason: 'replaced by a newer correction',
      })
      .where(
        and(
          eq(registryCorrections.registryKey, correction.registryKey),
          eq(registryCorrections.kind, correction.kind),
          isNull(registryCorrections.endedAt),
        ),
      );
    const [row] = await tx.insert(registryCorrections).values(correction).returning();
    return row!;
  });
}

/** Null where there is none in force with this id. */
export async function endCorrection(
  store: Store,
  id: string,
  ended: { at: Date; byId: string; byName: string; reason: string | null },
): Promise<StoredCorrection | null> {
  const [row] = await store.db
    .update(registryCorrections)
    .set({ endedAt: ended.at, endedById: ended.byId, endedByName: ended.byName, endedReason: ended.reason })
    .where(and(eq(registryCorrections.id, id), isNull(registryCorrections.endedAt)))
    .returning();
  return row ?? null;
}
