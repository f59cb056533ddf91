import { day, filled, percent, plainDay, plural, usd } from 'c/bailiwick';
import type { Gone, Story, UserTerritory } from 'c/bailiwick';
import { texts } from './texts';

const MOST_NAMES = 5;

/** One change of the territory: what came and went, by whom, and what is known of the reasons. */
export function changeRow({ at, byName, gained, lost, reasons }: Story['changes'][number], i: number) {
  return {
    key: `${i}`,
    title: `${day(at)}, ${byName}`,
    parts: [
      ...gained.map((one, k) => ({ key: `in${k}`, text: filled(texts.came, one.with ? ` ${filled(texts.from, one.with)}` : ` ${texts.fromNobody}`, whatOf(one)) })), // prettier-ignore
      ...lost.map((one, k) => ({ key: `out${k}`, text: filled(texts.went, one.with ? ` ${filled(texts.to, one.with)}` : ` ${texts.toNobody}`, whatOf(one)) })), // prettier-ignore
    ],
    why: reasons.length > 0 ? filled(texts.why, reasons.join(' ')) : texts.whyNoReasonWasWrittenDownAskYour,
  };
}

/** What the next plan changes: as of when, and who stands for it. */
export function comingRow(announced: NonNullable<Story['announced']>) {
  const { name, effectiveOn, backOn, approvedBy } = announced;
  const until = backOn ? ` ${filled(texts.until, plainDay(backOn))}` : '';
  const who =
    approvedBy.length > 0 ? filled(texts.approvedBy, approvedBy.join(', ')) : texts.notApprovedYetSaySoNowIfItIsWrong;
  return {
    title: effectiveOn ? filled(texts.whatChangesOn, plainDay(effectiveOn), until) : texts.whatChangesSoon,
    about: filled(texts.plan, name, effectiveOn ? '' : texts.onADayThatIsNotSetYet, who),
    parts: changeRow(announced, 0).parts.map(({ key, text }) => ({
      key,
      text: text.replace(/^Came/, texts.comes).replace(/^Went/, texts.goes),
    })),
    why: changeRow(announced, 0).why,
  };
}

function whatOf({ zips, accounts, unnamed }: Gone): string {
  const names = accounts.slice(0, MOST_NAMES).map(({ name }) => name);
  const more = accounts.length - names.length;
  const known = names.length > 0 ? [`${names.join(', ')}${more > 0 ? ` ${filled(texts.andMore, more)}` : ''}`] : [];
  const hidden = unnamed > 0 ? [filled(texts.notSharedWithYou, plural(unnamed, texts.account))] : [];
  const places = zips.length > 0 ? [plural(zips.length, texts.zip)] : [];
  return [...places, ...known, ...hidden].join('; ') || texts.noAccount;
}

export function fairnessOf({ target, workloadHours, fairness }: UserTerritory): string {
  const off = target.workloadHours > 0 ? workloadHours / target.workloadHours - 1 : 0;
  const measured = texts.hoursCallsCasesTravel; // prettier-ignore
  const here = filled(texts.thisOneHasWorkThanItsTarget, percent(Math.abs(off)), off >= 0 ? texts.more : texts.less);
  const others =
    fairness.rows.length > 0 ? ` ${filled(texts.itIsComparedWithOthersWithoutNames, fairness.others)}` : '';
  return `${measured} ${here}${others}`;
}

export function focusOf({ topAccounts, pockets }: UserTerritory): string {
  const [first] = topAccounts;
  if (!first) return texts.nothingIsKnownYetThatWouldBeWorth;
  const top = topAccounts.slice(0, 3).map(({ name, headroomUsd }) => filled(texts.headroom, name, usd(headroomUsd)));
  const pocket = pockets[0]
    ? ` ${filled(texts.nobodyWorksYet, pockets[0].town, pockets[0].zip, usd(pockets[0].potentialUsd))}`
    : '';
  return filled(texts.moreUnderFocus, top.join(', '), pocket);
}
