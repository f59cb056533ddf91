import type { ColorBy } from 'c/bailiwick';
import type { BoardState, Step } from './planBoard';

export const COLORS: readonly { value: ColorBy; label: string }[] = [
  { value: 'territory', label: 'Territories' },
  { value: 'utilization', label: 'Hours used' },
  { value: 'demand', label: 'Market potential' },
];

/** Which panel is shown; each waits for what it needs. */
export function panels({
  step,
  plan,
  isBusy,
  hasComparison,
}: {
  step: Step;
  plan: BoardState;
  isBusy: boolean;
  hasComparison: boolean;
}) {
  const hasDraft = plan.draftId !== '';
  const isDraftStep = step !== 'market' && step !== 'today';
  const isMarket = step === 'market';
  return {
    isDraftStep,
    market: isMarket && !isBusy,
    today: step === 'today' && plan.liveId !== '',
    design: step === 'design' && hasDraft,
    compare: step === 'compare' && hasDraft && hasComparison,
    publish: step === 'publish' && plan.liveId !== '',
    needsDraft: isDraftStep && step !== 'publish' && plan.liveId !== '' && !hasDraft,
    loading: isBusy,
    bars: !isMarket,
    bodyLook: isMarket ? 'body body-wide' : 'body',
  };
}

export function newDraftName(today: Date): string {
  return `Draft of ${today.toLocaleDateString('en-US', { month: 'long', day: 'numeric' })}`;
}
