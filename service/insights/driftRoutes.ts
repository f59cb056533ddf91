import { csvRow } from '../core/csv.ts';
import { defineRoute, FileAnswer, type Route } from '../http/routes.ts';
import type { Alerts } from './alerts.ts';
import { alertAnswer, alertRules, driftAnswer, driftQuery, type DriftAnswer } from './driftSchemas.ts';
import type { PlanDrift } from './planDrift.ts';
import type { TeamInsightPorts } from './ports.ts';
import { idParams } from './schemas.ts';

/** Ways into what has changed under a team's live plan, and who is told. A plan of the team says which team. */
export function driftRoutes(ports: TeamInsightPorts, { drift, alerts }: { drift: PlanDrift; alerts: Alerts }): Route[] {
  const ofPlan = { permission: 'reassign' as const, params: idParams };
  return [
    defineRoute({
      method: 'get',
      path: '/insights/:id/drift',
      summary: 'Which territories of the live plan left their range, why, and what waiting costs',
      ...ofPlan,
      query: driftQuery,
      response: driftAnswer,
      handle: async ({ params, query, user }) => drift.show((await ports.plan(user, params.id)).teamId, query.since),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/drift.csv',
      summary: 'The same, as CSV',
      ...ofPlan,
      query: driftQuery,
      handle: async ({ params, query, user }) =>
        driftFile(await drift.show((await ports.plan(user, params.id)).teamId, query.since)),
    }),
    defineRoute({
      method: 'get',
      path: '/insights/:id/alerts',
      summary: 'When somebody is told that the live plan drifts',
      ...ofPlan,
      response: alertAnswer,
      handle: async ({ params, user }) => alerts.show((await ports.plan(user, params.id)).teamId),
    }),
    defineRoute({
      method: 'put',
      path: '/insights/:id/alerts',
      summary: 'Say when somebody is told that the live plan drifts',
      permission: 'operate',
      params: idParams,
      body: alertRules,
      response: alertAnswer,
      handle: async ({ params, body, user }) => alerts.save(user, (await ports.plan(user, params.id)).teamId, body),
    }),
  ];
}

/** In the columns of the command line; what changed for everybody stands in the row (all). */
function driftFile({ planName, territories, nation }: DriftAnswer): FileAnswer {
  const head = csvRow(['territory', 'measure', 'before', 'after', 'demand', 'accounts', 'reps', 'parameters']);
  const row = (
    name: string,
    measure: string,
    { before, after, parts }: DriftAnswer['nation'][number] | DriftAnswer['territories'][number],
  ) => csvRow([name, measure, before, after, parts.demand, parts.accounts, parts.reps, parts.parameters]);
  const rows = [
    ...territories.map((one) =>
      row(one.name, one.measure === 'workloadHours' ? 'workload_of_target' : 'potential_of_target', one),
    ),
    ...nation.map((one) => row('(all)', one.measure, one)),
  ];
  return new FileAnswer(`${planName} drift.csv`, 'text/csv; charset=utf-8', head + rows.join(''));
}
