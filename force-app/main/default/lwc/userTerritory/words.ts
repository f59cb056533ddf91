import { sentence } from 'c/bailiwick';
import type { TerritoryOutline, UserPage, UserTerritory } from 'c/bailiwick';

export const TABS = [
  { value: 'focus', label: 'Focus' },
  { value: 'plan', label: 'Field plan' },
  { value: 'story', label: 'What changed' },
  { value: 'feedback', label: 'Feedback' },
];

/** Why there are no figures beside a territory. */
export const outlineText = ({ user, hasNoClaims }: UserPage): string =>
  hasNoClaims
    ? 'No claims are loaded yet, so nothing can be counted. Sales Ops loads them in the Market step.'
    : `You see what it is called and where it lies. Its figures are for ${user.name}, for managers above and for Sales Ops.`;

export const noFeedback = (canDesign: boolean): string =>
  canDesign
    ? 'No rep said that something is wrong in your territories.'
    : 'You said nothing yet. “This is wrong” on an account’s page, or under What changed, goes to your manager.';

export const sourceText = (t: UserTerritory | null): string =>
  t ? `${t.source.label}, ${t.source.period}. ${sentence(t.source.formula)}` : '';

export const subtitle = (shown: TerritoryOutline | null, full: UserTerritory | null, page: UserPage | null): string =>
  [shown?.teamName, full?.parentName, page?.user.name].filter(Boolean).join(' · ');

export const options = (all: readonly TerritoryOutline[]) =>
  all.map(({ id, name, teamName }) => ({ label: `${name} · ${teamName}`, value: id }));

/** What the page waits for, with a number; nothing once the territory is drawn. */
export function waitingText(shown: TerritoryOutline | null, isDrawn: boolean): string {
  if (!shown) return 'Step 1 of 2: looking up the territory and adding up its accounts…';
  return isDrawn ? '' : `Step 2 of 2: drawing ${shown.unitIndexes.length} ZIPs…`;
}
