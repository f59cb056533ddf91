import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Store } from '../store/store.ts';
import { insightAlerts, insightPictures, type PicturePoint } from '../store/tables/insights.ts';

export type { PicturePoint };
export type Picture = typeof insightPictures.$inferSelect;
export type PictureHead = Omit<Picture, 'state'>;
export type SavedAlert = typeof insightAlerts.$inferSelect;

/** Everything but the state, which is long. */
const HEAD = {
  id: insightPictures.id,
  teamId: insightPictures.teamId,
  alignmentId: insightPictures.alignmentId,
  planName: insightPictures.planName,
  at: insightPictures.at,
  contentHash: insightPictures.contentHash,
  points: insightPictures.points,
};

/** Pictures of a team's plan without their states, oldest first. */
export async function listPictures(store: Store, teamId: string, alignmentId: string): Promise<PictureHead[]> {
  return store.db
    .select(HEAD)
    .from(insightPictures)
    .where(and(eq(insightPictures.teamId, teamId), eq(insightPictures.alignmentId, alignmentId)))
    .orderBy(asc(insightPictures.at));
}

export async function pictureState(store: Store, id: string): Promise<string | null> {
  const [row] = await store.db
    .select({ state: insightPictures.state })
    .from(insightPictures)
    .where(eq(insightPictures.id, id));
  return row?.state ?? null;
}

/** States that are kept: the first, against which a plan is judged, and the last ones. */
const KEPT_STATES = 2;

/** Adds a picture, and lets go of the states between the first and the last ones; their points stay. */
export async function addPicture(store: Store, picture: typeof insightPictures.$inferInsert): Promise<PictureHead> {
  const [row] = await store.db.insert(insightPictures).values(picture).returning(HEAD);
  const of = and(eq(insightPictures.teamId, picture.teamId), eq(insightPictures.alignmentId, picture.alignmentId));
  const all = await store.db
    .select({ id: insightPictures.id })
    .from(insightPictures)
    .where(of)
    .orderBy(desc(insightPictures.at));
  const between = all.slice(KEPT_STATES, -1).map(({ id }) => id);
  if (between.length > 0)
    await store.db.update(insightPictures).set({ state: null }).where(inArray(insightPictures.id, between));
  return row!;
}

export async function findAlert(store: Store, teamId: string): Promise<SavedAlert | null> {
  const [row] = await store.db.select().from(insightAlerts).where(eq(insightAlerts.teamId, teamId));
  return row ?? null;
}

export async function saveAlert(
  store: Store,
  alert: { teamId: string; rules: unknown; byName: string; savedAt: Date },
): Promise<void> {
  const { rules, byName, savedAt } = alert;
  await store.db
    .insert(insightAlerts)
    .values(alert)
    .onConflictDoUpdate({ target: insightAlerts.teamId, set: { rules, byName, savedAt } });
}

export async function alertTold(store: Store, teamId: string, toldAt: Date): Promise<void> {
  await store.db.update(insightAlerts).set({ toldAt }).where(eq(insightAlerts.teamId, teamId));
}
