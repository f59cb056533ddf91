import { z } from 'zod';
import { market, marketBody } from './markets.ts';

export const marketParams = z.object({ id: z.uuid() });
export const marketAnswer = market;
export const marketsAnswer = z.object({ markets: z.array(market) });
export const marketRequest = marketBody;
export const presetQuery = z.object({ preset: z.enum(['medtech', 'diagnostics']), snapshot: z.uuid() });

export const facetsAnswer = z.object({
  specialties: z.array(z.object({ name: z.string(), procedures: z.number() })),
  codes: z.array(
    z.object({ code: z.string(), name: z.string(), family: z.string(), rule: z.string(), procedures: z.number() }),
  ),
  sites: z.array(z.object({ code: z.string(), name: z.string(), procedures: z.number() })),
});
