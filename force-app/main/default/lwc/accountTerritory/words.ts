import { day } from 'c/bailiwick';
import type { AccountPage, AccountTeam, OpenedMap } from 'c/bailiwick';
import { texts } from './texts';

export const TABS = [
  { value: 'procedures', label: texts.procedures },
  { value: 'trend', label: texts.trend },
  { value: 'peers', label: texts.againstPeers },
  { value: 'near', label: texts.nearby },
  { value: 'history', label: texts.history },
  { value: 'feedback', label: texts.feedback },
];

export const isShown = ({ unitIndexes }: AccountTeam): boolean => unitIndexes.length > 0;

/** The chosen team; first the one that cuts finest, of those whose territory this user may see. */
export function teamShown(teams: readonly AccountTeam[], teamId: string): AccountTeam | null {
  const [finest] = teams.filter(isShown).sort((a, b) => a.unitIndexes.length - b.unitIndexes.length);
  return teams.find((team) => team.teamId === teamId) ?? finest ?? teams[0] ?? null;
}

export function historyRows(page: AccountPage | null) {
  return (page?.history ?? []).map(({ at, byName, text }, i) => ({
    key: `${i}`,
    text: `${day(at)}, ${byName}: ${text}`,
  }));
}

/** The account's own place, else the middle of its ZIP. */
export function placeOf({ account }: AccountPage, { data }: OpenedMap) {
  const { unit } = account;
  const lat = account.lat ?? (unit === null ? undefined : data.units.lat[unit]);
  const lon = account.lon ?? (unit === null ? undefined : data.units.lon[unit]);
  return lat === undefined || lon === undefined ? null : { lat, lon };
}
