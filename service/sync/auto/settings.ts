import { nextTimes } from '../../core/cron.ts';
import { BailiwickError } from '../../core/errors.ts';
import type { TeamId } from '../../core/ids.ts';
import { isQuiet, isTimeZone } from '../../core/wallClock.ts';
import type { RequestUser } from '../../http/identity.ts';
import type { AutoDeps } from './ports.ts';
import { settingsFields, type AutoSettings, type SettingsBody } from './schemas.ts';
import { findSettings, saveSettings, stateOf, updateState, type SavedSettings } from './store.ts';

/** Times of the schedule that a screen shows. */
const TIMES_SHOWN = 3;
/** A time zone changes never; it is asked again once a day for the day on which it does. */
const ZONE_KEPT_MS = 86_400_000;

export interface TeamSettings {
  readonly settings: AutoSettings;
  readonly secret: string | null;
  readonly saved: SavedSettings | null;
}

/** Settings of automatic sync, a version each time. */
export function createSettings(deps: AutoDeps) {
  const { store, org, ports, now } = deps;
  let zone: { name: string; at: number } | null = null;

  async function timeZone(): Promise<string> {
    if (zone && now().getTime() - zone.at < ZONE_KEPT_MS) return zone.name;
    const name = await org.timeZone();
    zone = { name: isTimeZone(name) ? name : 'UTC', at: now().getTime() };
    return zone.name;
  }

  async function of(teamId: TeamId): Promise<TeamSettings> {
    const saved = await findSettings(store, teamId);
    return { settings: settingsFields.parse(saved?.settings ?? {}), secret: saved?.webhookSecret ?? null, saved };
  }

  /** @throws BailiwickError not_found */
  async function team(teamId: TeamId): Promise<{ id: TeamId; name: string }> {
    const found = (await ports.teams()).find(({ id }) => id === teamId);
    if (found) return found;
    throw new BailiwickError('not_found', 'There is no such team.', { action: 'Pick a team of the list.' });
  }

  async function show(teamId: TeamId) {
    const { name: teamName } = await team(teamId);
    const { settings, secret, saved } = await of(teamId);
    const name = await timeZone();
    const ms = now().getTime();
    const times = settings.schedule === null ? [] : nextTimes(settings.schedule, { ms, zone: name }, TIMES_SHOWN);
    const dates = times.map((at) => new Date(at).toISOString());
    return {
      teamId,
      teamName,
      version: saved?.version ?? 0,
      settings,
      hasWebhookSecret: secret !== null,
      savedByName: saved?.byName ?? null,
      savedAt: saved?.at.toISOString() ?? null,
      timeZone: name,
      nextRunAt: settings.isOn && !settings.isPaused ? (dates[0] ?? null) : null,
      nextTimes: dates,
      isQuietNow: isQuiet(ms, name, settings.quiet),
      stages: (await org.opportunityStages()).filter((stage) => !/^closed\b/i.test(stage)),
    };
  }

  /** @throws BailiwickError conflict where somebody saved meanwhile */
  async function save(user: RequestUser, teamId: TeamId, { version, webhookSecret, ...settings }: SettingsBody) {
    await team(teamId);
    const before = await of(teamId);
    const isSaved = await saveSettings(store, {
      teamId,
      version: version + 1,
      settings,
      webhookSecret: webhookSecret === undefined ? before.secret : webhookSecret,
      byId: user.userId,
      byName: user.name,
      at: now(),
    });
    if (!isSaved)
      throw new BailiwickError(
        'conflict',
        `The settings are at version ${before.saved?.version ?? 0}, your change was made on ${version}.`,
        { action: 'Reload the settings and change them again.' },
      );
    await stateOf(store, teamId, now());
    // switched on or put on another schedule, nothing was missed
    const isNew = !before.settings.isOn || before.settings.schedule !== settings.schedule;
    if (isNew) await updateState(store, teamId, { scheduleSeenAt: now(), nightlySeenAt: now() });
    return show(teamId);
  }

  return { of, team, show, save, timeZone };
}
export type Settings = ReturnType<typeof createSettings>;
