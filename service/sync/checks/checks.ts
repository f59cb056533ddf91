import { BailiwickError } from '../../core/errors.ts';
import { rightsChecks, worst, type SetupCheck } from '../../core/setupCheck.ts';
import { isTimeZone } from '../../core/wallClock.ts';
import { defineRoute, type Route } from '../../http/routes.ts';
import type { RequestUser } from '../../http/identity.ts';
import type { Org } from '../../org/org.ts';
import { checksAnswer } from './answers.ts';
import { NEEDS } from './needs.ts';

export type ChecksOrg = Pick<
  Org,
  | 'orgId'
  | 'orgName'
  | 'userId'
  | 'userNames'
  | 'limits'
  | 'activeModel'
  | 'timeZone'
  | 'apiVersions'
  | 'objectRights'
  | 'userRights'
>;

export interface ChecksDeps {
  readonly org: ChecksOrg;
  /** Exact origins of the pages that may call. */
  readonly origins: readonly string[];
  /** Whether an admin has confirmed the field mapping, and what of it does not fit the org. */
  mapping(): Promise<{ isConfirmed: boolean; problems: readonly { message: string }[] }>;
  readonly now: () => Date;
  /** Share of the org's daily API calls that may be used up before a publish stops. */
  readonly apiShare: number;
}

type Found = Omit<SetupCheck, 'name' | 'title'>;
const ok = (what: string): Found => ({ state: 'ok', what, click: null });

/** Everything between a fresh installation and the first publish, each with what to click where it is not right. */
export function createChecks(deps: ChecksDeps) {
  const { org } = deps;

  /** A check that cannot be made is not passed: what stopped it is what it says. */
  async function check(name: string, title: string, look: () => Promise<Found> | Found): Promise<SetupCheck> {
    try {
      return { name, title, ...(await look()) };
    } catch (error) {
      const known = error instanceof BailiwickError ? error : null;
      const what = known ? known.message : `It could not be checked: ${String(error)}`;
      return { name, title, state: 'bad', what, click: known?.action ?? null };
    }
  }

  return async (user: RequestUser) => {
    const checks = [...(await ofService(user)), ...(await ofLogin()), ...(await ofRights()), ...(await ofOrg())];
    return { checks, state: worst(checks), at: deps.now().toISOString() };
  };

  async function ofService(user: RequestUser): Promise<SetupCheck[]> {
    return [
      await check('service', 'Service', () => ok('The service answers.')),
      await check('cors', 'Pages that may call', () => originsCheck(deps.origins)),
      await check('token', 'Certificate and token', () => ok(`The token of ${user.name} was signed with a known key.`)),
      await check('sameOrg', 'One org', () =>
        user.orgId === org.orgId
          ? ok(`Pages and service are both of org ${org.orgId}.`)
          : {
              state: 'bad',
              what: `The pages are of org ${user.orgId}, the service of ${org.orgId}.`,
              click: 'Setup → Custom Metadata Types → Bailiwick Settings → Service URL',
            },
      ),
    ];
  }

  async function ofLogin(): Promise<SetupCheck[]> {
    return [
      await check('login', 'Integration login', async () => {
        const name = (await org.userNames([org.userId])).get(org.userId)?.name;
        return ok(`The service is logged in to ${org.orgName} as ${name ?? org.userId}.`);
      }),
      await check('apiVersion', 'API version', async () => {
        const { used, offered } = await org.apiVersions();
        if (offered.includes(used)) return ok(`Version ${used} is used and offered.`);
        return {
          state: 'bad',
          what: `The service asks for version ${used}; the org offers up to ${offered.at(-1) ?? 'none'}.`,
          click: 'Set BAILIWICK_ORG_API_VERSION of the service to a version that the org offers.',
        };
      }),
      await check('budget', 'API calls', async () => budgetCheck(await org.limits(), deps.apiShare)),
    ];
  }

  async function ofRights(): Promise<SetupCheck[]> {
    const found: SetupCheck[] = [];
    for (const need of NEEDS) {
      const name = `object ${need.object}`;
      const failed: SetupCheck[] = [];
      const rights = await org.objectRights(need.object).catch(async (error: unknown) => {
        failed.push(await check(name, need.label, () => Promise.reject(error)));
        return null;
      });
      found.push(...(failed.length > 0 ? failed : rightsChecks(need, rights)));
    }
    const user = await org.userRights().catch(() => null);
    const click = 'Setup → Permission Sets → Bailiwick Integration → System Permissions';
    const right = (
      name: string,
      title: string,
      more: { has: boolean | undefined; what: string; state: 'warn' | 'bad' },
    ) =>
      check(name, title, () =>
        more.has ? ok(`The integration user has "${title}".`) : { state: more.state, what: more.what, click },
      );
    return [
      ...found,
      await right('viewAll', 'View All (Accounts)', {
        has: user?.viewAll,
        what: 'The integration user may not view all accounts: those that she does not see are left out without a word.',
        state: 'bad',
      }),
      await right('transfer', 'Transfer Record', {
        has: user?.transfer,
        what: 'The integration user may not transfer records: owners of accounts that she does not own cannot be changed.',
        state: 'warn',
      }),
      await right('manageTerritories', 'Manage Territories', {
        has: user?.manageTerritories,
        what: 'The integration user may not manage territories: nothing can be published.',
        state: 'bad',
      }),
    ];
  }

  async function ofOrg(): Promise<SetupCheck[]> {
    return [
      await check('model', 'Active territory model', async () => ok(`"${(await org.activeModel()).name}" is active.`)),
      await check('mapping', 'Field mapping', () => mappingCheck(deps)),
      await check('timeZone', 'Time zone', async () => {
        const zone = await org.timeZone();
        if (isTimeZone(zone)) return ok(`Schedules are meant in ${zone}.`);
        const click = 'Setup → Company Information → Default Time Zone';
        return { state: 'warn', what: `The org's time zone "${zone}" is unknown; schedules are meant in UTC.`, click };
      }),
    ];
  }
}

