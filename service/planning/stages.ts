import { BailiwickError } from '../core/errors.ts';
import type { PlanStage } from '../store/tables/alignments.ts';

export type { PlanStage };

/** What a person does with a plan as a whole; its date apart. */
export const STEPS = ['submit', 'return', 'announce', 'approve', 'revoke', 'drop'] as const;
export type Step = (typeof STEPS)[number];

/** From which stages each step goes. */
const FROM: Readonly<Record<Step | 'schedule' | 'unschedule', readonly PlanStage[]>> = {
  submit: ['draft'],
  return: ['review', 'announced'],
  announce: ['review'],
  approve: ['review', 'announced'],
  revoke: ['approved', 'scheduled'],
  drop: ['draft', 'review', 'announced'],
  schedule: ['draft', 'review', 'announced', 'approved', 'scheduled'],
  unschedule: ['scheduled'],
};

/** What stages are called on screens and in messages. */
export const STAGE_NAMES: Readonly<Record<PlanStage, string>> = {
  draft: 'a draft',
  review: 'in review',
  announced: 'announced',
  approved: 'approved',
  scheduled: 'scheduled',
};

/** Steps that need a reason: somebody waited for the opposite. */
export const NEEDS_REASON: ReadonlySet<Step> = new Set(['return', 'revoke']);

export const mayStep = (step: keyof typeof FROM, stage: PlanStage): boolean => FROM[step].includes(stage);

interface Standing {
  readonly name: string;
  readonly state: 'draft' | 'live' | 'archived';
  readonly stage: PlanStage;
  readonly isFrozen: boolean;
}

/** @throws BailiwickError conflict where the plan is elsewhere on its way, or is being written */
export function requireStep(step: keyof typeof FROM, { name, state, stage, isFrozen }: Standing): void {
  if (isFrozen)
    throw new BailiwickError('conflict', `"${name}" is being written to Salesforce at this moment.`, {
      action: 'Wait until that has finished; then it can be taken back.',
    });
  if (state !== 'draft')
    throw new BailiwickError('conflict', `"${name}" is ${state}: this step is for plans that are not live yet.`, {
      action: state === 'live' ? 'Take its publish back first, or start a draft from it.' : 'Start a draft from it.',
    });
  if (!mayStep(step, stage))
    throw new BailiwickError('conflict', `"${name}" is ${STAGE_NAMES[stage]}: this step is not the next one.`, {
      action: 'Reload the plan and look where it is.',
    });
}
