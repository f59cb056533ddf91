import { day, percent, plainDay, plural, usd } from 'c/bailiwick';
import type { Gone, Story, UserTerritory } from 'c/bailiwick';

const MOST_NAMES = 5;

/** One change of the territory: what came and went, by whom, and what is known of the reasons. */
export function changeRow({ at, byName, gained, lost, reasons }: Story['changes'][number], i: number) {
  return {
    key: `${i}`,
    title: `${day(at)}, ${byName}`,
    parts: [
      ...gained.map((one, k) => ({ key: `in${k}`, text: `Came${one.with ? ` from ${one.with}` : ' from nobody'}: ${whatOf(one)}.` })), // prettier-ignore
      ...lost.map((one, k) => ({ key: `out${k}`, text: `Went${one.with ? ` to ${one.with}` : ' to nobody'}: ${whatOf(one)}.` })), // prettier-ignore
    ],
    why: reasons.length > 0 ? `Why: ${reasons.join(' ')}` : 'Why: no reason was written down. Ask your manager.',
  };
}

/** What the next plan changes: as of when, and who stands for it. */
export function comingRow(announced: NonNullable<Story['announced']>) {
  const { name, effectiveOn, backOn, approvedBy } = announced;
  const until = backOn ? ` until ${plainDay(backOn)}` : '';
  const who =
    approvedBy.length > 0 ? `Approved by ${approvedBy.join(', ')}.` : 'Not approved yet: say so now if it is wrong.';
  return {
    title: effectiveOn ? `What changes on ${plainDay(effectiveOn)}${until}?` : 'What changes soon?',
    about: `Plan “${name}”${effectiveOn ? '' : ', on a day that is not set yet'}. ${who}`,
    parts: changeRow(announced, 0).parts.map(({ key, text }) => ({
      key,
      text: text.replace(/^Came/, 'Comes').replace(/^Went/, 'Goes'),
    })),
    why: changeRow(announced, 0).why,
  };
}

function whatOf({ zips, accounts, unnamed }: Gone): string {
  const names = accounts.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = accounts.length - names.length;
  const known = names.length > 0 ? [`${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`] : [];
  const hidden = unnamed > 0 ? [`${plural(unnamed, 'account')} not shared with you`] : [];
  const places = zips.length > 0 ? [plural(zips.length, 'ZIP')] : [];
  return [...places, ...known, ...hidden].join('; ') || 'no account';
}

export function fairnessOf({ target, workloadHours, fairness }: UserTerritory): string {
  const off = target.workloadHours > 0 ? workloadHours / target.workloadHours - 1 : 0;
  const measured = 'Hours (calls, cases, travel, administration) and market potential of all territories are laid beside their targets: an equal share unless the plan says otherwise.'; // prettier-ignore
  const here = `This one has ${percent(Math.abs(off))} ${off >= 0 ? 'more' : 'less'} work than its target.`;
  const others = fairness.rows.length > 0 ? ` It is compared with ${fairness.others} others, without names.` : '';
  return `${measured} ${here}${others}`;
}

export function focusOf({ topAccounts, pockets }: UserTerritory): string {
  const [first] = topAccounts;
  if (!first) return 'Nothing is known yet that would be worth more than the rest.';
  const top = topAccounts.slice(0, 3).map(({ name, headroomUsd }) => `${name} (${usd(headroomUsd)} headroom)`);
  const pocket = pockets[0]
    ? ` Nobody works ${pockets[0].town} ${pockets[0].zip} yet (${usd(pockets[0].potentialUsd)}).`
    : '';
  return `${top.join(', ')}.${pocket} More under Focus.`;
}
