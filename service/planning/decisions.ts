import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId, TerritoryId, UserId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import type { PlanningPorts } from './ports.ts';
import type { DecisionBody } from './schemas.ts';
import type { Sights } from './sights.ts';
import * as db from './store.ts';

/** The draft that accepted feedback goes into where nobody picked one. */
const DRAFT_NAME = 'Accepted feedback';

export interface DecisionDeps {
  readonly store: Store;
  readonly ports: PlanningPorts;
  readonly now: () => Date;
  readonly sights: Sights;
  readonly log: (message: string) => void;
}

/** Who decides: a person, or a rule in the name of who set it. */
export type Decider = Pick<RequestUser, 'userId' | 'name'>;

interface Goal {
  readonly to: { readonly id: TerritoryId; readonly name: string };
  readonly draftId: string | null;
}

/**
 * Decisions about feedback. A move needs the managers of both sides: whoever accepts agrees for what is hers, and what is
 * left is asked of the other. Accepted by both it becomes a move in a draft; the decision is written first, and a crash
 * before the move is made good at the next start.
 */
export function createDecisions({ store, ports, now, sights, log }: DecisionDeps) {
  async function decide(user: RequestUser, id: string, body: DecisionBody) {
    const found = await sights.decidable(user, id);
    if (found.state !== 'open') throw decidedBefore();
    if (body.verdict === 'passed') return sights.present(user, await pass(user, found, body));
    if (body.verdict === 'declined') return sights.present(user, await decline(user, found, body.text));
    const to = await goalOf(found, body.toTerritoryId);
    if (!to) return sights.present(user, await close(user, found, { text: body.text, change: {} }));
    const writable = await ports.writable(user, found.teamId as TeamId);
    const goal = { to, draftId: body.draftId };
    const isHers = (side: TerritoryId) => writable === 'all' || writable.has(side);
    return sights.present(user, await agree(user, found, { goal, text: body.text, isHers, user }));
  }

  async function pass(user: Decider, found: db.Feedback, { passTo, text }: DecisionBody): Promise<db.Feedback> {
    const to = passTo === null ? null : (await ports.places(found.teamId as TeamId)).find(({ id }) => id === passTo);
    if (to === undefined || passTo === found.askedId)
      throw new BailiwickError(
        'bad_request',
        'It can be passed on to the managers of another territory of this team only.',
        {
          action: 'Pick whose branch it is, or Sales Ops.',
        },
      );
    const what = { what: 'passed' as const, territoryId: to?.id ?? null, territoryName: to?.name ?? 'Sales Ops' };
    return changed(found, {
      change: { askedId: to?.id ?? null, askedName: to?.name ?? null },
      steps: [{ ...by(user), ...what, note: text }],
    });
  }

  const decline = (user: Decider, found: db.Feedback, text: string) =>
    changed(found, {
      change: { state: 'declined', decision: text, ...decidedBy(user) },
      steps: [{ ...by(user), what: 'declined', note: text }],
    });

  /** Accepted without a move, or with one that is still to be made. */
  const close = (
    user: Decider,
    found: db.Feedback,
    { text, change }: { text: string; change: Partial<db.NewFeedback> },
  ) =>
    changed(found, {
      change: { ...change, state: 'accepted', decision: text, ...decidedBy(user) },
      steps: [{ ...by(user), what: 'accepted', note: text }],
    });

  /** Where it should go: as decided, else as said; null where there is nothing to move. */
  async function goalOf({ accountId, zips, teamId, territoryId, toTerritoryId }: db.Feedback, decided: string | null) {
    const wanted = decided ?? toTerritoryId;
    if (wanted === null) return null;
    if (accountId === null && zips.length === 0)
      throw new BailiwickError(
        'bad_request',
        'This is about a territory as a whole: there is nothing that could move.',
        {
          action: 'Accept it without a place, and change the map by hand.',
        },
      );
    const place = (await ports.places(teamId as TeamId)).find(({ id }) => id === wanted);
    if (place && place.id !== territoryId) return place;
    throw new BailiwickError(
      'bad_request',
      'It cannot go there: it is there already, or the territory is of another team.',
      {
        action: 'Pick another territory of this team.',
      },
    );
  }

  interface Agreement {
    readonly goal: Goal;
    readonly text: string;
    readonly isHers: (side: TerritoryId) => boolean;
    /** Makes the draft where one has to be made. */
    readonly user: RequestUser;
  }

  async function agree(decider: Decider, found: db.Feedback, agreement: Agreement): Promise<db.Feedback> {
    const { goal, text, isHers, user } = agreement;
    const { to } = goal;
    const from = { id: found.territoryId as TerritoryId, name: found.territoryName };
    // who agreed to another place agreed for nothing
    const former = to.id === found.toTerritoryId ? ((await db.stepsOf(store, [found.id])).get(found.id) ?? []) : [];
    const agreed = new Set(former.flatMap(({ what, territoryId }) => (what === 'agreed' ? [territoryId] : [])));
    const left = [from, to].filter(({ id }) => !agreed.has(id));
    const mine = left.filter(({ id }) => isHers(id));
    const other = left.find(({ id }) => !isHers(id));
    const place = { toTerritoryId: to.id, toTerritoryName: to.name };
    const steps = mine.map(({ id, name }) => ({
      ...{ ...by(decider), what: 'agreed' as const, territoryId: id, territoryName: name, note: text },
    }));
    if (other)
      return changed(found, {
        change: { ...place, askedId: other.id, askedName: other.name, draftId: goal.draftId },
        steps,
      });
    const team = found.teamId as TeamId;
    const draftId = goal.draftId ?? found.draftId ?? (await ports.draftNamed(user, team, DRAFT_NAME));
    await changed(found, {
      change: { ...place, draftId, state: 'accepted', decision: text, ...decidedBy(decider) },
      steps: [...steps, { ...by(decider), what: 'accepted' as const, note: text }],
    });
    return move({ ...found, ...place, draftId, decision: text });
  }

  /** Puts an accepted move into its draft; where that cannot be, it is open again, and the reason is told. */
  async function move(row: db.Feedback): Promise<db.Feedback> {
    const steps = (await db.stepsOf(store, [row.id])).get(row.id) ?? [];
    const last = steps.filter(({ what }) => what === 'accepted').at(-1)!;
    const agreed = steps.filter(({ what }) => what === 'agreed').map(({ byId }) => byId as UserId);
    const { teamId, accountId, zips, toTerritoryId, draftId } = row;
    const step = { at: now(), byId: last.byId, byName: last.byName };
    try {
      await ports.move({
        teamId: teamId as TeamId,
        accountId: accountId as AccountId | null,
        zips,
        to: toTerritoryId as TerritoryId,
        draftId: draftId!,
        agreed: [...new Set([last.byId as UserId, ...agreed])],
        byId: last.byId as UserId,
        byName: last.byName,
        reason: reasonOf(row),
      });
    } catch (error) {
      const why = error instanceof BailiwickError ? error.message : 'It failed for a reason of ours.';
      const open = { state: 'open' as const, draftId: null, decision: null, decidedById: null, decidedByName: null };
      await db.endMove(store, row.id, {
        change: { ...open, decidedAt: null },
        step: { ...step, what: 'reopened', note: why },
      });
      throw error;
    }
    const { name = '' } = (await ports.planStates([draftId!])).get(draftId!) ?? {};
    const moved = await db.endMove(store, row.id, {
      change: { isMoved: true },
      step: { ...step, what: 'moved', note: name },
    });
    return moved ?? (await db.findFeedback(store, row.id))!;
  }

  /** Makes good what a crash left between a decision and its move. */
  async function resume(): Promise<void> {
    for (const row of await db.unmoved(store))
      await move(row).catch((error: Error) => log(`Accepted feedback ${row.id} could not be moved: ${error.message}`));
  }

  async function changed(found: db.Feedback, how: Parameters<typeof db.changeOpen>[2]): Promise<db.Feedback> {
    const row = await db.changeOpen(store, found, how);
    if (row) return row;
    throw decidedBefore();
  }

  const by = ({ userId, name }: Decider) => ({ at: now(), byId: userId, byName: name });
  const decidedBy = ({ userId, name }: Decider) => ({ decidedById: userId, decidedByName: name, decidedAt: now() });

  return { decide, agree, route: changed, resume, by };
}

export type Decisions = ReturnType<typeof createDecisions>;

const REASON_WORDS: Readonly<Record<string, string>> = {
  relationship: 'an existing relationship',
  privileges: 'hospital privileges',
  distance: 'distance',
  wrongData: 'wrong data',
  strategic: 'a strategic account',
  other: 'another reason',
};

/** What the reps of both sides read of the change. The words of who asked are for who decides alone. */
function reasonOf({ kind, byName, reason, decision }: db.Feedback): string {
  const who = kind === 'request' ? `Asked for by ${byName}` : `Feedback of ${byName}`;
  return `${who}: ${REASON_WORDS[reason] ?? reason}.${decision ? ` “${decision}”` : ''}`.slice(0, 480);
}

const decidedBefore = () =>
  new BailiwickError('conflict', 'Somebody decided this before you, or it was passed on.', {
    action: 'Load the list again.',
  });
