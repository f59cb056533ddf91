import { z } from 'zod';
import { DEFAULT_TOLERANCE } from '../core/balance.ts';

export const driftQuery = z.object({
  /** Against the plan as it went live, or as it was before the last change of anything. */
  since: z.enum(['live', 'last']).default('live'),
});
export type DriftSince = z.output<typeof driftQuery>['since'];

const tolerance = (usual: number) => z.number().min(0.01).max(1).default(usual);

export const alertRules = z.strictObject({
  isOn: z.boolean().default(false),
  /** A territory has left its range where it is off its target by more than this. */
  workload: tolerance(DEFAULT_TOLERANCE.workloadHours),
  potential: tolerance(DEFAULT_TOLERANCE.potentialUsd),
  /** Fewer than so many territories are nobody's alarm. */
  leastTerritories: z.int().min(1).max(1_000).default(1),
  /** Once told, nothing more is told for so many days. */
  quietDays: z.int().min(0).max(365).default(14),
});
export type AlertRules = z.output<typeof alertRules>;
export const alertAnswer = z.object({
  rules: alertRules,
  savedByName: z.string().nullable(),
  toldAt: z.iso.datetime().nullable(),
  /** How people are told: set with automatic sync. */
  ways: z.array(z.string()),
});

const parts = z.object({ demand: z.number(), accounts: z.number(), reps: z.number(), parameters: z.number() });
const caused = { before: z.number(), after: z.number(), parts };
const measure = z.enum(['workloadHours', 'potentialUsd']);

export const driftAnswer = z.object({
  planName: z.string(),
  /** What is compared with; null where the plan is watched from now on. */
  since: z.iso.datetime().nullable(),
  now: z.iso.datetime(),
  /** All territories together, in the unit of the measure. */
  nation: z.array(z.object({ measure, ...caused, change: z.number().nullable() })),
  /** Value ÷ target of every territory. */
  territories: z.array(z.object({ id: z.string(), name: z.string(), measure, ...caused, hasLeft: z.boolean() })),
  /** Sales a month, US dollars, that those who left do not reach while nothing is done. */
  waitingUsd: z.object({ low: z.number(), high: z.number() }),
  trend: z.array(
    z.object({
      at: z.iso.datetime(),
      points: z.array(
        z.object({
          id: z.string(),
          workloadOfTarget: z.number(),
          potentialOfTarget: z.number(),
          workloadHours: z.number(),
          potentialUsd: z.number(),
        }),
      ),
    }),
  ),
});
export type DriftAnswer = z.output<typeof driftAnswer>;
