import { filled, usd } from 'c/bailiwick';
import type { Feedback, FeedbackEffect, FeedbackPlaces } from 'c/bailiwick';
import { texts } from './texts';

/** Not a territory: to nobody's, where a person is asked for. */
export const SALES_OPS = 'salesOps';
const NEW_DRAFT = '';

interface Option {
  readonly label: string;
  readonly value: string;
}

const option = ({ id, name, parentName }: FeedbackPlaces['places'][number]): Option => ({
  label: parentName ? `${name} · ${parentName}` : name,
  value: id,
});

/** Every other territory of the team, and leaving it where it is. */
export function targetsOf({ places }: FeedbackPlaces, { territoryId }: Feedback): Option[] {
  return [{ label: texts.nothingMoves, value: '' }, ...places.filter(({ id }) => id !== territoryId).map(option)];
}

/** Whoever decides about another territory, or Sales Ops. */
export function passOptionsOf({ places }: FeedbackPlaces, { askedName }: Feedback): Option[] {
  const others = places.filter(({ name }) => name !== askedName).map(option);
  return [...(askedName === null ? [] : [{ label: texts.salesOps, value: SALES_OPS }]), ...others];
}

export function draftOptionsOf({ drafts }: FeedbackPlaces): Option[] {
  return [
    { label: texts.theDraftAcceptedFeedback, value: NEW_DRAFT },
    ...drafts.filter(({ name }) => name !== 'Accepted feedback').map(({ id, name }) => ({ label: name, value: id })),
  ];
}

/** Both territories with their hours before and after. */
export function barsOf({ before, after }: FeedbackEffect) {
  return after.map(({ id, name, utilization, potentialUsd, salesUsd }) => {
    const was = before.find((one) => one.id === id);
    const note = was
      ? filled(texts.marketPotentialSales, usd(was.potentialUsd), usd(potentialUsd), usd(was.salesUsd), usd(salesUsd))
      : '';
    return { id, name, ratio: utilization, before: was?.utilization ?? null, note };
  });
}
