import { z } from 'zod';
import { market, marketBody } from './markets.ts';

export const marketParams = z.object({ id: z.uuid() });
export const marketAnswer = market;
export const marketsAnswer = z.object({
  markets: z.array(market),
  /** The market that plans count under; null where there is none. */
  planMarketId: z.string().nullable(),
});
export const marketRequest = marketBody;
export const presetQuery = z.object({ preset: z.enum(['medtech', 'diagnostics']), snapshot: z.uuid() });

const size = { procedures: z.number(), suppressedShare: z.number() };
export const facetsAnswer = z.object({
  specialties: z.array(z.object({ name: z.string(), ...size })),
  codes: z.array(z.object({ code: z.string(), name: z.string(), family: z.string(), rule: z.string(), ...size })),
  sites: z.array(z.object({ code: z.string(), name: z.string(), ...size })),
  periods: z.array(z.object({ period: z.string(), first: z.string().nullable(), last: z.string().nullable() })),
  roles: z.array(marketBody.shape.role),
  laboratoryShare: z.number(),
});

export const versionParams = z.object({ id: z.uuid(), version: z.coerce.number().int().positive() });
export const versionsAnswer = z.object({
  versions: z.array(
    z.object({
      version: z.number(),
      savedAt: z.string().nullable(),
      savedBy: z.string().nullable(),
      market: marketBody.extend({ snapshotId: z.string() }),
    }),
  ),
});

export const fileQuery = z.object({ name: z.string().min(1).max(200) });
export const familiesAnswer = z.object({
  codes: z.number(),
  families: z.number(),
  setAside: z.array(z.object({ line: z.number(), reason: z.string() })),
});
