import { z } from 'zod';
import { UNIT_ID } from '../core/ids.ts';

export const crmId = z.string().regex(/^[a-zA-Z0-9]{18}$/, 'an 18-character Salesforce id');
export const zip = z.string().regex(UNIT_ID, 'a five-digit ZIP, or C and a five-digit county code');
export const version = z.int().min(1);
/** One edit may name every unit of the country and no more. */
export const MAX_MOVES = 45_000;

export const idParams = z.object({ id: z.uuid() });
export const teamQuery = z.object({ team: crmId.optional() });

export const createBody = z.object({ teamId: crmId, name: z.string().trim().min(1).max(80), from: z.uuid() });

/** The country's 45,000 ZIPs and as many accounts, a line each; what is longer is no plan. */
export const MAX_PLAN_TEXT = 3_500_000;

export const planTextBody = z.object({
  teamId: crmId,
  text: z.string().min(1).max(MAX_PLAN_TEXT),
  /** The name in the text where none is given. */
  name: z.string().trim().min(1).max(80).optional(),
});

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

export const acceptBody = z.object({
  version,
  /** Which of several plans; the first unless told. */ plan: z.int().min(0).max(20).default(0),
});

export const saveAsDraftBody = z.object({
  name: z.string().trim().min(1).max(80),
  plan: z.int().min(0).max(20).default(0),
});

const changeOf = <S extends z.ZodType>(value: S) => z.object({ from: value, to: value }).optional();
/** A target share of 1 is a full seat; a new rep may have 0.7. */
export const [LEAST_SHARE, MOST_SHARE] = [0.1, 3];
const targetShare = z.number().min(LEAST_SHARE).max(MOST_SHARE);

/** What each change starts from is told, so that two people who change the same field find out. */
export const territoriesBody = z.object({
  version,
  changes: z
    .array(
      z.object({
        id: crmId,
        name: changeOf(z.string().trim().min(1).max(80)),
        repId: changeOf(crmId.nullable()),
        targetShare: changeOf(targetShare),
      }),
    )
    .min(1)
    .max(500),
});
export type TerritoryChange = z.output<typeof territoriesBody>['changes'][number];

export const sinceQuery = z.object({ since: z.coerce.number().int().min(0).default(0) });
export const planQuery = z.object({ version: z.coerce.number().int().min(1).optional() });
export const unitQuery = z.object({ unit: zip });
