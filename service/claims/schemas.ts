import { z } from 'zod';

const reason = z.object({ reason: z.string(), rows: z.number(), lines: z.array(z.number()) });

export const reportAnswer = z.object({
  id: z.string(),
  file: z.string(),
  layout: z.string(),
  layoutName: z.string(),
  contentHash: z.string().default(''),
  importedAt: z.string(),
  period: z.string(),
  rowsRead: z.number(),
  rowsKept: z.number(),
  rowsSetAside: z.number(),
  setAside: z.array(reason),
  repaired: z.array(reason),
  cells: z.number(),
  guarded: z.object({ cells: z.number(), below: z.number(), imputed: z.number() }),
  columns: z.array(z.object({ field: z.string(), column: z.string() })).default([]),
  unusedColumns: z.array(z.string()),
  notes: z.array(z.string()).default([]),
  warnings: z.array(z.string()),
  alreadyThere: z.boolean(),
});
export const importAnswer = z.object({ id: z.string(), report: reportAnswer });
export const importsAnswer = z.object({
  imports: z.array(reportAnswer.extend({ countedBy: z.array(z.string()) })),
});
export const mappingsAnswer = z.object({
  mappings: z.array(
    z.object({
      name: z.string(),
      savedAt: z.string(),
      columns: z.record(z.string(), z.string()),
      constants: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
