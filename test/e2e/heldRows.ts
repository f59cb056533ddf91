import jsforce from 'jsforce';
import type { Demo } from '../../service/local/demo.ts';
import { associations, pairs } from './orgRows.ts';

/** Who has what in the CRM, as a client finds it that has nothing to do with the service. */
export interface Held {
  readonly owners: ReadonlyMap<string, string>;
  /** Names of who has the open deals, by deal. */
  readonly deals: ReadonlyMap<string, string>;
  readonly accountOfDeal: ReadonlyMap<string, string>;
  /** Account and territory, as `pairs` writes them. */
  readonly pairs: readonly string[];
}

type Org = Pick<Demo, 'orgUrl' | 'orgToken'>;
const ALL = { autoFetch: true, maxFetch: 200_000 };

const clientOf = ({ orgUrl, orgToken }: Org) =>
  new jsforce.Connection({ instanceUrl: orgUrl, accessToken: orgToken, version: '66.0' });

export async function heldBy(org: Org): Promise<Held> {
  const accounts = await clientOf(org).query<{ Id: string; OwnerId: string }>('SELECT Id, OwnerId FROM Account', ALL);
  const deals = await clientOf(org).query<{ Id: string; AccountId: string; Owner: { Name: string } }>(
    'SELECT Id, AccountId, Owner.Name FROM Opportunity WHERE IsClosed = false',
    ALL,
  );
  return {
    owners: new Map(accounts.records.map(({ Id, OwnerId }) => [Id, OwnerId])),
    deals: new Map(deals.records.map(({ Id, Owner }) => [Id, Owner.Name])),
    accountOfDeal: new Map(deals.records.map(({ Id, AccountId }) => [Id, AccountId])),
    pairs: pairs(await associations(org.orgUrl, org.orgToken)),
  };
}

/** Somebody else gives accounts to herself. */
export async function giveOwners(org: Org, userId: string, ids: readonly string[]): Promise<void> {
  const { Username } = (await clientOf(org).sobject('User').retrieve(userId)) as { Username: string };
  const other = new jsforce.Connection({ loginUrl: org.orgUrl, version: '66.0' });
  await other.login(Username, org.orgToken);
  const changes = ids.map((Id) => ({ Id, OwnerId: userId }));
  const results = await other.sobject('Account').update(changes, { headers: { 'Sforce-Auto-Assign': 'FALSE' } });
  const failed = results.filter(({ success }) => !success);
  if (failed.length > 0) throw new Error(`Not given: ${JSON.stringify(failed)}`);
}

/** Ids of the territories of a region. */
export async function regionOf(org: Org, name: string): Promise<Set<string>> {
  const { records } = await clientOf(org).query<{ Id: string }>(
    `SELECT Id FROM Territory2 WHERE ParentTerritory2.Name = '${name}'`,
    ALL,
  );
  return new Set(records.map(({ Id }) => Id));
}

/** What is held after everything was taken back that left these territories or came into them. */
export function withRegionBack(before: Held, after: Held, region: ReadonlySet<string>): Held {
  const [was, is] = [new Set(before.pairs), new Set(after.pairs)];
  const changed = [...before.pairs.filter((pair) => !is.has(pair)), ...after.pairs.filter((pair) => !was.has(pair))];
  const split = (pair: string) => pair.split(' ') as [string, string];
  const back = new Set(changed.map(split).flatMap(([account, territory]) => (region.has(territory) ? [account] : [])));
  const pick = <Value>(from: ReadonlyMap<string, Value>, to: ReadonlyMap<string, Value>, of = (id: string) => id) =>
    new Map([...to].map(([id, value]) => [id, back.has(of(id)) ? from.get(id)! : value]));
  return {
    owners: pick(before.owners, after.owners),
    deals: pick(before.deals, after.deals, (id) => after.accountOfDeal.get(id) ?? ''),
    accountOfDeal: after.accountOfDeal,
    pairs: [
      ...before.pairs.filter((pair) => back.has(split(pair)[0])),
      ...after.pairs.filter((pair) => !back.has(split(pair)[0])),
    ].sort(),
  };
}

/** What is held of everything but this account. */
export function without(held: Held, accountId: string): Held {
  const rest = <Value>(all: ReadonlyMap<string, Value>, of = (id: string) => id) =>
    new Map([...all].filter(([id]) => of(id) !== accountId));
  const ofDeal = (id: string) => held.accountOfDeal.get(id) ?? '';
  return {
    owners: rest(held.owners),
    deals: rest(held.deals, ofDeal),
    accountOfDeal: rest(held.accountOfDeal, ofDeal),
    pairs: held.pairs.filter((pair) => !pair.startsWith(accountId)),
  };
}
