import type { TeamId } from '../core/ids.ts';
import { percent } from '../core/findings.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Store } from '../store/store.ts';
import { alertRules, type AlertRules, type DriftAnswer } from './driftSchemas.ts';
import type { PlanDrift } from './planDrift.ts';
import type { TeamInsightPorts } from './ports.ts';
import { alertTold, findAlert, saveAlert } from './store.ts';

const DAY_MS = 86_400_000;
/** Territories that a message names; the screen has all. */
const MOST_NAMED = 10;
/** Claims and plans are looked at this often: it costs two short questions to the store. */
const LOOK_MS = 60_000;
/** Accounts and reps are read anew for it this often, so that it does not eat the org's API calls. */
const READ_MS = 6 * 3_600_000;

interface AlertDeps {
  readonly store: Store;
  readonly ports: TeamInsightPorts;
  readonly drift: PlanDrift;
  readonly now: () => Date;
  readonly log: (message: string) => void;
}

/** Tells those who are told of automatic sync when territories leave their range, and then is quiet for a while. */
export function createAlerts({ store, ports, drift, now, log }: AlertDeps) {
  let timer: NodeJS.Timeout | null = null;
  let underWay: Promise<void> = Promise.resolve();
  let readAt = 0;
  const seen = new Map<string, string>();

  const rulesOf = async (teamId: TeamId) => {
    const saved = await findAlert(store, teamId);
    return { rules: alertRules.parse(saved?.rules ?? {}), saved };
  };

  async function show(teamId: TeamId) {
    const { rules, saved } = await rulesOf(teamId);
    return {
      rules,
      savedByName: saved?.byName ?? null,
      toldAt: saved?.toldAt?.toISOString() ?? null,
      ways: [...(await ports.tellWays(teamId))],
    };
  }

  async function save(user: RequestUser, teamId: TeamId, rules: AlertRules) {
    await saveAlert(store, { teamId, rules, byName: user.name, savedAt: now() });
    return show(teamId);
  }

  /** Looks at a team's plan; tells where its rules say so. @returns what was told, if anything */
  async function check(teamId: TeamId): Promise<string[]> {
    const looked = await drift.look(teamId);
    const { rules, saved } = await rulesOf(teamId);
    if (!looked || !rules.isOn || !saved) return [];
    const quietUntil = (saved.toldAt?.getTime() ?? -Infinity) + rules.quietDays * DAY_MS;
    if (now().getTime() < quietUntil) return [];
    const found = await drift.show(teamId, 'live', { workloadHours: rules.workload, potentialUsd: rules.potential });
    const left = found.territories.filter(({ hasLeft }) => hasLeft);
    if (new Set(left.map(({ id }) => id)).size < rules.leastTerritories) return [];
    const told = await ports.tell(teamId, messageOf(found, left));
    await alertTold(store, teamId, now());
    return told;
  }

  /** Every team where claims or the live plan are others than at the last look, and all of them a few times a day. */
  async function checkAll(): Promise<void> {
    const isDue = now().getTime() - readAt >= READ_MS;
    for (const teamId of await ports.teams()) {
      const key = await ports.watchKey(teamId);
      if (key === null || (!isDue && seen.get(teamId) === key)) continue;
      seen.set(teamId, key);
      await check(teamId);
    }
    if (isDue) readAt = now().getTime();
  }

  function look(): void {
    underWay = underWay
      .then(checkAll)
      .catch((error: unknown) => log(`plan drift: ${error instanceof Error ? error.message : String(error)}`));
  }

  return {
    show,
    save,
    check,
    /** The first look comes after the rush of a start. */
    start: () => {
      timer = setInterval(look, LOOK_MS);
      timer.unref();
    },
    close: async () => {
      if (timer) clearInterval(timer);
      await underWay;
      await drift.idle();
    },
  };
}

export type Alerts = ReturnType<typeof createAlerts>;

const WORDS = { workloadHours: 'hours', potentialUsd: 'market potential' } as const;

function messageOf({ planName, nation }: DriftAnswer, left: DriftAnswer['territories']) {
  const named = left
    .slice(0, MOST_NAMED)
    .map(
      ({ name, measure, before, after }) =>
        `${name}: ${WORDS[measure]} ${percent(before)} → ${percent(after)} of target`,
    );
  const all = nation.map(
    ({ measure, change }) =>
      `All ${WORDS[measure]}: ${change === null ? 'nothing before' : percent(1 + change)} of before`,
  );
  const more = left.length > MOST_NAMED ? [`and ${left.length - MOST_NAMED} more`] : [];
  return {
    event: 'plan.drifted',
    subject: `Bailiwick: ${left.length} shares of ${planName} have left their target range`,
    lines: [...named, ...more, ...all, 'Open Territories, step Today, tab Drift.'],
  };
}
