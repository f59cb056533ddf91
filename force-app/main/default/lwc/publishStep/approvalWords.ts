import { filled, plural } from 'c/bailiwick';
import type { PlanLife } from 'c/bailiwick';
import { texts } from './texts';

/** More territories than these are counted and not named. */
const MOST_NAMES = 5;

/** Why a plan may not be published yet, as a whole or by parts, and what comes next; empty where it may. */
export function waitsFor({ needsApproval, stage, approval: { missing, approvers } }: PlanLife): string {
  if (!needsApproval) return '';
  if (stage === 'draft') return `${texts.onlyApprovedPlansArePublished} ${texts.sendItToReviewFirst}`;
  const what = missing.length > MOST_NAMES ? plural(missing.length, texts.territory) : missing.join(', ');
  if (missing.length === 0) return `${texts.onlyApprovedPlansArePublished} ${texts.itIsStillToBeApproved}`;
  const next =
    approvers.length === 0
      ? filled(texts.stillToBeApproved, what)
      : filled(texts.stillToBeApprovedBy, what, approvers.join(', '));
  return `${texts.onlyApprovedPlansArePublished} ${next}`;
}
