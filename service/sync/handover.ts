import { csvRow } from '../core/csv.ts';
import { FileAnswer } from '../http/routes.ts';
import type { JournalRow } from './journalStore.ts';
import type { PublishableAlignment } from './ports.ts';
import type { Publish } from './store.ts';

export interface HandoverRow {
  readonly accountId: string;
  readonly accountName: string;
  /** Users; null for nobody. */
  readonly fromId: string | null;
  readonly toId: string | null;
  readonly fromName: string | null;
  readonly toName: string | null;
  readonly date: string;
  readonly salesUsd: number;
  readonly openDeals: readonly { name: string; amountUsd: number | null; nextStep: string | null }[];
}

interface Rep {
  readonly id: string | null;
  readonly name: string | null;
}
const nobody = (name: string | null): Rep => ({ id: null, name });

/**
 * Accounts that change rep, one row each: by the change of owner, else by the reps of the two territories. Sales of twelve
 * months and open deals are those of the day of the plan.
 */
export function handoverRows(
  publish: Publish,
  rows: readonly JournalRow[],
  plans: readonly PublishableAlignment[],
): HandoverRow[] {
  const repOf = new Map<string, Rep>(
    plans.flatMap(({ territories }) =>
      territories.map(({ id, repId, repName }) => [id, { id: repId, name: repName }] as const),
    ),
  );
  const done = rows.filter(({ outcome }) => outcome === 'written' || outcome === 'alreadyThere');
  const found = new Map<string, HandoverRow>();
  const add = (row: JournalRow, from: Rep, to: Rep) => {
    const [fromName, toName] = [from.name, to.name];
    if (fromName === toName || found.has(row.accountId)) return;
    found.set(row.accountId, {
      accountId: row.accountId,
      accountName: row.accountName,
      fromId: from.id,
      toId: to.id,
      fromName,
      toName,
      date: (row.at ?? publish.at).toISOString().slice(0, 10),
      salesUsd: row.details?.salesUsd ?? 0,
      openDeals: row.details?.openDeals ?? [],
    });
  };
  for (const row of done)
    if (row.action === 'setOwner') add(row, { id: row.fromId, name: row.fromName }, { id: row.toId, name: row.toName });
  for (const row of done)
    if (row.action === 'addAssociation' && row.fromId !== null)
      add(row, repOf.get(row.fromId) ?? nobody(row.fromName), repOf.get(row.toId ?? '') ?? nobody(row.toName));
  return [...found.values()].sort(
    (a, b) =>
      String(a.fromName).localeCompare(String(b.fromName)) ||
      String(a.toName).localeCompare(String(b.toName)) ||
      b.salesUsd - a.salesUsd,
  );
}

const amountOf = (rows: readonly HandoverRow[]): number =>
  rows.flatMap(({ openDeals }) => openDeals).reduce((sum, { amountUsd }) => sum + (amountUsd ?? 0), 0);

/** The list for a screen: each pair of reps with its sums, and the rows. */
export function presentHandover(rows: readonly HandoverRow[]) {
  const pairs = [...Map.groupBy(rows, ({ fromName, toName }) => `${fromName}\n${toName}`).values()].map((list) => ({
    fromName: list[0]?.fromName ?? null,
    toName: list[0]?.toName ?? null,
    accounts: list.length,
    salesUsd: list.reduce((sum, { salesUsd }) => sum + salesUsd, 0),
    openDeals: list.reduce((sum, { openDeals }) => sum + openDeals.length, 0),
    openUsd: amountOf(list),
  }));
  return { pairs, rows };
}

export function handoverFile(publish: Publish, rows: readonly HandoverRow[]): FileAnswer {
  const head = [
    'from',
    'to',
    'account_id',
    'account',
    'date',
    'sales_12_months_usd',
    'open_deals',
    'open_deals_usd',
    'deals',
  ];
  const lines = rows.map((row) =>
    csvRow([
      row.fromName,
      row.toName,
      row.accountId,
      row.accountName,
      row.date,
      row.salesUsd,
      row.openDeals.length,
      amountOf([row]),
      row.openDeals.map(({ name, nextStep }) => (nextStep ? `${name} (next: ${nextStep})` : name)).join('; '),
    ]),
  );
  const name = `handover-${publish.at.toISOString().slice(0, 10)}.csv`;
  return new FileAnswer(name, 'text/csv; charset=utf-8', csvRow(head) + lines.join(''));
}
