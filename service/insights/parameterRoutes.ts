import { z } from 'zod';
import { FULL_SEAT, seated, type PlanParameters } from '../core/planParameters.ts';
import { defineRoute, type Route } from '../http/routes.ts';
import { balanceAnswer } from './answers.ts';
import { balanceRows } from './balanceTable.ts';
import { callPlanShape, travelShape } from './parameters.ts';
import type { InsightMarket, InsightPlan, TeamInsightPorts } from './ports.ts';
import { roadFit } from './roadFit.ts';
import { idParams } from './schemas.ts';

const MAX_SEATS = 5_000;
const seatShape = z.strictObject({
  /** Full-time equivalents; a territory of two reps has 2. */
  fte: z.number().min(0).max(20),
  leaveWeeks: z.number().min(0).max(52),
  quotaUsd: z.number().min(0).max(1e12).nullable(),
});
const parametersShape = z.strictObject({
  callPlan: callPlanShape,
  travel: travelShape,
  seats: z
    .record(z.string().regex(/^[a-zA-Z0-9]{18}$/), seatShape)
    .refine((seats) => Object.keys(seats).length <= MAX_SEATS, `at most ${MAX_SEATS} seats`),
});

const defaultsShape = parametersShape.pick({ callPlan: true, travel: true });
const parametersAnswer = z.object({
  version: z.int(),
  /** Only drafts can be changed. */
  isDraft: z.boolean(),
  /** Whether figures can be fitted to roads. */
  hasRoads: z.boolean(),
  parameters: parametersShape,
  defaults: defaultsShape,
  territories: z.array(z.object({ id: z.string(), name: z.string(), repName: z.string().nullable() })),
});
const saveBody = z.object({ version: z.int().min(1), parameters: parametersShape });
const roadsBody = z.object({ travel: travelShape });
const roadsAnswer = z.object({
  /** Ways that were compared. */
  ways: z.int(),
  circuity: z.number(),
  errorBefore: z.number(),
  errorAfter: z.number(),
});
const previewBody = z.object({ parameters: parametersShape });

/** Ways into what the hours of a plan are made of: call plan, cases, travel, administration, seats and quotas. */
export function parameterRoutes(ports: TeamInsightPorts): Route[] {
  const ofPlan = { permission: 'reassign' as const, params: idParams };
  return [
    defineRoute({
      method: 'get',
      path: '/insights/:id/parameters',
      summary: 'What the hours of a plan are made of',
      ...ofPlan,
      response: parametersAnswer,
      handle: async ({ params, user }) => {
        const plan = await ports.plan(user, params.id);
        const market = await ports.market(plan);
        return {
          version: plan.version,
          isDraft: plan.state === 'draft',
          hasRoads: ports.roads !== null,
          parameters: parametersOf(plan, market),
          defaults: market.defaults,
          territories: plan.territories.map(({ id, name, repName }) => ({ id, name, repName })),
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/insights/:id/parameters/preview',
      summary: 'The balance of a plan as other parameters would make it; nothing is saved',
      ...ofPlan,
      body: previewBody,
      response: balanceAnswer,
      handle: async ({ params, body: { parameters }, user }) => {
        const plan = await ports.plan(user, params.id);
        const changed = { ...plan, parameters, territories: seated(plan.territories, plan.parameters, parameters) };
        const market = await ports.market(changed);
        const { source, suppressedShare } = market;
        return {
          planId: plan.id,
          planName: plan.name,
          source,
          suppressedShare,
          territories: balanceRows(changed, market),
        };
      },
    }),
    defineRoute({
      method: 'post',
      path: '/insights/:id/parameters/roads',
      summary: 'Road ÷ straight line as the routing server has it on the ways of this plan; nothing is saved',
      ...ofPlan,
      body: roadsBody,
      response: roadsAnswer,
      handle: async ({ params, body, user }) => roadFit(ports, await ports.plan(user, params.id), body.travel),
    }),
    defineRoute({
      method: 'put',
      path: '/insights/:id/parameters',
      summary: 'Save what the hours of a draft are made of',
      ...ofPlan,
      body: saveBody,
      response: z.object({ version: z.int() }),
      handle: ({ params, body, user }) => ports.saveParameters(user, params.id, body),
    }),
  ];
}

/** As they stand: those of the plan, else the defaults with a full seat for every territory. */
function parametersOf({ parameters, territories }: InsightPlan, { defaults }: InsightMarket): PlanParameters {
  const { callPlan, travel } = parameters ?? defaults;
  return {
    callPlan,
    travel,
    seats: Object.fromEntries(territories.map(({ id }) => [id, parameters?.seats[id] ?? FULL_SEAT])),
  };
}
