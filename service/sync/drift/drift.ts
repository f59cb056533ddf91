import { csvRow } from '../../core/csv.ts';
import { BailiwickError } from '../../core/errors.ts';
import type { TeamId } from '../../core/ids.ts';
import { FileAnswer } from '../../http/routes.ts';
import type { RequestUser } from '../../http/identity.ts';
import { unfinishedPublishes } from '../store.ts';
import { act, chosen, sentencesOf } from './act.ts';
import { KINDS, type DriftKind } from './kinds.ts';
import type { DriftLine } from './lines.ts';
import type { DriftDeps } from './ports.ts';
import { readDrift, type Drift } from './read.ts';
import { DRIFT_KINDS, type DriftChoice } from './schemas.ts';

export type DriftView = ReturnType<typeof createDrift>;

/** Lines of a preview that a screen gets; the numbers are whole. */
const MAX_SHOWN = 500;

/** Pages of one reading are turned within this time; what a user may see can change meanwhile. */
const KEPT_MS = 2 * 60_000;
/** Readings of so many users and teams. */
const MAX_KEPT = 20;

interface Page {
  readonly kind?: DriftKind | undefined;
  readonly search?: string;
  readonly offset?: number;
  readonly limit?: number;
}

/** What the CRM has against what the live plan says, and what can be done about it. */
export function createDrift(deps: DriftDeps) {
  const kept = new Map<string, Drift>();

  /** @throws BailiwickError conflict while the CRM is being written: half of it would look like drift */
  async function read(user: RequestUser, teamId: TeamId): Promise<Drift> {
    const drift = await readDrift(deps, user, teamId);
    const running = (await unfinishedPublishes(deps.store)).find((each) => each.teamId === teamId);
    if (!running) return drift;
    throw new BailiwickError('conflict', `A publish by ${running.byName} is still running for this team.`, {
      action: 'Wait until it has finished, then look again.',
    });
  }

  /** Further pages are of the reading that the first one made, so that no line is met twice or never. */
  async function pageOf(user: RequestUser, teamId: TeamId, offset: number): Promise<Drift> {
    const key = `${user.userId} ${teamId}`;
    const known = kept.get(key);
    if (offset > 0 && known && deps.now().getTime() - known.at.getTime() < KEPT_MS) return known;
    const drift = await read(user, teamId);
    kept.delete(key);
    kept.set(key, drift);
    for (const [oldest] of kept) if (kept.size > MAX_KEPT) kept.delete(oldest);
    return drift;
  }

  const byKind = ({ lines }: Drift, kind: DriftKind | undefined): DriftLine[] =>
    DRIFT_KINDS.flatMap((each) =>
      kind === undefined || kind === each ? lines.filter((line) => line.kind === each) : [],
    );

  return {
    async list(user: RequestUser, teamId: TeamId, { kind, search = '', offset = 0, limit = 100 }: Page = {}) {
      const drift = await pageOf(user, teamId, offset);
      const words = search.toLowerCase();
      const found = byKind(drift, kind).filter(({ sentence }) => sentence.toLowerCase().includes(words));
      return {
        teamId,
        alignmentId: drift.alignment.id,
        alignmentName: drift.alignment.name,
        readAt: drift.at.toISOString(),
        counts: DRIFT_KINDS.map((each) => ({
          kind: each,
          n: byKind(drift, each).length,
          title: KINDS[each].title,
          about: KINDS[each].about,
          actions: [...KINDS[each].actions],
        })).filter(({ n }) => n > 0),
        total: found.length,
        items: found.slice(offset, offset + limit).map(shown),
        offset,
      };
    },
    async csv(user: RequestUser, teamId: TeamId, kind?: DriftKind): Promise<FileAnswer> {
      const drift = await read(user, teamId);
      const head = ['Kind', 'Account ID', 'Account', 'ZIP', 'Plan', 'Salesforce', 'What', 'By', 'At'];
      const rows = byKind(drift, kind).map((line) => [
        KINDS[line.kind].title,
        line.accountId,
        line.accountName,
        line.zip,
        line.plan,
        line.crm,
        line.sentence,
        line.byName,
        line.at,
      ]);
      return new FileAnswer(
        `drift-${drift.alignment.name}.csv`,
        'text/csv; charset=utf-8',
        [head, ...rows].map(csvRow).join(''),
      );
    },
    async preview(user: RequestUser, teamId: TeamId, choice: DriftChoice) {
      const picked = chosen(await read(user, teamId), choice);
      return {
        previewHash: picked.hash,
        action: picked.action,
        n: picked.lines.length,
        sentences: sentencesOf(picked),
        leftOut: picked.leftOut.slice(0, MAX_SHOWN),
        items: picked.lines.slice(0, MAX_SHOWN).map(shown),
      };
    },
    /** @throws BailiwickError preview_stale where the CRM or the plan is not as it was shown */
    async act(user: RequestUser, teamId: TeamId, { previewHash, ...choice }: DriftChoice & { previewHash: string }) {
      const drift = await read(user, teamId);
      kept.clear();
      const picked = chosen(drift, choice);
      if (picked.hash !== previewHash)
        throw new BailiwickError('preview_stale', 'Salesforce or the plan has changed since the list was made.', {
          action: 'Look at the new list, then confirm it.',
        });
      return { action: picked.action, ...(await act(deps, user, { drift, choice: picked })) };
    },
  };
}

const shown = ({ record: _, ...line }: DriftLine) => line;
