import { filled, plural, post } from 'c/bailiwick';
import type { Feedback } from 'c/bailiwick';
import type { WorkingPlan } from './workingPlan';
import { texts } from './texts';

/** ZIPs of one territory of another branch, for a territory of one's own. */
export interface Wish {
  readonly zips: readonly string[];
  readonly fromName: string;
  readonly toId: string;
  readonly toName: string;
}

/** A request over more ZIPs than the service takes is a plan of its own. */
const MOST_ZIPS = 200;

/** What a stroke left where it is because it is another manager's: she can be asked for it. */
export function wishesOf(
  { plan, draft }: WorkingPlan,
  { units, to }: { units: readonly number[]; to: number },
  ids: readonly string[],
): Wish[] {
  const mine = plan.territories[to];
  if (!mine?.canEdit) return [];
  const byOwner = new Map<number, string[]>();
  for (const unit of units) {
    const owner = draft.owners[unit] ?? -1;
    if (owner === to || plan.territories[owner]?.canEdit !== false) continue;
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), ids[unit] ?? '']);
  }
  return [...byOwner].map(([owner, zips]) => ({
    zips: zips.slice(0, MOST_ZIPS),
    fromName: plan.territories[owner]?.name ?? '',
    toId: mine.id,
    toName: mine.name,
  }));
}

export function wishText(wishes: readonly Wish[]): string {
  if (wishes.length === 0) return '';
  const named = wishes.map(({ zips, fromName }) => filled(texts.of, plural(zips.length, texts.zip), fromName));
  return filled(texts.belongToAnotherManager, named.join(' and '));
}

/** Asks the managers of the other branches, and says with whom it is. */
export async function askFor(teamId: string, wishes: readonly Wish[]): Promise<string> {
  const told: string[] = [];
  for (const { zips, fromName, toId, toName } of wishes) {
    const text = filled(texts.ofFor, plural(zips.length, texts.zip), fromName, toName);
    const body = { teamId, zips, toTerritoryId: toId, reason: 'other', text };
    const { managers } = await post<Feedback>('/feedback', body);
    told.push(filled(texts.withNow, text, managers.join(' or ') || texts.salesOps));
  }
  return filled(texts.askedForTheAnswerIsInYourInbox, told.join(' '));
}
