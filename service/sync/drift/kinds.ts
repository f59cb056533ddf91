import type { z } from 'zod';
import type { action, kind } from './schemas.ts';

export type DriftKind = z.output<typeof kind>;
export type DriftAction = z.output<typeof action>;

interface KindText {
  readonly title: string;
  readonly about: string;
  readonly actions: readonly DriftAction[];
}

/** What each kind is called, what it means, and what can be done about it. */
export const KINDS: Readonly<Record<DriftKind, KindText>> = {
  moved: {
    title: 'In another territory',
    about: 'Somebody moved the account by hand. Accept it into the plan, or put the account back.',
    actions: ['accept', 'adopt', 'putBack'],
  },
  removed: {
    title: 'Taken out',
    about: 'A row that this product wrote is gone: somebody deleted it.',
    actions: ['putBack'],
  },
  ruleRow: {
    title: 'Placed by a rule',
    about: 'An assignment rule keeps the account in another territory; only the rule, or an exclusion, takes it out.',
    actions: ['accept', 'exclude'],
  },
  foreignRow: {
    title: 'In another territory as well',
    about: 'Somebody else wrote a second row. It stays until it is adopted and put back.',
    actions: ['accept', 'adopt', 'putBack'],
  },
  missing: {
    title: 'In no territory',
    about: 'The plan places the account, and Salesforce does not: new, or never published.',
    actions: ['putBack'],
  },
  owner: {
    title: 'Another owner',
    about: "The account's owner is not the rep of its territory.",
    actions: ['putBack'],
  },
  member: {
    title: 'Other members',
    about:
      'Who sits in the territory is not who the plan says. Setup → Territory Models → the territory → Assigned Users.',
    actions: [],
  },
  inactiveMember: {
    title: 'Inactive members',
    about:
      'The user has left and still sits in the territory. Setup → Territory Models → the territory → Assigned Users.',
    actions: [],
  },
  territoryRenamed: {
    title: 'Territory renamed',
    about: 'Salesforce has another name than the plan; the name there stays.',
    actions: [],
  },
  territoryDeleted: {
    title: 'Territory deleted',
    about: 'The plan has a territory that Salesforce has not: move its ZIPs in a draft, then publish.',
    actions: [],
  },
  territoryAdded: {
    title: 'Territory added',
    about: 'Salesforce has a territory that the plan does not know: add it in a draft, or remove it in Setup.',
    actions: [],
  },
  noZip: { title: 'No ZIP', about: 'The address has no ZIP: nothing says where the account belongs.', actions: [] },
  unknownZip: {
    title: 'ZIP on no map',
    about: 'The ZIP, or its state, is on no map of this market: correct the address, or load the geography.',
    actions: [],
  },
};

export const ACTION_WORDS: Readonly<Record<DriftAction, string>> = {
  accept: 'accept into the plan',
  adopt: 'adopt',
  putBack: 'put back',
  exclude: 'exclude from the rule',
};
