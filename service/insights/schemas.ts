import { z } from 'zod';
import { DEFAULT_SIZE_LIMITS } from '../core/sizing.ts';
import { DEFAULT_FALSE_DISCOVERY } from '../core/whiteSpace.ts';

export const idParams = z.object({ id: z.uuid() });

export const whiteSpaceQuery = z.object({
  /** Activity before this day does not count; a year before the newest one unless told. */
  since: z.iso.date().optional(),
  /** Share of false finds that is accepted. */
  falseDiscovery: z.coerce.number().min(0.0001).max(0.5).default(DEFAULT_FALSE_DISCOVERY),
});
export type WhiteSpaceQuery = z.output<typeof whiteSpaceQuery>;

export const leadsQuery = whiteSpaceQuery.extend({ pocket: z.coerce.number().int().min(1).max(10_000) });

const share = (usual: number) => z.coerce.number().min(0).max(3).default(usual);
const MONEY = ['margin', 'cost', 'responseLow', 'responseHigh'] as const;

export const sizeQuery = z
  .object({
    mergeBelow: share(DEFAULT_SIZE_LIMITS.mergeBelow),
    overloaded: share(DEFAULT_SIZE_LIMITS.overloaded),
    /** Contribution margin of a dollar of sales. */
    margin: z.coerce.number().min(0).max(1).optional(),
    /** Loaded cost of a rep in a year, US dollars. */
    cost: z.coerce.number().min(1).max(1e9).optional(),
    /** Elasticity of sales to hours. */
    responseLow: z.coerce.number().min(0).max(2).optional(),
    responseHigh: z.coerce.number().min(0).max(2).optional(),
    /** Share of the effect left in the second and third year. */
    second: z.coerce.number().min(0).max(1).default(0),
    third: z.coerce.number().min(0).max(1).default(0),
  })
  .refine((query) => new Set(MONEY.map((part) => query[part] === undefined)).size === 1, {
    message: 'a return needs margin, cost, responseLow and responseHigh together',
    path: ['margin'],
  })
  .refine(({ responseLow = 0, responseHigh = 0 }) => responseLow <= responseHigh, {
    message: 'must not be above responseHigh',
    path: ['responseLow'],
  });
export type SizeQuery = z.output<typeof sizeQuery>;

export const auditBody = z.object({
  /** The plan, or the map that the owners of the accounts make. */
  basis: z.enum(['plan', 'owners']).default('plan'),
});
export type AuditBody = z.output<typeof auditBody>;

export const auditQuery = z.object({ audit: z.string().regex(/^[0-9a-f]{32}$/) });
