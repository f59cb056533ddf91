import locale from '@salesforce/i18n/locale';
import type { Me, PlanSummary } from 'c/bailiwick';
import type { Coloring } from './painting';
import type { BoardState, Step } from './planBoard';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

const COLORS: readonly { value: Coloring; label: string }[] = [
  { value: 'territory', label: texts.territories },
  { value: 'utilization', label: texts.hoursUsed },
  { value: 'demand', label: texts.marketPotential2 },
];
const DIFFERENCE = { value: 'difference', label: texts.difference } as const;

/** What the map can be coloured by in a step; a difference needs something to compare. */
export const colorChoices = (step: Step) => (step === 'compare' ? [...COLORS, DIFFERENCE] : COLORS);

const LOOKS: Readonly<Partial<Record<Step, string>>> = {
  market: 'body body-wide',
  publish: 'body body-lists',
  crm: 'body body-crm',
};

/** Where a draft is on its way; a mere draft says nothing. */
const STAGES: Readonly<Partial<Record<PlanSummary['stage'], string>>> = {
  review: ` ${texts.inReview}`,
  announced: ` ${texts.announced}`,
  approved: ` ${texts.approved}`,
  scheduled: ` ${texts.scheduled}`,
};

/** The plans and teams to choose from. */
export function pickers(me: Me | null, plans: readonly PlanSummary[], isDraftStep: boolean) {
  const drafts = plans
    .filter(({ state }) => state === 'draft')
    .map(({ id, name, stage }) => ({ label: `${name}${STAGES[stage] ?? ''}`, value: id }));
  const teams = (me?.teams ?? []).map(({ id, name }) => ({ label: name, value: id }));
  const canOperate = me?.permissions.includes('operate') ?? false;
  return { drafts, teams, hasDrafts: drafts.length > 0 && isDraftStep, canOperate };
}

/** Which panel is shown; each waits for what it needs. */
export function panels({
  step,
  plan,
  isBusy,
  hasComparison,
  isPaneLow,
}: {
  step: Step;
  plan: BoardState;
  isBusy: boolean;
  hasComparison: boolean;
  isPaneLow: boolean;
}) {
  const hasDraft = plan.draftId !== '';
  const isDraftStep = step === 'design' || step === 'compare' || step === 'publish';
  const isMarket = step === 'market';
  const isCrm = step === 'crm';
  return {
    isDraftStep,
    market: isMarket && !isBusy,
    today: step === 'today' && plan.liveId !== '',
    design: step === 'design' && hasDraft,
    compare: step === 'compare' && hasDraft && hasComparison,
    publish: step === 'publish' && plan.liveId !== '',
    inbox: step === 'inbox' && !isBusy,
    inboxPressed: String(step === 'inbox'),
    inboxLook: step === 'inbox' ? 'segment segment-on' : 'segment',
    crm: isCrm && !isBusy,
    crmPressed: String(isCrm),
    crmLook: isCrm ? 'segment segment-on' : 'segment',
    needsDraft: isDraftStep && step !== 'publish' && plan.liveId !== '' && !hasDraft,
    loading: isBusy,
    bars: !isMarket && !isCrm,
    mapText: isMarket ? texts.demandAloneTerritoriesAreOff : texts.territoriesToday,
    bodyLook: isPaneLow && !isMarket && !isCrm ? `${LOOKS[step] ?? 'body'} body-low` : (LOOKS[step] ?? 'body'),
  };
}

export function newDraftName(today: Date): string {
  return filled(texts.draftOf, today.toLocaleDateString(locale, { month: 'long', day: 'numeric' }));
}
