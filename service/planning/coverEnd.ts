import { randomUUID } from 'node:crypto';
import { BailiwickError } from '../core/errors.ts';
import type { TeamId } from '../core/ids.ts';
import { dayStart } from './days.ts';
import type { WatchDeps } from './goLive.ts';
import { ITSELF, type PlanHead } from './lifePorts.ts';
import { coversIn, findCover, updateCover, type Cover } from './lifeStore.ts';
import { addToPlanLog, type PlanEvent } from './logStore.ts';
import { dayWords } from './noticeWords.ts';
import type { Notices } from './notices.ts';

/** What became of a publish or of its reversal. */
export interface PublishOutcome {
  readonly state: 'running' | 'done' | 'partial' | 'failed';
  readonly reason: string | null;
  /** What stayed in Salesforce because somebody had changed it since, a sentence each. */
  readonly stayed: readonly string[];
}

/** What the end of a leave needs of the sync and of plans. */
export interface CoverPorts {
  /** Publishes of this plan that stand, as a whole or by parts, the newest first. Asked at every look. */
  written(alignmentId: string): Promise<readonly string[]>;
  /** Of what part of its plan a publish was, in words; null for the whole. */
  part(publishId: string): Promise<string | null>;
  /** The newest of them that is older than this one; null where none is. */
  earlier(alignmentId: string, publishId: string): Promise<string | null>;
  /** The reversal of this publish that is under way or over; null where none is. */
  takeBackOf(publishId: string): Promise<string | null>;
  /** Takes a publish back: its id, or why it has to be given back by a plan, or that another publish is under way. */
  takeBack(publishId: string): Promise<{ id: string } | 'notNewest' | 'busy'>;
  outcome(publishId: string): Promise<PublishOutcome | null>;
  /**
   * The live plan with what the cover moved given back, as a draft; null where nothing is left to give back. What somebody
   * has moved on meanwhile stays and is told.
   */
  returnDraft(publishId: string, name: string): Promise<{ alignmentId: string; stayed: string[] } | null>; // prettier-ignore
}

/**
 * Leave covers whose rep is back: what the cover wrote is taken back; where others have published since, what it moved is
 * given back by a publish of its own, and what somebody moved on is left alone and told.
 */
