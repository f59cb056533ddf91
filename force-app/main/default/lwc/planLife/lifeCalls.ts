import { post } from 'c/bailiwick';
import type { PlanLife } from 'c/bailiwick';

/** Asks the service for a step of the plan; answers where the plan is then. */
export function carryOut(
  { id, version }: PlanLife,
  step: string,
  { note, date }: { note: string; date: string },
): Promise<PlanLife> {
  const about = `/alignments/${id}`;
  if (step === 'schedule') return post(`${about}/schedule`, { version, effectiveOn: date, note });
  if (step === 'unschedule') return post(`${about}/unschedule`, { note });
  if (step === 'tryAgain') return post(`${about}/try-again`, {});
  return post(`${about}/steps`, { step, version, note });
}
