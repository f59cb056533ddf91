import { and, asc, desc, eq, gt, inArray, ne, sql } from 'drizzle-orm';
import type { AccountOverride, Territory } from '../core/alignment.ts';
import type { TeamId } from '../core/ids.ts';
import type { PlanParameters } from '../core/planParameters.ts';
import { reasonOf } from '../core/reasonNote.ts';
import type { Db, Store } from '../store/store.ts';
import { alignmentEdits, alignments, proposals, type PlanStage } from '../store/tables/alignments.ts';

export type AlignmentState = 'draft' | 'live' | 'archived';
export type { PlanStage };

/** One plan as it is stored. */
export interface StoredAlignment {
  readonly id: string;
  readonly teamId: TeamId;
  readonly name: string;
  readonly state: AlignmentState;
  readonly stage: PlanStage;
  readonly version: number;
  readonly geographyKey: string;
  readonly territories: Territory[];
  readonly owners: number[];
  readonly overrides: AccountOverride[];
  readonly lockedUnits: number[];
  readonly lockedTerritories: number[];
  /** What its hours are made of; null stands for the defaults of its team. */
  readonly parameters: PlanParameters | null;
  /** While it is being written to the CRM. */
  readonly isFrozen: boolean;
  readonly basedOn: string | null;
  readonly createdBy: string;
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewAlignment = Omit<typeof alignments.$inferInsert, 'id'>;
export type Edit = typeof alignmentEdits.$inferSelect;
export type NewEdit = Omit<typeof alignmentEdits.$inferInsert, 'id'>;
export type Proposal = typeof proposals.$inferSelect;

const present = (row: typeof alignments.$inferSelect): StoredAlignment => ({ ...row, teamId: row.teamId as TeamId });

export async function listAlignments(store: Store, teamIds: readonly string[]): Promise<StoredAlignment[]> {
  if (teamIds.length === 0) return [];
  const rows = await store.db
    .select()
    .from(alignments)
    .where(inArray(alignments.teamId, [...teamIds]))
    .orderBy(sql`state = 'live' desc`, desc(alignments.updatedAt));
  return rows.map(present);
}

export async function findAlignment(db: Db, id: string): Promise<StoredAlignment | null> {
  const [row] = await db.select().from(alignments).where(eq(alignments.id, id));
  return row ? present(row) : null;
}

export async function findLive(db: Db, teamId: string): Promise<StoredAlignment | null> {
  const [row] = await db
    .select()
    .from(alignments)
    .where(and(eq(alignments.teamId, teamId), eq(alignments.state, 'live')));
  return row ? present(row) : null;
}

/** Only what the hours of a team's live plan are made of: pages ask for it often, and a plan is long. */
export async function liveParameters(db: Db, teamId: string): Promise<PlanParameters | null> {
  const [row] = await db
    .select({ parameters: alignments.parameters })
    .from(alignments)
    .where(and(eq(alignments.teamId, teamId), eq(alignments.state, 'live')));
  return row?.parameters ?? null;
}

/** Plans of all teams that were made on another geography than this one, oldest first. */
export async function alignmentsBeyond(db: Db, geographyKey: string): Promise<{ id: string }[]> {
  return db
    .select({ id: alignments.id })
    .from(alignments)
    .where(ne(alignments.geographyKey, geographyKey))
    .orderBy(asc(alignments.createdAt));
}

export async function insertAlignment(db: Db, alignment: NewAlignment): Promise<StoredAlignment> {
  const [row] = await db.insert(alignments).values(alignment).returning();
  return present(row!);
}

/** The row under a lock until the transaction ends, so that two edits follow each other. */
export async function lockAlignment(tx: Db, id: string): Promise<StoredAlignment | null> {
  const [row] = await tx.select().from(alignments).where(eq(alignments.id, id)).for('update');
  return row ? present(row) : null;
}

export async function updateAlignment(
  tx: Db,
  id: string,
  change: Partial<
    Pick<
      NewAlignment,
      | 'owners'
      | 'overrides'
      | 'version'
      | 'updatedAt'
      | 'lockedUnits'
      | 'lockedTerritories'
      | 'state'
      | 'stage'
      | 'territories'
      | 'geographyKey'
      | 'isFrozen'
      | 'parameters'
    >
  >,
): Promise<void> {
  await tx.update(alignments).set(change).where(eq(alignments.id, id));
}

export async function insertEdit(tx: Db, edit: NewEdit): Promise<void> {
  await tx.insert(alignmentEdits).values(edit);
}

export async function editsSince(db: Db, alignmentId: string, version: number): Promise<Edit[]> {
  return db
    .select()
    .from(alignmentEdits)
    .where(and(eq(alignmentEdits.alignmentId, alignmentId), gt(alignmentEdits.version, version)))
    .orderBy(asc(alignmentEdits.version));
}

export async function lastEditor(db: Db, alignmentId: string): Promise<string | null> {
  const [row] = await db
    .select({ byId: alignmentEdits.byId })
    .from(alignmentEdits)
    .where(eq(alignmentEdits.alignmentId, alignmentId))
    .orderBy(desc(alignmentEdits.version))
    .limit(1);
  return row?.byId ?? null;
}

export async function insertProposal(
  store: Store,
  proposal: Omit<typeof proposals.$inferInsert, 'id'>,
): Promise<Proposal> {
  const [row] = await store.db.insert(proposals).values(proposal).returning();
  return row!;
}

export async function findProposal(store: Store, id: string): Promise<Proposal | null> {
  const [row] = await store.db.select().from(proposals).where(eq(proposals.id, id));
  return row ?? null;
}

export async function updateProposal(
  store: Store,
  id: string,
  change: Partial<Pick<Proposal, 'state' | 'error' | 'result'>>,
): Promise<void> {
  await store.db.update(proposals).set(change).where(eq(proposals.id, id));
}

/** Computed plans of an alignment that are done, oldest first. */
export async function doneProposals(db: Db, alignmentId: string): Promise<Proposal[]> {
  return db
    .select()
    .from(proposals)
    .where(and(eq(proposals.alignmentId, alignmentId), eq(proposals.state, 'done')))
    .orderBy(asc(proposals.createdAt));
}

/**
 * What is stored of the first computation of a team that led to exactly these owners; null where none did. The first one, so
 * that a plan says the same whenever it is asked.
 */
export async function computedWith(db: Db, teamId: string, owners: readonly number[]): Promise<unknown> {
  const [row] = await db
    .select({ result: proposals.result })
    .from(proposals)
    .innerJoin(alignments, eq(alignments.id, proposals.alignmentId))
    .where(
      and(
        eq(alignments.teamId, teamId),
        eq(proposals.state, 'done'),
        sql`${proposals.result}->'owners' = ${JSON.stringify(owners)}::jsonb`,
        sql`jsonb_typeof(${proposals.result}->'computed') = 'object'`,
      ),
    )
    .orderBy(asc(proposals.createdAt), asc(proposals.id))
    .limit(1);
  return row?.result ?? null;
}

/** Proposals that a former process left unfinished. */
export async function unfinishedProposals(store: Store): Promise<Proposal[]> {
  return store.db
    .select()
    .from(proposals)
    .where(inArray(proposals.state, ['queued', 'running']));
}

/** Edits that held an account against geography or released it, newest first; drafts are nobody's history. */
export async function accountEdits(
  store: Store,
  accountId: string,
): Promise<{ at: string; byName: string; text: string }[]> {
  const rows = await store.db
    .select({ edit: alignmentEdits, territories: alignments.territories })
    .from(alignmentEdits)
    .innerJoin(alignments, eq(alignments.id, alignmentEdits.alignmentId))
    .where(
      and(
        sql`${alignmentEdits.overrides} @> ${JSON.stringify([{ accountId }])}::jsonb`,
        inArray(alignments.state, ['live', 'archived']),
      ),
    )
    .orderBy(desc(alignmentEdits.at))
    .limit(50);
  return rows.map(({ edit, territories }) => {
    const change = edit.overrides.find((each) => each.accountId === accountId);
    const name = territories[change?.to ?? -1]?.name;
    // of the note only what was meant for reps: the rest may name accounts which the reader may not see
    const reason = reasonOf(edit.note);
    const what = name ? `Assigned by name to ${name}.` : 'Follows its address again.';
    const text = reason === null ? what : `${what} Reason: ${reason}`;
    return { at: edit.at.toISOString(), byName: edit.byName, text };
  });
}