export function createCoverEnd(
  { store, ports, now, log }: WatchDeps,
  { covers, notices }: { covers: CoverPorts; notices: Notices },
) {
  async function look(): Promise<void> {
    for (const cover of await coversIn(store.db, ['planned', 'covering'])) await adopt(cover);
    const covering = await coversIn(store.db, ['covering']);
    const zone = covering.length > 0 ? await ports.timeZone() : '';
    for (const cover of covering)
      if (dayStart(cover.backOn, zone) <= now().getTime())
        await updateCover(store.db, cover.id, { state: 'returning' });
    for (const cover of await coversIn(store.db, ['returning']))
      await goOn(cover).catch(async (error: unknown) => {
        log(`end of a leave: ${String(error)}`);
        await failed(cover, (error as Error).message);
      });
  }

  /** A cover that somebody published by hand, instead of on its date, ends by itself all the same; and so does a part of it. */
  async function adopt(cover: Cover): Promise<void> {
    const written = await covers.written(cover.alignmentId);
    const [newest] = written;
    if (newest === undefined || newest === cover.publishId) return;
    const plan = await ports.head(cover.alignmentId);
    const parts = await Promise.all(written.map(covers.part));
    const isWhole = parts.includes(null);
    const reason = isWhole ? null : `Published for ${parts.join(', ')} only: exactly that goes back.`;
    const began = `${cover.territoryName} is covered until ${dayWords(cover.backOn)}.`;
    await store.transaction(async (tx) => {
      await updateCover(tx, cover.id, { state: 'covering', publishId: newest, reason });
      await note(tx, plan, 'coverBegan', [began, reason].filter(Boolean).join(' '));
    });
  }

  /** The next step of a return, from what is written down: a crash between two steps repeats neither. */
  async function goOn(cover: Cover): Promise<void> {
    if (cover.backRunId) return byPlan(cover);
    if (cover.publishId === null) return failed(cover, 'It is not known what was written when the cover began.');
    const backId = cover.backPublishId ?? (await covers.takeBackOf(cover.publishId)) ?? (await begun(cover));
    if (backId === null) return;
    if (cover.backPublishId === null) await updateCover(store.db, cover.id, { backPublishId: backId });
    const outcome = await covers.outcome(backId);
    if (!outcome || outcome.state === 'running') return;
    if (outcome.state === 'failed') return failed(cover, outcome.reason ?? 'Salesforce refused it.');
    await gone(cover, [...cover.stayed, ...outcome.stayed]);
  }

  /** By a take-back, or where that is not possible any more, by a plan. */
  async function begun(cover: Cover): Promise<string | null> {
    const back = await covers.takeBack(cover.publishId!);
    if (back === 'busy') return null;
    if (back !== 'notNewest') return back.id;
    const draft = await covers.returnDraft(cover.publishId!, `Back: ${cover.territoryName}`.slice(0, 80));
    if (draft === null) {
      await gone(cover, cover.stayed);
      return null;
    }
    const stayed = [...cover.stayed, ...draft.stayed];
    const chosen = { backAlignmentId: draft.alignmentId, backRunId: randomUUID(), stayed };
    await updateCover(store.db, cover.id, chosen);
    await byPlan({ ...cover, ...chosen });
    return null;
  }

  async function byPlan(cover: Cover): Promise<void> {
    const runId = cover.backRunId!;
    const alignmentId = cover.backAlignmentId!;
    let run = await ports.runs.outcome(runId);
    if (!run) {
      const changes = await ports.changes(alignmentId);
      const expected = Object.fromEntries(changes.map(({ accountId, to }) => [accountId, to?.id ?? '']));
      const territoryIds = (await ports.touched(alignmentId)).map(({ id }) => id);
      const what = { runId, teamId: cover.teamId as TeamId, alignmentId, expected, byName: cover.byName };
      await ports.runs.goLive({ ...what, territoryIds }).catch((error: unknown) => {
        // another publish of the team is under way: the next look tries again
        if (!(error instanceof BailiwickError && error.code === 'conflict')) throw error;
      });
      run = await ports.runs.outcome(runId);
    }
    if (!run || run.state === 'running' || run.state === 'waiting') return;
    if (run.state === 'skipped') return updateCover(store.db, cover.id, { backRunId: randomUUID() });
    if (run.state === 'failed' || run.state === 'dismissed') return failed(cover, run.reason ?? 'It was not written.');
    await store.transaction(async (tx) => {
      const plan = await ports.locked(tx, alignmentId);
      if (plan.state === 'draft') await ports.drop(tx, plan, { note: 'Its territories are live.', by: ITSELF });
    });
    await gone(cover, cover.stayed);
  }

  /** What was published last is back; a part that was published before it goes back next. */
  async function gone(cover: Cover, stayed: string[]): Promise<void> {
    const publishId = await covers.earlier(cover.alignmentId, cover.publishId!);
    if (publishId === null) return ended(cover, stayed);
    const next = { publishId, stayed, backPublishId: null, backAlignmentId: null, backRunId: null };
    await updateCover(store.db, cover.id, next);
    await goOn({ ...cover, ...next });
  }

  async function ended(cover: Cover, stayed: string[]): Promise<void> {
    await store.transaction(async (tx) => {
      if ((await findCover(tx, cover.id))?.state === 'ended') return;
      const plan = await ports.locked(tx, cover.alignmentId);
      await updateCover(tx, cover.id, { state: 'ended', stayed, reason: null, action: null });
      const left =
        stayed.length === 0
          ? ''
          : ` ${stayed.length} changes that somebody made since stay: ${stayed.slice(0, 20).join(' ')}`;
      await note(tx, plan, 'coverEnded', `${cover.territoryName} is as before the leave.${left}`);
      // what nobody published by then would never come back
      if (plan.state === 'draft' && !plan.isFrozen)
        await ports.drop(tx, plan, { note: 'The leave is over.', by: ITSELF });
    });
  }

  async function failed(cover: Cover, reason: string): Promise<void> {
    const plan = await ports.head(cover.alignmentId);
    const drafts = await notices.ofTrouble(plan, {
      by: { id: cover.byId, name: cover.byName },
      text: `Bailiwick: the leave cover of ${cover.territoryName} did not end`,
      body: `${reason}\nOpen the plan in the territory workbench under Publish and try again.`,
    });
    await store.transaction(async (tx) => {
      await updateCover(tx, cover.id, { state: 'failed', reason, action: 'Look at the reason, then try again.' });
      await note(tx, plan, 'failed', `The leave of ${cover.territoryName} did not end: ${reason}`);
      await notices.insert(tx, plan, drafts);
    });
  }

  async function note(tx: Parameters<typeof updateCover>[0], plan: PlanHead, what: PlanEvent, text: string) {
    const { id: alignmentId, teamId, name: planName, version } = plan;
    const by = { byId: ITSELF.id, byName: ITSELF.name };
    await addToPlanLog(tx, { ...{ at: now(), teamId, alignmentId, planName, version, what, note: text }, ...by });
  }

  return { look };
}
