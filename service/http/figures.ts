import { z } from 'zod';

/** Figures of one territory as every slice answers them; hours and dollars a year (core/measures.ts). */
export const territoryFigures = z.object({
  units: z.int(),
  workloadHours: z.number(),
  callHours: z.number(),
  caseHours: z.number(),
  travelHours: z.number(),
  administrationHours: z.number(),
  potentialUsd: z.number(),
  salesUsd: z.number(),
  headroomUsd: z.number(),
  providers: z.number(),
  accounts: z.number(),
  procedures: z.number(),
  utilization: z.number(),
  band: z.enum(['under-used', 'healthy', 'stretched', 'overloaded']),
});
