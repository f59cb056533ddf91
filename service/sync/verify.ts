import type { AccountId } from '../core/ids.ts';
import { MAX_RECORDS_PER_REQUEST } from '../org/connection.ts';
import type { SyncDeps } from './ports.ts';
import { crmState, isSo } from './recheck.ts';
import { journalRows, type JournalRow, type Publish } from './store.ts';

/** Sentences shown; the file of outcomes has every row. */
const MAX_DIFFERENCES = 50;

const sentences: Record<JournalRow['action'], (row: JournalRow) => string> = {
  addAssociation: (row) => `${row.accountName} is not in ${row.territoryName} although Salesforce took it.`,
  removeAssociation: (row) => `${row.accountName} is still in ${row.territoryName}.`,
  setOwner: (row) => `${row.accountName} is not owned by ${row.toName}.`,
  moveDeal: (row) => `The open deal of ${row.accountName} is not owned by ${row.toName}.`,
};

/** Reads back every record that was written and compares it with what was wanted. */
export async function verify(deps: SyncDeps, publish: Publish): Promise<NonNullable<Publish['verified']>> {
  const rows = await journalRows(deps.store, publish.id, { outcomes: ['written', 'alreadyThere'] });
  const state = await crmState(deps, rows);
  const wrong = rows.filter((row) => !isSo(row, state));
  const blind = await blindReps(
    deps,
    publish,
    rows.filter((row) => row.action === 'addAssociation' && !wrong.includes(row)),
  );
  const differences = [...wrong.map((row) => sentences[row.action](row)), ...blind];
  return {
    checked: rows.length,
    asPlanned: rows.length - wrong.length,
    differences: differences.slice(0, MAX_DIFFERENCES),
  };
}

/** Sentences for accounts that the gaining rep still cannot see, asked for at most 200 accounts of each rep. */
async function blindReps(deps: SyncDeps, publish: Publish, added: readonly JournalRow[]): Promise<string[]> {
  const { territories } = await deps.ports.alignment(publish.alignmentId);
  const sentencesOf = await Promise.all(
    territories.map(async ({ id, repId, repName }) => {
      const rows = added.filter((row) => row.territoryId === id).slice(0, MAX_RECORDS_PER_REQUEST);
      if (repId === null || rows.length === 0) return [];
      const access = await deps.org.access(
        repId,
        rows.map((row) => row.accountId as AccountId),
      );
      return rows
        .filter((row) => !access.get(row.accountId as AccountId)?.read)
        .map((row) => `${repName ?? 'The rep'} still cannot see ${row.accountName}.`);
    }),
  );
  return sentencesOf.flat();
}
