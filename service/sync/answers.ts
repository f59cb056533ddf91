import { z } from 'zod';

const id = z.string();
const account = { accountId: id, accountName: z.string() };

/** What a preview answers; the OpenAPI description is generated from it. */
export const previewAnswer = z.object({
  previewHash: z.string(),
  alignmentId: z.uuid(),
  version: z.int(),
  counts: z.object({
    add: z.int(),
    remove: z.int(),
    owners: z.int(),
    deals: z.int(),
    dealsStaying: z.int(),
    teamMembers: z.int(),
    restored: z.int(),
    stamps: z.int(),
    unchanged: z.int(),
    kept: z.int(),
    unplaced: z.int(),
    conflicts: z.int(),
  }),
  apiCalls: z.object({ needed: z.int(), used: z.int(), limit: z.int() }),
  add: z.array(
    z.object({
      ...account,
      zip: z.string().nullable(),
      territoryId: id,
      territoryName: z.string(),
      fromTerritoryName: z.string().nullable(),
    }),
  ),
  remove: z.array(z.object({ associationId: id, ...account, territoryId: id, territoryName: z.string() })),
  owners: z.array(z.object({ ...account, fromId: id, fromName: z.string().nullable(), toId: id, toName: z.string() })),
  deals: z.array(
    z.object({
      id,
      name: z.string(),
      ...account,
      stage: z.string(),
      amountUsd: z.number().nullable(),
      fromName: z.string(),
      toName: z.string(),
      action: z.enum(['stay', 'move']),
    }),
  ),
  kept: z.array(z.object({ ...account, territoryName: z.string(), why: z.enum(['rule-made', 'foreign']) })),
  unplaced: z.array(z.object({ ...account, zip: z.string().nullable(), why: z.string() })),
  teamMembers: z.array(z.object({ ...account, name: z.string(), what: z.enum(['add', 'remove', 'giveBack']) })),
  stamps: z.array(z.object({ ...account, field: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  structure: z.array(z.string()),
  conflicts: z.array(
    z.object({ ...account, what: z.string(), byName: z.string().nullable(), at: z.string().nullable() }),
  ),
  perRep: z.array(
    z.object({
      repId: id.nullable(),
      repName: z.string(),
      gains: z.int(),
      loses: z.int(),
      gainsSalesUsd: z.number(),
      losesSalesUsd: z.number(),
    }),
  ),
  warnings: z.array(z.string()),
});

export const publishAnswer = z.object({
  id: z.uuid(),
  kind: z.enum(['publish', 'takeBack']),
  alignmentId: z.uuid(),
  alignmentName: z.string(),
  teamId: id,
  state: z.enum(['queued', 'running', 'verifying', 'done', 'partial', 'failed']),
  progress: z.object({ done: z.int(), total: z.int(), phase: z.string() }),
  outcomes: z.object({ written: z.int(), alreadyThere: z.int(), failed: z.int(), skipped: z.int() }),
  failures: z.array(
    z.object({ ...account, what: z.string(), code: z.string(), message: z.string(), action: z.string() }),
  ),
  error: z.object({ code: z.string(), message: z.string(), action: z.string().nullable() }).nullable(),
  verified: z
    .object({
      checked: z.int(),
      asPlanned: z.int(),
      differences: z.array(z.string()),
      access: z.object({ asked: z.int(), of: z.int(), blind: z.int() }),
    })
    .nullable(),
  canTakeBack: z.boolean(),
  canGoOn: z.boolean(),
  origin: z.enum(['person', 'schedule']),
  apiCalls: z.int(),
  isPartOnly: z.boolean(),
  byName: z.string(),
  at: z.string(),
  finishedAt: z.string().nullable(),
});

export const publishesAnswer = z.object({ publishes: z.array(publishAnswer) });
export const startedAnswer = z.object({ id: z.uuid() });
export const dealStagesAnswer = z.object({ stages: z.array(z.string()) });
export const adoptAnswer = z.object({ adopted: z.int(), left: z.int() });

const takeBackLine = z.object({
  accountId: id,
  accountName: z.string(),
  what: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  message: z.string().nullable(),
});
export const takeBackAnswer = z.object({
  previewHash: z.string(),
  counts: z.array(z.object({ what: z.string(), n: z.int() })),
  undo: z.array(takeBackLine),
  stays: z.array(takeBackLine),
  total: z.object({ undo: z.int(), stays: z.int() }),
});

export const handoverAnswer = z.object({
  pairs: z.array(
    z.object({
      fromName: z.string().nullable(),
      toName: z.string().nullable(),
      accounts: z.int(),
      salesUsd: z.number(),
      openDeals: z.int(),
      openUsd: z.number(),
    }),
  ),
  rows: z.array(
    z.object({
      ...account,
      fromId: z.string().nullable(),
      toId: z.string().nullable(),
      fromName: z.string().nullable(),
      toName: z.string().nullable(),
      date: z.string(),
      salesUsd: z.number(),
      openDeals: z.array(
        z.object({ name: z.string(), amountUsd: z.number().nullable(), nextStep: z.string().nullable() }),
      ),
    }),
  ),
});

export const ownersAnswer = z.object({
  /** Who had the account on that day; null where nothing was known. */
  on: z.object({ territory: z.string().nullable(), owner: z.string().nullable(), date: z.string() }).nullable(),
  moves: z.array(
    z.object({
      at: z.string(),
      what: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      why: z.string().nullable(),
      planName: z.string(),
      /** Who approved the plan; null where nobody had to. */
      approvedBy: z.string().nullable(),
      byName: z.string(),
    }),
  ),
});
