import { sql } from 'drizzle-orm';
import { Connection } from 'jsforce';
import type { LocalOrg } from '../../../service/local/org/org.ts';
import type { Store } from '../../../service/store/store.ts';
import { rowsOf } from './rowsOf.ts';
import { account, association } from '../../kit/smallOrg.ts';
import { A, B } from '../../kit/syncWorld.ts';
import type { Plan } from './world.ts';

/** Whether journal, ledger and log agree with the org: each row with an outcome, each refusal with its reason. */
export async function bookkeeping(world: { local: LocalOrg; store: Store; plan: Plan }): Promise<string[]> {
  return [...(await journal(world)), ...(await ledger(world)), ...(await log(world))];
}

async function journal({ store, plan }: { store: Store; plan: Plan }): Promise<string[]> {
  const rows = await rowsOf<{
    action: string;
    account_id: string;
    outcome: string;
    code: string;
    message: string;
  }>(store, sql`select action, account_id, outcome, code, message from publish_row`);
  const refused = new Set([...plan.refused].map(account));
  return rows.flatMap(({ action, account_id, outcome, code, message }) => {
    if (outcome === 'written' || outcome === 'alreadyThere') return [];
    if (outcome === 'planned' || outcome === 'unknown') return [`${action} of ${account_id} is ${outcome}`];
    if (!message) return [`${action} of ${account_id} has no reason`];
    const isFine = refused.has(account_id) || code === 'is_owner_now' || code === 'changed_since';
    return isFine ? [] : [`${action} of ${account_id} ${outcome}: ${code} ${message}`];
  });
}

async function ledger({ local, store, plan }: { local: LocalOrg; store: Store; plan: Plan }): Promise<string[]> {
  const conn = new Connection({ instanceUrl: local.url, accessToken: 'secret', version: '66.0' });
  const inCrm = await conn.query<{ Id: string }>(
    `SELECT Id FROM ObjectTerritory2Association WHERE Territory2Id IN ('${A}', '${B}') AND AssociationCause = 'Territory2Manual'`,
    { autoFetch: true, maxFetch: 1e9 },
  );
  const foreign = new Set(Array.from({ length: plan.size }, (_, k) => association(30_001 + k)));
  const there = new Set(inCrm.records.map(({ Id }) => Id).filter((id) => !foreign.has(id)));
  const rows = await rowsOf<{ record_id: string }>(
    store,
    sql`select record_id from row_ledger where kind = 'association' and removed_at is null`,
  );
  const ours = new Set(rows.map((row) => row.record_id));
  return [
    ...[...there].filter((id) => !ours.has(id)).map((id) => `${id} is ours and not in the ledger`),
    ...[...ours].filter((id) => !there.has(id)).map((id) => `the ledger knows ${id}, which is gone`),
  ];
}

async function log({ store }: { store: Store }): Promise<string[]> {
  const rows = await rowsOf<{ n: number }>(
    store,
    sql`
    select count(*)::int as n from publish_row r left join assignment_log l on l.publish_row_id = r.id
    where r.outcome = 'written' and r.account_id <> '' and l.id is null`,
  );
  return rows[0]?.n ? [`${rows[0].n} written rows are not in the log`] : [];
}
