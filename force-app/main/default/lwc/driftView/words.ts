import { filled, moment, plural } from 'c/bailiwick';
import type { DriftAction, DriftDone, DriftLine, DriftPreview } from 'c/bailiwick';
import { texts } from './texts';

/** What can be done about a difference, and what that means. */
export const ACTIONS: Readonly<Record<DriftAction, { label: string; hint: string; ask: string; done: string }>> = {
  accept: {
    label: texts.acceptIntoThePlan,
    hint: texts.thePlanTakesOverWhatSalesforceHas,
    ask: texts.acceptIntoThePlan2,
    done: texts.acceptedIntoThePlan,
  },
  adopt: {
    label: texts.adopt,
    hint: texts.theRowStaysAndIsLookedAfterFrom,
    ask: texts.adoptTheseRows,
    done: 'adopted',
  },
  putBack: {
    label: texts.putBack,
    hint: texts.salesforceGetsWhatThePlanSays,
    ask: texts.putBackAsPlanned,
    done: texts.putBack2,
  },
  exclude: {
    label: texts.excludeFromTheRule,
    hint: texts.theAssignmentRuleLeavesThisAccount,
    ask: texts.excludeFromTheAssignmentRule,
    done: texts.excludedFromTheRule,
  },
};

export function driftRow({ key, accountName, zip, sentence, plan, crm, byName, at }: DriftLine, isTicked: boolean) {
  const by = [byName, at === null ? null : moment(at)].filter((part) => part !== null).join(', ');
  const sides =
    plan !== null || crm !== null ? filled(texts.planSalesforce, plan ?? texts.none, crm ?? texts.none) : '';
  const name = accountName ?? '';
  return {
    key,
    name,
    zip: zip ?? '',
    sentence,
    sides,
    by,
    isTicked,
    label: filled(texts.choose, name === '' ? sentence : name),
  };
}

export function previewText({ action, n, sentences, leftOut }: DriftPreview) {
  return {
    heading: ACTIONS[action].ask,
    confirm: n > 0 ? `${ACTIONS[action].label}: ${n}` : ACTIONS[action].label,
    sentences,
    leftOut: leftOut.length > 0 ? filled(texts.leftOut, plural(leftOut.length, texts.row), leftOut[0]?.why ?? '') : '',
  };
}

export function doneText({ action, done, problems }: DriftDone): string {
  return [`${plural(done, texts.row)} ${ACTIONS[action].done}.`, ...problems].join(' ');
}
