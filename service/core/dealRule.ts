/** What becomes of open deals when their account changes hands (core of the choice; whose deal it is, is asked apart). */
export interface DealRule {
  readonly deals: 'stay' | 'move' | 'untilStage';
  /** With "untilStage": the first stage whose deals stay with their owner. */
  readonly dealStage: string | null;
}

/**
 * Whether a deal of this stage goes along, by the order of the org's sales process. A stage that is no longer offered may
 * be late: its deal stays.
 */
export function goesAlong(rule: DealRule, stages: readonly string[]): (stage: string) => boolean {
  if (rule.deals === 'move') return () => true;
  if (rule.deals === 'stay' || rule.dealStage === null) return () => false;
  const earlier = new Set(stages.slice(0, Math.max(0, stages.indexOf(rule.dealStage))));
  return (stage) => earlier.has(stage);
}
