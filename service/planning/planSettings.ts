import { BailiwickError } from '../core/errors.ts';
import type { TeamId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Db, Store } from '../store/store.ts';
import type { LifePorts } from './lifePorts.ts';
import { planSettingsFields, type PlanSettings, type PlanSettingsBody } from './lifeSchemas.ts';
import { findPlanSettings, savePlanSettings } from './lifeStore.ts';
import { addToPlanLog } from './logStore.ts';

interface Deps {
  readonly store: Store;
  readonly ports: Pick<LifePorts, 'teams'>;
  readonly now: () => Date;
}

const WORDS: Readonly<Record<keyof PlanSettings, string>> = {
  approvalRequired: 'approval required',
  approverIsAnother: 'approver is not the author',
  smallChangesAreFree: 'small changes without approval',
  tellReps: 'reps are told',
  tellManagers: 'managers are told',
  introductionDays: 'days for introductions',
  keepYears: 'years that feedback, messages and dropped drafts are kept',
};

/** The settings that hold for a team now. */
export async function planSettingsOf(db: Db, teamId: string): Promise<PlanSettings> {
  return planSettingsFields.parse((await findPlanSettings(db, teamId))?.settings ?? {});
}

/** How the plans of a team come to life, a version each time. */
export function createPlanSettings({ store, ports, now }: Deps) {
  async function team(teamId: TeamId): Promise<{ id: TeamId; name: string }> {
    const found = (await ports.teams()).find(({ id }) => id === teamId);
    if (found) return found;
    throw new BailiwickError('not_found', 'There is no such team.', { action: 'Pick a team of the list.' });
  }

  async function show(teamId: TeamId) {
    const { name: teamName } = await team(teamId);
    const saved = await findPlanSettings(store.db, teamId);
    return {
      teamId,
      teamName,
      version: saved?.version ?? 0,
      settings: planSettingsFields.parse(saved?.settings ?? {}),
      savedByName: saved?.byName ?? null,
      savedAt: saved?.at.toISOString() ?? null,
    };
  }

  /** @throws BailiwickError conflict where somebody saved meanwhile */
  async function save(user: RequestUser, teamId: TeamId, { version, ...settings }: PlanSettingsBody) {
    const { name } = await team(teamId);
    const by = { byId: user.userId, byName: user.name, at: now() };
    const isSaved = await store.transaction(async (tx) => {
      const before = await planSettingsOf(tx, teamId);
      if (!(await savePlanSettings(tx, { teamId, version: version + 1, settings, ...by }))) return false;
      const note = changesBetween(before, settings);
      await addToPlanLog(tx, { ...by, teamId, planName: `Settings of ${name}`, what: 'settings', note });
      return true;
    });
    if (isSaved) return show(teamId);
    throw new BailiwickError('conflict', 'Somebody saved these settings before you.', {
      action: 'Reload the settings and change them again.',
    });
  }

  return { show, save };
}

export type PlanSettingsDesk = ReturnType<typeof createPlanSettings>;

function changesBetween(before: PlanSettings, after: PlanSettings): string {
  const keys = Object.keys(WORDS) as (keyof PlanSettings)[];
  const word = (value: boolean | number | null) => {
    if (value === null) return 'all';
    return typeof value === 'number' ? String(value) : value ? 'yes' : 'no';
  };
  const changed = keys.filter((key) => before[key] !== after[key]);
  if (changed.length === 0) return 'Nothing changed.';
  return `${changed.map((key) => `${WORDS[key]}: ${word(before[key])} → ${word(after[key])}`).join('; ')}.`;
}