function originsCheck(origins: readonly string[]): Found {
  if (origins.length === 0)
    return { state: 'bad', what: 'No page may call the service.', click: 'Set BAILIWICK_ORIGINS of the service.' };
  const isPlain = origins.some((origin) => origin.startsWith('http:') && !/\/\/(localhost|127\.)/.test(origin));
  const what = `These pages may call: ${origins.join(', ')}.`;
  if (!isPlain) return ok(what);
  return {
    state: 'warn',
    what: `${what} One of them is not encrypted.`,
    click: 'Set BAILIWICK_ORIGINS to https addresses.',
  };
}

function budgetCheck({ used, limit }: { used: number; limit: number }, apiShare: number): Found {
  const left = Math.max(0, Math.floor(limit * apiShare - used));
  const what = `${used} of ${limit} API calls of the last 24 hours are used; ${left} are left for publishing.`;
  if (left > limit * 0.1) return ok(what);
  return {
    state: left === 0 ? 'bad' : 'warn',
    what,
    click: 'Setup → Company Information → API Requests, Last 24 Hours',
  };
}

async function mappingCheck({ mapping }: ChecksDeps): Promise<Found> {
  const { isConfirmed, problems } = await mapping();
  const [first] = problems;
  const click = 'Bailiwick → Set-up → Field mapping';
  if (first)
    return { state: 'bad', what: `${problems.length} of the mapped fields do not fit: ${first.message}`, click };
  if (isConfirmed) return ok('Every mapped field is there, and somebody has confirmed the mapping.');
  return { state: 'warn', what: 'The mapping is guessed; nobody has confirmed it yet.', click };
}

export function checkRoutes(checks: ReturnType<typeof createChecks>): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/setup/checks',
      summary: 'What is set up and what is not, each with what to click',
      permission: 'operate',
      response: checksAnswer,
      handle: ({ user }) => checks(user),
    }),
  ];
}
