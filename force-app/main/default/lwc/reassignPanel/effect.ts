import { filled, plural, usd } from 'c/bailiwick';
import type { AccountTeam, Reassignment } from 'c/bailiwick';
import { texts } from './texts';

export const DEAL_OPTIONS = [
  { label: texts.allStayWithTheirOwner, value: 'stay' },
  { label: texts.allOfTheLeavingRepMoveAlong, value: 'move' },
  { label: texts.earlyOnesMoveLateOnesStay, value: 'untilStage' },
];

/** Instead of a territory: one beyond the user's branch, whose manager has to be asked. */
export const ASK = 'ask';

/** Every other territory that the user may give it to. */
export function choices(team: AccountTeam | null, hasBranch: boolean) {
  const own = (team?.choices ?? [])
    .filter(({ id }) => id !== team?.territory?.id)
    .map(({ id, name, repName }) => ({ label: `${name} · ${repName ?? texts.noRep}`, value: id }));
  return hasBranch ? [...own, { label: texts.aTerritoryOfAnotherManagerAskForIt, value: ASK }] : own;
}

/** This account, its whole family, or its whole ZIP. */
export function scopes({ siblings, zip, zipAccounts }: { siblings: number; zip: string; zipAccounts: number }) {
  const family = filled(texts.allItsSitesOfTheFamily, plural(siblings + 1, texts.account));
  return [
    { label: texts.thisAccountOnly, value: 'account' },
    ...(siblings > 0 ? [{ label: family, value: 'sites' }] : []),
    ...(zip ? [{ label: filled(texts.theWholeZip, zip, plural(zipAccounts + 1, texts.account)), value: 'zip' }] : []),
  ];
}

/** Where the late stages of a usual sales process begin: the last third of the open ones. */
const LATE = 2 / 3;
/** Stages that end a deal; no open deal stands in one. */
const CLOSED = /^closed/i;

/** The first of the late stages, to begin with. */
export function lateStage(effect: Reassignment | null): string {
  const open = (effect?.stages ?? []).filter((stage) => !CLOSED.test(stage));
  return open[Math.floor(open.length * LATE)] ?? '';
}

/** Giving and taking territories with their hours before and after. */
export function bars(effect: Reassignment | null) {
  const { before = [], after = [] } = effect ?? {};
  return after.map(({ id, name, utilization, potentialUsd, accounts }) => {
    const was = before.find((one) => one.id === id);
    const note = was
      ? filled(texts.marketPotentialAccounts, usd(was.potentialUsd), usd(potentialUsd), was.accounts, accounts)
      : '';
    return { id, name, ratio: utilization, before: was?.utilization ?? null, note };
  });
}

export function effectText(effect: Reassignment | null): string {
  if (!effect) return '';
  const zips = effect.units.length > 0 ? ` ${filled(texts.and, plural(effect.units.length, texts.zip))}` : '';
  return filled(texts.wouldChangeTerritoryHoursUsed, plural(effect.accounts.length, texts.account), zips);
}

export function dealRows(effect: Reassignment | null) {
  return (effect?.deals ?? []).map(({ name, ownerName, stage, amountUsd, moves }, i) => ({
    key: `${i}`,
    name,
    note: [ownerName, stage, amountUsd !== null && usd(amountUsd)].filter(Boolean).join(' · '),
    action: moves ? 'moves' : 'stays',
  }));
}
