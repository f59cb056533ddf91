import { filled, sentence } from 'c/bailiwick';
import type { TerritoryOutline, UserPage, UserTerritory } from 'c/bailiwick';
import { texts } from './texts';

export const TABS = [
  { value: 'focus', label: texts.focus },
  { value: 'plan', label: texts.fieldPlan },
  { value: 'story', label: texts.whatChanged },
  { value: 'feedback', label: texts.feedback },
];

/** Why there are no figures beside a territory. */
export const outlineText = ({ user, hasNoClaims }: UserPage): string =>
  hasNoClaims ? texts.noClaimsAreLoadedYetSoNothingCanBe : filled(texts.youSeeWhatItIsCalledAndWhereItLies, user.name);

export const noFeedback = (canDesign: boolean): string =>
  canDesign ? texts.noRepSaidThatSomethingIsWrongIn : texts.youSaidNothingYetThisIsWrongOnAn;

export const sourceText = (t: UserTerritory | null): string =>
  t ? `${t.source.label}, ${t.source.period}. ${sentence(t.source.formula)}` : '';

export const subtitle = (shown: TerritoryOutline | null, full: UserTerritory | null, page: UserPage | null): string =>
  [shown?.teamName, full?.parentName, page?.user.name].filter(Boolean).join(' · ');

export const options = (all: readonly TerritoryOutline[]) =>
  all.map(({ id, name, teamName }) => ({ label: `${name} · ${teamName}`, value: id }));

/** What the page waits for, with a number; nothing once the territory is drawn. */
export function waitingText(shown: TerritoryOutline | null, isDrawn: boolean): string {
  if (!shown) return texts.step1Of2LookingUpTheTerritoryAnd;
  return isDrawn ? '' : filled(texts.step2Of2DrawingZips, shown.unitIndexes.length);
}
