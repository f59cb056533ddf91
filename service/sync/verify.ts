import type { AccountId, UserId } from '../core/ids.ts';
import { checkAccess } from './accessCheck.ts';
import { crmState, isSo } from './crmState.ts';
import { journalRows, type JournalRow } from './journalStore.ts';
import type { Action } from './phases.ts';
import type { SyncDeps } from './ports.ts';
import type { Publish } from './store.ts';

/** Sentences shown; the file of outcomes has every row. */
const MAX_DIFFERENCES = 50;

const sentences: Record<Action, (row: JournalRow) => string> = {
  createTerritory: (row) => `The territory ${row.toName} is not there although Salesforce took it.`,
  renameTerritory: (row) => `The territory is not called ${row.toName}.`,
  addMember: (row) => `${row.toName} is not a member of ${row.territoryName}.`,
  addAssociation: (row) => `${row.accountName} is not in ${row.territoryName} although Salesforce took it.`,
  stamp: (row) => `${row.accountName} does not carry the code ${row.toName ?? '(none)'}.`,
  setOwner: (row) => `${row.accountName} is not owned by ${row.toName}.`,
  restoreTeamMember: (row) => `${row.toName ?? 'A member'} is no longer in the account team of ${row.accountName}.`,
  restoreShare: (row) => `${row.accountName} is no longer shared with ${row.toName ?? 'a group'}.`,
  addTeamMember: (row) => `${row.toName} is not in the account team of ${row.accountName}.`,
  moveDeal: (row) => `The open deal of ${row.accountName} is not owned by ${row.toName}.`,
  removeAssociation: (row) => `${row.accountName} is still in ${row.territoryName}.`,
  removeTeamMember: (row) => `${row.fromName} is still in the account team of ${row.accountName}.`,
  removeMember: (row) => `${row.fromName} is still a member of ${row.territoryName}.`,
  removeTerritory: (row) => `The territory ${row.territoryName} is still there.`,
};

/** Reads back every record that was written, compares it with what was wanted, and asks what the reps can see now. */
export async function verify(deps: SyncDeps, publish: Publish): Promise<NonNullable<Publish['verified']>> {
  const rows = await journalRows(deps.store, publish.id, { outcomes: ['written', 'alreadyThere'] });
  const state = await crmState(deps, rows);
  const wrong = new Set(rows.filter((row) => !isSo(row, state)));
  const { access, blind } = await checkAccess(deps, gains(rows, wrong), await repsOf(deps, publish));
  const differences = [...[...wrong].map((row) => sentences[row.action](row)), ...blind];
  return {
    checked: rows.length,
    asPlanned: rows.length - wrong.size,
    differences: differences.slice(0, MAX_DIFFERENCES),
    access,
  };
}

/** Accounts that came into a territory. */
export const gains = (rows: readonly JournalRow[], wrong: ReadonlySet<JournalRow> = new Set()) =>
  rows
    .filter((row) => row.action === 'addAssociation' && !wrong.has(row))
    .map((row) => ({
      accountId: row.accountId as AccountId,
      accountName: row.accountName,
      territoryId: row.territoryId ?? '',
    }));

export async function repsOf({ ports }: SyncDeps, publish: Publish) {
  const { territories } = await ports.alignment(publish.alignmentId);
  return new Map<string, { id: UserId; name: string }>(
    territories.flatMap(({ id, repId, repName }) => (repId === null ? [] : [[id, { id: repId, name: repName ?? '' }]])),
  );
}
