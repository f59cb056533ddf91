import type { UserId } from '../core/ids.ts';
import { OrgAccounts } from './accounts.ts';
import { OrgMapping } from './orgMapping.ts';
import { OrgConnection, type ApiBudget, type OrgAuth } from './connection.ts';
import { systemClock, type Clock } from './retry.ts';
import { OrgTerritories } from './territories.ts';
import { OrgUsers } from './users.ts';

export interface OpenOrgOptions {
  loginUrl: string;
  auth: OrgAuth;
  apiVersion?: string;
  clock?: Clock;
}

/** The CRM in the product's words. No jsforce type leaves this room, and every error is a BailiwickError. */
export interface Org {
  orgId: string;
  orgName: string;
  /** The integration user: rows she wrote were written by this product, or by someone using her login. */
  userId: UserId;
  /** API calls of the last 24 hours, as the last reply told. */
  budget(): ApiBudget | undefined;
  /** Asks the org for its API calls of the last 24 hours. */
  limits(): Promise<ApiBudget>;
  activeModel: OrgTerritories['activeModel'];
  territories: OrgTerritories['territories'];
  territoryUsers: OrgTerritories['territoryUsers'];
  associations: OrgTerritories['associations'];
  createAssociations: OrgTerritories['createAssociations'];
  deleteAssociations: OrgTerritories['deleteAssociations'];
  /** What queries use: the confirmed mapping, else the guess, without fields that are not there. */
  mapping: OrgMapping['mapping'];
  useMapping: OrgMapping['useMapping'];
  suggestMapping: OrgMapping['suggestMapping'];
  checkMapping: OrgMapping['checkMapping'];
  accounts: OrgAccounts['accounts'];
  accountsById: OrgAccounts['accountsById'];
  openOpportunities: OrgAccounts['openOpportunities'];
  openPipeline: OrgAccounts['openPipeline'];
  opportunitiesById: OrgAccounts['opportunitiesById'];
  setOwners: OrgAccounts['setOwners'];
  setOpportunities: OrgAccounts['setOpportunities'];
  users: OrgUsers['users'];
  access: OrgUsers['access'];
  forgetAccess: OrgUsers['forgetAccess'];
}

/** Spring '26; jsforce's own default is 50.0. */
const API_VERSION = '66.0';

/** Methods that can be taken off their object. */
function bound<T extends object, K extends keyof T>(target: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(
    keys.map((key) => [key, (target[key] as (...values: unknown[]) => unknown).bind(target)]),
  ) as Pick<T, K>;
}

/** Logs in and learns which org this is. @throws org_unreachable, org_refused */
export async function openOrg(options: OpenOrgOptions): Promise<Org> {
  const { loginUrl, auth, apiVersion = API_VERSION, clock = systemClock } = options;
  const connection = new OrgConnection({ loginUrl: loginUrl.replace(/\/$/, ''), auth, apiVersion, clock });
  await connection.open();
  const mapping = new OrgMapping(connection);
  const name = (await connection.callIfThere({
    method: 'GET',
    url: `/sobjects/Organization/${connection.identity.orgId}?fields=Name`,
  })) as { Name?: string } | undefined;
  return {
    ...connection.identity,
    orgName: name?.Name ?? connection.host,
    budget: () => connection.budget,
    limits: async () => {
      const { DailyApiRequests } = (await connection.call({ method: 'GET', url: '/limits' })) as {
        DailyApiRequests: { Max: number; Remaining: number };
      };
      return { used: DailyApiRequests.Max - DailyApiRequests.Remaining, limit: DailyApiRequests.Max };
    },
    ...bound(
      new OrgTerritories(connection),
      'activeModel',
      'territories',
      'territoryUsers',
      'associations',
      'createAssociations',
      'deleteAssociations',
    ),
    ...bound(
      new OrgAccounts(connection, mapping),
      'accounts',
      'accountsById',
      'openOpportunities',
      'openPipeline',
      'opportunitiesById',
      'setOwners',
      'setOpportunities',
    ),
    ...bound(mapping, 'mapping', 'useMapping', 'suggestMapping', 'checkMapping'),
    ...bound(new OrgUsers(connection, mapping), 'users', 'access', 'forgetAccess'),
  };
}
