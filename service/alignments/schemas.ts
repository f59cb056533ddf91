import { z } from 'zod';
import { MEASURES } from '../core/measures.ts';
import { PRESETS } from '../core/proposal.ts';

const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
const zip = z.string().regex(/^\d{5}$/, 'a five-digit ZIP or county code');
const version = z.int().min(1);
/** One edit may name every unit of the country and no more. */
const MAX_MOVES = 45_000;

export const idParams = z.object({ id: z.uuid() });
export const teamQuery = z.object({ team: crmId.optional() });

export const createBody = z.object({ teamId: crmId, name: z.string().trim().min(1).max(80), from: z.uuid() });

export const movesBody = z.object({
  version,
  moves: z.array(z.object({ unit: zip, from: crmId.nullable(), to: crmId.nullable() })).max(MAX_MOVES),
  overrides: z
    .array(z.object({ accountId: crmId, to: crmId.nullable() }))
    .max(5_000)
    .default([]),
  note: z.string().max(500).optional(),
});
export type MovesBody = z.output<typeof movesBody>;

export const locksBody = z.object({
  version,
  lockedUnits: z.array(zip).max(MAX_MOVES),
  lockedTerritories: z.array(crmId).max(5_000),
});

export const proposalBody = z.object({
  alignmentId: z.uuid(),
  version,
  preset: z.enum(PRESETS),
  measures: z
    .array(z.object({ name: z.enum(MEASURES), tolerance: z.number().min(0.01).max(1) }))
    .min(1)
    .max(3)
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'name each measure once')
    .default([
      { name: 'workloadHours', tolerance: 0.1 },
      { name: 'potentialUsd', tolerance: 0.15 },
    ]),
  limits: z
    .object({ accountsShare: z.number().min(0).max(1), salesShare: z.number().min(0).max(1) })
    .nullable()
    .default(null),
  keepUnits: z.array(zip).max(MAX_MOVES).default([]),
  seed: z.int().min(0).max(4_294_967_295).default(1),
});
export type ProposalBody = z.output<typeof proposalBody>;

export const acceptBody = z.object({ version });
