import { nextTime } from '../../core/cron.ts';
import type { TeamId } from '../../core/ids.ts';
import { isQuiet } from '../../core/wallClock.ts';
import { unfinishedPublishes } from '../store.ts';
import { changesSince } from './changes.ts';
import type { AutoDeps } from './ports.ts';
import { MAX_LIMITED, type Due, type Runs } from './runs.ts';
import { settingsFields, type AutoSettings } from './schemas.ts';
import type { Settings } from './settings.ts';
import {
  allSettings,
  findCursor,
  runsInState,
  stateOf,
  updateState,
  type SyncState,
  type SyncTrigger,
} from './store.ts';

/** A run that comes later than this after its time was missed: the service was down or the team paused. */
const LATE_MS = 10 * 60_000;

interface Pending {
  readonly trigger: SyncTrigger;
  readonly accountIds: readonly string[] | null;
}

/** What is due; two reasons at once are one run, and all accounts outweigh some. */
export function merged(before: Pending | null, next: Pending): Pending {
  if (!before) return next;
  if (before.accountIds === null) return before;
  if (next.accountIds === null) return next;
  const accountIds = [...new Set([...before.accountIds, ...next.accountIds])];
  return { trigger: next.trigger, accountIds: accountIds.length > MAX_LIMITED ? null : accountIds };
}

/** Looks at the clock and at the CRM, and begins what is due. One look at a time; nothing is decided by memory alone. */
export function createScheduler(deps: AutoDeps, { settings, runs }: { settings: Settings; runs: Runs }) {
  const { store, ports, now } = deps;

  async function pend(teamId: TeamId, next: Pending, change: Partial<SyncState> = {}): Promise<void> {
    const state = await stateOf(store, teamId, now());
    const before = state.pendingTrigger && { trigger: state.pendingTrigger, accountIds: state.pendingAccounts ?? null };
    const { trigger, accountIds } = merged(before, next);
    const pending = { pendingTrigger: trigger, pendingAccounts: accountIds === null ? null : [...accountIds] };
    await updateState(store, teamId, { ...change, ...pending });
  }

  /** By the clock: however many times were missed, one run makes up for them. */
  async function byClock(teamId: TeamId, how: AutoSettings): Promise<void> {
    const zone = await settings.timeZone();
    const at = now();
    const state = await stateOf(store, teamId, at);
    const dueSince = (cron: string | null, seen: Date): number | null => {
      const next = cron === null ? null : nextTime(cron, seen.getTime(), zone);
      return next !== null && next <= at.getTime() ? next : null;
    };
    const scheduled = dueSince(how.schedule, state.scheduleSeenAt);
    const nightly = dueSince(how.fullComparison, state.nightlySeenAt);
    const word = (due: number, trigger: SyncTrigger) => (at.getTime() - due > LATE_MS ? 'catchUp' : trigger);
    if (scheduled !== null)
      await pend(teamId, { trigger: word(scheduled, 'schedule'), accountIds: null }, { scheduleSeenAt: at });
    if (nightly !== null)
      await pend(teamId, { trigger: word(nightly, 'nightly'), accountIds: null }, { nightlySeenAt: at });
  }

  async function byClaims(teamId: TeamId, how: AutoSettings): Promise<void> {
    const revision = await ports.claimsRevision();
    const { claimsSeen } = await stateOf(store, teamId, now());
    if (revision === null || revision === claimsSeen) return;
    // the first state that is seen is no refresh
    if (claimsSeen === null || !how.onClaims) await updateState(store, teamId, { claimsSeen: revision });
    else await pend(teamId, { trigger: 'claims', accountIds: null }, { claimsSeen: revision });
  }

  /** By what changed in the CRM, asked for all teams at once. */
  async function byChanges(teams: readonly { id: TeamId; how: AutoSettings }[]): Promise<void> {
    const asking = teams.filter(({ how }) => how.onChanges);
    if (asking.length === 0) return;
    const every = Math.min(...asking.map(({ how }) => how.pollMinutes)) * 60_000;
    const cursor = await findCursor(store, deps.org.orgId);
    if (cursor && now().getTime() - cursor.readUntil.getTime() < every) return;
    const { accounts, settle } = await changesSince(deps);
    const accountIds = accounts === 'all' || accounts.length > MAX_LIMITED ? null : accounts;
    if (accountIds === null || accountIds.length > 0)
      for (const { id } of asking) await pend(id, { trigger: 'changes', accountIds });
    // only now: a crash before this tells the same changes again, a crash after it has them pending
    await settle();
  }

  /** What waits and may run now. */
  async function dueOf(teamId: TeamId, how: AutoSettings): Promise<Due | null> {
    const { pendingTrigger: trigger, pendingAccounts } = await stateOf(store, teamId, now());
    if (trigger === null) return null;
    if (isQuiet(now().getTime(), await settings.timeZone(), how.quiet)) return null;
    if ((await unfinishedPublishes(store)).some((each) => each.teamId === teamId)) return null;
    if ((await runsInState(store, ['running'], teamId)).length > 0) return null;
    return { teamId, trigger, accountIds: pendingAccounts ?? null };
  }

  async function look(): Promise<void> {
    const teams: { id: TeamId; how: AutoSettings }[] = [];
    // by what was saved: asking the CRM for its teams at every look would cost its API calls
    for (const saved of await allSettings(store)) {
      const how = settingsFields.parse(saved.settings);
      if (how.isOn && !how.isPaused) teams.push({ id: saved.teamId as TeamId, how });
    }
    for (const { id, how } of teams) {
      await byClock(id, how);
      await byClaims(id, how);
    }
    await byChanges(teams);
    for (const { id, how } of teams) {
      const due = await dueOf(id, how);
      if (due) await runs.carryOut(await runs.begin(due), due);
    }
  }

  return { look, pend };
}
