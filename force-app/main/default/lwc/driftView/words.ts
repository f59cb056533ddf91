import { moment, plural } from 'c/bailiwick';
import type { DriftAction, DriftDone, DriftLine, DriftPreview } from 'c/bailiwick';

/** What can be done about a difference, and what that means. */
export const ACTIONS: Readonly<Record<DriftAction, { label: string; hint: string; ask: string; done: string }>> = {
  accept: {
    label: 'Accept into the plan',
    hint: 'The plan takes over what Salesforce has',
    ask: 'Accept into the plan?',
    done: 'accepted into the plan',
  },
  adopt: {
    label: 'Adopt',
    hint: 'The row stays and is looked after from here on',
    ask: 'Adopt these rows?',
    done: 'adopted',
  },
  putBack: {
    label: 'Put back',
    hint: 'Salesforce gets what the plan says',
    ask: 'Put back as planned?',
    done: 'put back',
  },
  exclude: {
    label: 'Exclude from the rule',
    hint: 'The assignment rule leaves this account alone',
    ask: 'Exclude from the assignment rule?',
    done: 'excluded from the rule',
  },
};

export function driftRow({ key, accountName, zip, sentence, plan, crm, byName, at }: DriftLine, isTicked: boolean) {
  const by = [byName, at === null ? null : moment(at)].filter((part) => part !== null).join(', ');
  const sides = plan !== null || crm !== null ? `Plan: ${plan ?? 'none'} · Salesforce: ${crm ?? 'none'}` : '';
  const name = accountName ?? '';
  return { key, name, zip: zip ?? '', sentence, sides, by, isTicked, label: `Choose ${name === '' ? sentence : name}` };
}

export function previewText({ action, n, sentences, leftOut }: DriftPreview) {
  return {
    heading: ACTIONS[action].ask,
    confirm: n > 0 ? `${ACTIONS[action].label}: ${n}` : ACTIONS[action].label,
    sentences,
    leftOut: leftOut.length > 0 ? `${plural(leftOut.length, 'row')} left out: ${leftOut[0]?.why ?? ''}` : '',
  };
}

export function doneText({ action, done, problems }: DriftDone): string {
  return [`${plural(done, 'row')} ${ACTIONS[action].done}.`, ...problems].join(' ');
}
