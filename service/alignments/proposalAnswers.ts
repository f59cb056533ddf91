import { z } from 'zod';
import { MEASURES } from '../core/measures.ts';
import { row, version } from './answers.ts';

const move = z.object({
  units: z.array(z.string()),
  fromId: z.string().nullable(),
  fromName: z.string().nullable(),
  toId: z.string().nullable(),
  toName: z.string().nullable(),
  sentence: z.string(),
  workloadHours: z.number(),
  potentialUsd: z.number(),
  salesUsd: z.number(),
  accounts: z.number(),
  /** Change of all driving in hours a year. */
  travelHours: z.number(),
  /** Territories on target after this move and those before it. */
  onTarget: z.int(),
});

const result = z.object({
  moves: z.array(move),
  before: z.array(row),
  after: z.array(row),
  onTargetBefore: z.int(),
  onTargetAfter: z.int(),
  accountsShare: z.number(),
  salesShare: z.number(),
  /** Null where the limit was not asked for, or the CRM does not tell. */
  pipelineShare: z.number().nullable(),
  /** Null for a few moves: they are not proved against a bound. */
  objective: z.number().nullable(),
  bound: z.number().nullable(),
  stopped: z.boolean(),
  owners: z.array(z.int()),
  outside: z.array(z.object({ territory: z.string(), cause: z.string(), proof: z.boolean() })),
  /** Counties in more than one territory, where they were asked to stay whole. */
  counties: z.object({ before: z.int(), after: z.int() }).nullable(),
  /** Every rule on least and most at every territory that it is about; absent in results of earlier versions. */
  bounds: z
    .array(
      z.object({
        territory: z.string(),
        measure: z.enum(MEASURES),
        min: z.number().nullable(),
        max: z.number().nullable(),
        value: z.number(),
        isKept: z.boolean(),
        isNamed: z.boolean(),
      }),
    )
    .optional(),
  /** A territory that the plan does not have yet, with its best centre. */
  added: z
    .object({
      id: z.string(),
      name: z.string(),
      zip: z.string(),
      place: z.string(),
      givers: z.array(
        z.object({ name: z.string(), accounts: z.number(), salesUsd: z.number(), workloadHours: z.number() }),
      ),
    })
    .nullable(),
  notes: z.array(z.string()),
});

const figures = z.object({
  onTarget: z.int(),
  accountsShare: z.number(),
  salesShare: z.number(),
  travelHours: z.number(),
  /** Coefficient of variation of the hours against their targets. */
  spread: z.number(),
});

const tradeOff = z.object({
  territories: z.int(),
  today: figures,
  /** Fewest changes first. */
  plans: z.array(figures.extend({ name: z.string(), owners: z.array(z.int()) })),
  stopped: z.boolean(),
});

export const proposalAnswer = z.object({
  id: z.uuid(),
  alignmentId: z.uuid(),
  version,
  state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed']),
  progress: z.object({ phase: z.string(), share: z.number(), onTarget: z.int(), territories: z.int() }),
  error: z.object({ message: z.string(), action: z.string().nullable() }).nullable(),
  result: result.nullable(),
  tradeOff: tradeOff.nullable(),
});
