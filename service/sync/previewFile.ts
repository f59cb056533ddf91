import { csvRow } from '../core/csv.ts';
import { FileAnswer } from '../http/routes.ts';
import type { PlannedPublish } from './plan.ts';
import { previewLists } from './preview.ts';

const HEAD = ['list', 'account_id', 'account', 'zip', 'what', 'from', 'to', 'by', 'at'];
const MEMBERS = { add: 'Add to account team', remove: 'Take out of account team', giveBack: 'Give team member back' };

interface Line {
  readonly list: string;
  readonly accountId?: string;
  readonly accountName?: string;
  readonly zip?: string | null;
  readonly what?: string;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly by?: string | null;
  readonly at?: string | null;
}

/** Every row of a preview, also those that a screen does not list. */
export function previewFile(plan: PlannedPublish): FileAnswer {
  const rows = linesOf(plan).map(({ list, accountId, accountName, zip, what, from, to, by, at }) =>
    csvRow([list, accountId ?? null, accountName ?? null, zip, what, from, to, by, at].map((each) => each ?? null)),
  );
  return new FileAnswer('changes-to-publish.csv', 'text/csv; charset=utf-8', csvRow(HEAD) + rows.join(''));
}

function linesOf(plan: PlannedPublish): Line[] {
  const lists = previewLists(plan, Infinity);
  const stayText = 'stays with its owner';
  return [
    ...lists.structure.map((what) => ({ list: 'territories', what })),
    ...lists.add.map((row) => ({ ...row, list: 'moves in', from: row.fromTerritoryName, to: row.territoryName })),
    ...lists.remove.map((row) => ({ ...row, list: 'moves out', from: row.territoryName })),
    ...lists.owners.map((row) => ({ ...row, list: 'owners', from: row.fromName, to: row.toName })),
    ...lists.deals.map(({ name, stage, action, fromName, toName, accountId, accountName }) => ({
      list: 'open deals',
      accountId,
      accountName,
      what: `${name}, ${stage}${action === 'stay' ? `: ${stayText}` : ''}`,
      from: fromName,
      to: toName,
    })),
    ...lists.teamMembers.map(({ what, name, ...row }) => ({
      ...row,
      list: 'account teams',
      what: MEMBERS[what],
      to: name,
    })),
    ...lists.stamps.map((row) => ({ ...row, list: 'stamped codes', what: row.field })),
    ...lists.conflicts.map(({ byName, ...row }) => ({ ...row, list: 'conflicts', by: byName })),
    ...lists.kept.map(({ why, territoryName, ...row }) => ({
      ...row,
      list: 'not touched',
      what: why,
      from: territoryName,
    })),
    ...lists.unplaced.map(({ why, ...row }) => ({ ...row, list: 'no place', what: why })),
  ];
}
