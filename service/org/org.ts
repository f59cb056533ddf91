import type { UserId } from '../core/ids.ts';
import { OrgAccounts } from './accounts.ts';
import { OrgMapping } from './orgMapping.ts';
import { OrgConnection, type ApiBudget, type OrgAuth } from './connection.ts';
import { systemClock, type Clock } from './retry.ts';
import { OrgBulk } from './bulk.ts';
import { OrgExclusions } from './exclusions.ts';
import { OrgFeed } from './feed.ts';
import { OrgOpportunities } from './opportunities.ts';
import { OrgOwnership } from './ownership.ts';
import { OrgSetup } from './setup.ts';
import { OrgStructure } from './structure.ts';
import { OrgTasks } from './tasks.ts';
import { OrgTeams } from './teams.ts';
import { OrgTerritories } from './territories.ts';
import { OrgUsers } from './users.ts';

export interface OpenOrgOptions {
  loginUrl: string;
  auth: OrgAuth;
  apiVersion?: string;
  clock?: Clock;
}

const OF_TERRITORIES = [
  'activeModel',
  'territories',
  'territoryUsers',
  'associations',
  'deletedAssociations',
  'createAssociations',
  'deleteAssociations',
] as const;
const OF_STRUCTURE = [
  'createTerritories',
  'renameTerritories',
  'deleteTerritories',
  'memberships',
  'createMemberships',
  'deleteMemberships',
] as const;
const OF_ACCOUNTS = ['accounts', 'accountsById'] as const;
const OF_MAPPING = ['mapping', 'useMapping', 'suggestMapping', 'checkMapping'] as const;
const OF_OWNERSHIP = ['heldAccounts', 'userNames', 'setOwners', 'setStamps'] as const;
const OF_TEAMS = [
  'hasAccountTeams',
  'teamMembers',
  'manualShares',
  'createTeamMembers',
  'deleteTeamMembers',
  'createManualShares',
] as const;
const OF_OPPORTUNITIES = [
  'openOpportunities',
  'opportunitiesById',
  'openPipeline',
  'opportunityStages',
  'setOpportunities',
] as const;
const OF_BULK = ['openBulkJob', 'sendBulkRows', 'bulkJob', 'abortBulkJob', 'bulkResults'] as const;
const OF_FEED = ['changedSince'] as const;
const OF_TASKS = ['createTasks', 'tasksDone'] as const;
const OF_EXCLUSIONS = ['createExclusions', 'runRulesOn'] as const;
const OF_SETUP = ['timeZone', 'apiVersions', 'objectRights', 'userRights'] as const;
const OF_USERS = ['users', 'access', 'forgetAccess'] as const;

/** The CRM in the product's words. No jsforce type leaves this room, and every error is a BailiwickError. */
export interface Org
  extends
    Pick<OrgTerritories, (typeof OF_TERRITORIES)[number]>,
    Pick<OrgStructure, (typeof OF_STRUCTURE)[number]>,
    Pick<OrgAccounts, (typeof OF_ACCOUNTS)[number]>,
    Pick<OrgMapping, (typeof OF_MAPPING)[number]>,
    Pick<OrgOwnership, (typeof OF_OWNERSHIP)[number]>,
    Pick<OrgTeams, (typeof OF_TEAMS)[number]>,
    Pick<OrgOpportunities, (typeof OF_OPPORTUNITIES)[number]>,
    Pick<OrgBulk, (typeof OF_BULK)[number]>,
    Pick<OrgFeed, (typeof OF_FEED)[number]>,
    Pick<OrgTasks, (typeof OF_TASKS)[number]>,
    Pick<OrgExclusions, (typeof OF_EXCLUSIONS)[number]>,
    Pick<OrgSetup, (typeof OF_SETUP)[number]>,
    Pick<OrgUsers, (typeof OF_USERS)[number]> {
  orgId: string;
  orgName: string;
  /** The integration user: rows she wrote were written by this product, or by someone using her login. */
  userId: UserId;
  /** API calls of the last 24 hours, as the last reply told. */
  budget(): ApiBudget | undefined;
  /** Asks the org for its API calls of the last 24 hours. */
  limits(): Promise<ApiBudget>;
}

/** Spring '26; jsforce's own default is 50.0. */
const API_VERSION = '66.0';

/** Methods that can be taken off their object. */
function bound<T extends object, K extends keyof T>(target: T, keys: readonly K[]): Pick<T, K> {
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
    ...bound(new OrgTerritories(connection), OF_TERRITORIES),
    ...bound(new OrgStructure(connection), OF_STRUCTURE),
    ...bound(new OrgAccounts(connection, mapping), OF_ACCOUNTS),
    ...bound(mapping, OF_MAPPING),
    ...bound(new OrgOwnership(connection), OF_OWNERSHIP),
    ...bound(new OrgTeams(connection), OF_TEAMS),
    ...bound(new OrgOpportunities(connection), OF_OPPORTUNITIES),
    ...bound(new OrgBulk(connection), OF_BULK),
    ...bound(new OrgFeed(connection), OF_FEED),
    ...bound(new OrgTasks(connection), OF_TASKS),
    ...bound(new OrgExclusions(connection), OF_EXCLUSIONS),
    ...bound(new OrgSetup(connection), OF_SETUP),
    ...bound(new OrgUsers(connection, mapping), OF_USERS),
  };
}
