import { csvRow } from '../core/csv.ts';
import type { RequestUser } from '../http/identity.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import { noCorrection, type ListedCorrection } from './corrections.ts';
import { importRoutes } from './importRoutes.ts';
import { notFound } from './lookup.ts';
import type { RegistryPorts } from './ports.ts';
import { noAccount, type MatchState, type QueueEntry } from './queue.ts';
import type { Registry } from './registry.ts';
import * as schemas from './schemas.ts';

export type RoutePorts = Pick<RegistryPorts, 'visibleZips' | 'readable'>;

/** Fixed words come before /registry/:id, which would take them for keys. */
export function registryRoutes(registry: Registry, ports: RoutePorts): Route[] {
  return [
    ...importRoutes(registry),
    ...matchRoutes(registry, ports),
    ...correctionRoutes(registry, ports),
    ...recordRoutes(registry, ports),
  ];
}

function matchRoutes({ queue }: Registry, ports: RoutePorts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/registry/matches',
      summary: 'CRM accounts and the records that they are or may be: what to review, what is matched, what is not',
      permission: 'reassign',
      query: schemas.matchesQuery,
      response: schemas.matchesAnswer,
      handle: async ({ query: { state, offset, limit }, user }) => {
        const entries = await readableEntries(await queue.entries(), user, ports);
        const counts: Record<MatchState, number> = { matched: 0, toReview: 0, rejected: 0, none: 0 };
        for (const entry of entries) counts[entry.state]++;
        const wanted = entries.filter((entry) => entry.state === state);
        return { counts, matches: wanted.slice(offset, offset + limit), total: wanted.length, offset };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/registry/matches/:id/decide',
      summary: 'Accepts or rejects a record for an account, names one by hand, or takes the decision back',
      permission: 'reassign',
      params: schemas.accountParams,
      body: schemas.decideBody,
      response: schemas.entryAnswer,
      handle: async ({ params, body, user }) => {
        if (!(await ports.readable(user, [params.id])).has(params.id)) throw noAccount(params.id);
        return queue.decide(user, params.id, body);
      },
    }),
  ];
}

/** An account that the user may not see in the CRM is not named, nor counted. */
async function readableEntries(
  entries: readonly QueueEntry[],
  user: RequestUser,
  ports: RoutePorts,
): Promise<QueueEntry[]> {
  const readable = await ports.readable(
    user,
    entries.map(({ account }) => account.id),
  );
  return entries.filter(({ account }) => readable.has(account.id));
}

function correctionRoutes(registry: Registry, ports: RoutePorts): Route[] {
  const { corrections } = registry;
  const seen = async (user: RequestUser): Promise<ListedCorrection[]> => {
    const visible = await ports.visibleZips(user);
    return (await corrections.list()).filter(({ zip }) => visible === 'all' || (zip !== null && visible.has(zip)));
  };
  return [
    defineRoute({
      method: 'get',
      path: '/registry/corrections',
      summary: 'What managers corrected: volumes and limited access, with reason, date and effect; ended ones too',
      permission: 'view',
      response: schemas.correctionsAnswer,
      handle: async ({ user }) => ({ corrections: await seen(user) }),
    }),
    defineRoute({
      method: 'get',
      path: '/registry/corrections.csv',
      summary: 'The same as a file',
      permission: 'view',
      handle: async ({ user }) => {
        const text = csvRow(COLUMNS) + (await seen(user)).map((each) => csvRow(cells(each))).join('');
        return new FileAnswer('corrections.csv', 'text/csv; charset=utf-8', text);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/registry/corrections/:id/end',
      summary: 'Ends a correction: it stays in the list with its date',
      permission: 'reassign',
      params: schemas.idParams,
      body: schemas.endBody,
      response: schemas.correctionAnswer,
      handle: async ({ params, body, user }) => {
        if (!(await seen(user)).some(({ id }) => id === params.id)) throw noCorrection();
        return corrections.end(user, params.id, body.reason);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/registry/:id/corrections',
      summary: "Corrects a provider's or facility's volume, or marks its access as limited",
      permission: 'reassign',
      params: schemas.keyParams,
      body: schemas.correctionBody,
      response: schemas.correctionAnswer,
      status: 201,
      handle: async ({ params, body, user }) => {
        await requireSeen(registry, ports, { user, key: params.id });
        return corrections.add(user, params.id, body);
      },
    }),
  ];
}

async function requireSeen(
  registry: Registry,
  ports: RoutePorts,
  { user, key }: { user: RequestUser; key: string },
): Promise<void> {
  const visible = await ports.visibleZips(user);
  if (visible === 'all') return;
  const zip = (await registry.namesOf([key.toUpperCase()])).get(key.toUpperCase())?.zip;
  if (!zip || !visible.has(zip)) throw notFound(key);
}

const COLUMNS = ['key', 'name', 'zip', 'kind', 'factor', 'reason', 'by', 'at', 'ended_at', 'ended_by', 'ended_reason', 'procedures_before', 'procedures_after', 'market_potential_usd_before', 'market_potential_usd_after']; // prettier-ignore

const cents = (figure: number) => Math.round(figure * 100) / 100;

function cells({ effect, ...row }: ListedCorrection): (string | number | null)[] {
  const told = [row.key, row.name, row.zip, row.kind, row.factor, row.reason, row.byName, row.at];
  const ended = [row.endedAt, row.endedByName, row.endedReason];
  const changed = effect
    ? [effect.proceduresBefore, effect.proceduresAfter, effect.opportunityUsdBefore, effect.opportunityUsdAfter].map(
        cents,
      )
    : [null, null, null, null];
  return [...told, ...ended, ...changed];
}

function recordRoutes(registry: Registry, ports: RoutePorts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/registry/search',
      summary: 'Providers and facilities by NPI, CCN or words of name and city, page by page',
      permission: 'view',
      query: schemas.searchQuery,
      response: schemas.searchAnswer,
      handle: async ({ query, user }) => {
        const { q, kind, state, offset, limit } = query;
        const searching = { text: q, kinds: kind ? [kind] : [], state: state?.toUpperCase() ?? null, offset, limit };
        return { ...(await registry.search({ ...searching, zips: await ports.visibleZips(user) })), offset };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/registry/specialties',
      summary: "Taxonomy codes by words of their specialty, from the user's own NUCC list",
      permission: 'view',
      query: schemas.specialtiesQuery,
      response: schemas.specialtiesAnswer,
      handle: async ({ query }) => ({ specialties: await registry.taxonomyCodesNamed(query.q) }),
    }),
    defineRoute({
      method: 'get',
      path: '/registry/:id',
      summary:
        'One provider or facility by NPI or CCN: sources, specialties, affiliations, volumes by site, corrections',
      permission: 'view',
      params: schemas.keyParams,
      response: schemas.pageAnswer,
      handle: ({ params, user }) => registry.page(user, params.id),
    }),
  ];
}
