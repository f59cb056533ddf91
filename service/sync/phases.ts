import type { JournalRow } from './journalStore.ts';

export type Action = JournalRow['action'];

/** Add first, then remove: a crash in between leaves two with access, never none. The order of the writes. */
export const PHASES: readonly { readonly action: Action; readonly phase: string }[] = [
  { action: 'createTerritory', phase: 'Creating territories' },
  { action: 'renameTerritory', phase: 'Renaming territories' },
  { action: 'addMember', phase: 'Putting reps into their territories' },
  { action: 'addAssociation', phase: 'Adding accounts to their territories' },
  { action: 'stamp', phase: 'Stamping territory codes' },
  { action: 'setOwner', phase: 'Changing owners' },
  // an owner change takes the account's team and its manual shares away
  { action: 'restoreTeamMember', phase: 'Giving account teams back' },
  { action: 'restoreShare', phase: 'Giving manual shares back' },
  { action: 'addTeamMember', phase: 'Adding reps to account teams' },
  { action: 'moveDeal', phase: 'Moving open deals' },
  { action: 'removeAssociation', phase: 'Taking accounts out of former territories' },
  { action: 'removeTeamMember', phase: 'Taking former reps out of account teams' },
  { action: 'removeMember', phase: 'Taking former reps out of territories' },
  { action: 'removeTerritory', phase: 'Removing territories' },
];

/** What an action is called on screens and in files. */
export const ACTION_NAMES: Record<Action, string> = {
  createTerritory: 'Create territory',
  renameTerritory: 'Rename territory',
  addMember: 'Put rep into territory',
  addAssociation: 'Add to territory',
  stamp: 'Stamp territory code',
  setOwner: 'Change owner',
  restoreTeamMember: 'Give team member back',
  restoreShare: 'Give manual share back',
  addTeamMember: 'Add to account team',
  moveDeal: 'Move open deal',
  removeAssociation: 'Take out of territory',
  removeTeamMember: 'Take out of account team',
  removeMember: 'Take rep out of territory',
  removeTerritory: 'Remove territory',
};

/** An action that waits for others of the same account: when one of these failed, the account stays as it is. */
export const WAITS_FOR: Partial<Record<Action, readonly Action[]>> = {
  stamp: ['addAssociation'],
  setOwner: ['addAssociation'],
  addTeamMember: ['addAssociation'],
  moveDeal: ['addAssociation', 'setOwner'],
  removeAssociation: ['addAssociation'],
  removeTeamMember: ['addAssociation', 'addTeamMember'],
};

/** Structure that later rows stand on: rows of a territory that could not be made are not written. */
export const NEEDS_TERRITORY: ReadonlySet<Action> = new Set(['addMember', 'addAssociation', 'stamp']);
