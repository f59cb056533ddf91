import { textPdf } from '../core/textPdf.ts';
import type { RequestUser } from '../http/identity.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import * as answers from './answers.ts';
import { auditSheet } from './auditSheet.ts';
import { createAudit } from './auditView.ts';
import { balanceCsv, balanceRows } from './balanceTable.ts';
import { leadsCsv, leadsOf, presentLeads } from './leads.ts';
import { parameterRoutes } from './parameterRoutes.ts';
import type { InsightMarket, InsightPlan, TeamInsightPorts } from './ports.ts';
import { auditBody, auditQuery, idParams, leadsQuery, sizeQuery, whiteSpaceQuery } from './schemas.ts';
import { sizeCsv, sizeView } from './sizeView.ts';
import { createWhiteSpace } from './whiteSpaceView.ts';
import { yieldView } from './yieldView.ts';

/** Decisions about a team are for those who manage one: never for reps. */
const OF_PLAN = { permission: 'reassign' as const, params: idParams };

/** Ways into what a plan says about the field force: balance, white space, size, audit, expected sales. */
export function insightRoutes(ports: TeamInsightPorts, now: () => Date): Route[] {
  const space = createWhiteSpace(ports);
  const audit = createAudit(ports, { space, now });
  const { geography } = ports;
  const both = async (user: RequestUser, id: string): Promise<{ plan: InsightPlan; market: InsightMarket }> => {
    const plan = await ports.plan(user, id);
    return { plan, market: await ports.market(plan) };
  };
  return [
    defineRoute({
      method: 'get',
      path: '/insights/:id/balance',
      summary: 'Every territory of a plan against its targets: hours by part, money, people, confidence',
      ...OF_PLAN,
      response: answers.balanceAnswer,
      handle: async ({ params, user }) => {
        const { plan, market } = await both(user, params.id);
        const { source, suppressedShare } = market;
        const territories = balanceRows(plan, market);
        return { planId: plan.id, planName: plan.name, source, suppressedShare, territories };
      },
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/balance.csv',
      summary: 'The balance of a plan, as CSV',
      ...OF_PLAN,
      handle: async ({ params, user }) => {
        const { plan, market } = await both(user, params.id);
        return balanceCsv(plan, market);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/size',
      summary: 'Heads against work by region, and whom to hire, merge or split',
      ...OF_PLAN,
      query: sizeQuery,
      response: answers.sizeAnswer,
      handle: async ({ params, query, user }) => sizeView({ ...(await both(user, params.id)), geography }, query),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/size.csv',
      summary: 'Whom to hire, merge or split, as CSV',
      ...OF_PLAN,
      query: sizeQuery,
      handle: async ({ params, query, user }) => sizeCsv({ ...(await both(user, params.id)), geography }, query),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/yield',
      summary: 'Expected sales effect of a plan against today, as a band with its assumptions',
      ...OF_PLAN,
      response: answers.yieldAnswer,
      handle: async ({ params, user }) => {
        const { plan, market } = await both(user, params.id);
        const live = (await ports.live(plan.teamId)) ?? plan;
        return yieldView(live, plan, { live: await ports.market(live), draft: market });
      },
    }),
    ...whiteSpaceRoutes(ports, space),
    ...parameterRoutes(ports),
    defineRoute({
      method: 'post',
      path: '/insights/:id/audit',
      summary: 'How fair a map is, what it leaves uncovered, what a good plan would gain; ask again until it is done',
      ...OF_PLAN,
      body: auditBody,
      response: answers.auditAnswer,
      handle: ({ params, body, user }) => audit.ask(user, params.id, body),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/audit.pdf',
      summary: 'An audit that is done, as one page to print',
      ...OF_PLAN,
      query: auditQuery,
      handle: async ({ params, query, user }) => {
        await ports.plan(user, params.id);
        const found = audit.known(params.id, query.audit);
        const footer = `${found.planName}, ${found.at.slice(0, 10)}`;
        return new FileAnswer(`${found.planName} audit.pdf`, 'application/pdf', textPdf(auditSheet(found), footer));
      },
    }),
  ];
}

function whiteSpaceRoutes(ports: TeamInsightPorts, space: ReturnType<typeof createWhiteSpace>): Route[] {
  const { geography } = ports;
  const ofSpace = { ...OF_PLAN, query: whiteSpaceQuery };
  return [
    defineRoute({
      method: 'get',
      path: '/insights/:id/white-space',
      summary: 'Pockets of demand that nobody works under a plan, most dollars first',
      ...ofSpace,
      response: answers.whiteSpaceAnswer,
      handle: async ({ params, query, user }) => space.present(await space.found(user, params.id, query)),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/white-space.csv',
      summary: 'The same pockets, as CSV',
      ...ofSpace,
      handle: async ({ params, query, user }) => space.csv(await space.found(user, params.id, query)),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/white-space.geojson',
      summary: 'The same pockets with their outlines, as GeoJSON',
      ...ofSpace,
      handle: async ({ params, query, user }) => space.geoJson(await space.found(user, params.id, query)),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/leads',
      summary: 'What leads and accounts a pocket would give; nothing is written',
      ...OF_PLAN,
      query: leadsQuery,
      response: answers.leadsAnswer,
      handle: async ({ params, query: { pocket, ...query }, user }) =>
        presentLeads(leadsOf(await space.found(user, params.id, query), pocket, { view: space, geography })),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/leads.csv',
      summary: 'The whole list of these leads and accounts, as CSV to import by hand',
      ...OF_PLAN,
      query: leadsQuery,
      handle: async ({ params, query: { pocket, ...query }, user }) => {
        const found = await space.found(user, params.id, query);
        return leadsCsv(leadsOf(found, pocket, { view: space, geography }), pocket);
      },
    }),
  ];
}
