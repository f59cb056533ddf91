import { z } from 'zod';
import { ACCOUNT_CLASSES, ACCOUNT_ROLES, USER_ROLES } from '../org/mapping.ts';

/** A field path as SOQL takes it; nothing else reaches a query. */
const path = z.string().regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/, 'a Salesforce field name');
const fields = z.array(path).max(3);
const rules = z.array(z.object({ field: path, values: z.array(z.string().max(255)).min(1).max(100) })).max(10);

export const mappingSchema = z.object({
  version: z.literal(1),
  account: z.object(
    Object.fromEntries(ACCOUNT_ROLES.map((role) => [role, fields])) as Record<
      (typeof ACCOUNT_ROLES)[number],
      typeof fields
    >,
  ),
  user: z.object(
    Object.fromEntries(USER_ROLES.map((role) => [role, fields])) as Record<(typeof USER_ROLES)[number], typeof fields>,
  ),
  classes: z.object(
    Object.fromEntries(ACCOUNT_CLASSES.map((name) => [name, rules])) as Record<
      (typeof ACCOUNT_CLASSES)[number],
      typeof rules
    >,
  ),
});

const problem = z.object({
  role: z.string(),
  field: z.string(),
  code: z.enum(['missing', 'wrongType', 'unknownValue']),
  message: z.string(),
  action: z.string(),
});
const candidate = z.object({
  field: z.string(),
  label: z.string(),
  type: z.string(),
  confidence: z.enum(['high', 'medium', 'low']),
  reason: z.string(),
  rowsRead: z.int().nullable(),
  filled: z.int().nullable(),
  values: z.array(z.object({ value: z.string(), count: z.int() })),
});

export const mappingAnswer = z.object({
  /** guessed: nobody has confirmed it yet. */
  state: z.enum(['guessed', 'confirmed']),
  /** What the service reads with now. */
  mapping: mappingSchema,
  /** What was confirmed, with the fields that are no longer there. */
  saved: mappingSchema.nullable(),
  savedByName: z.string().nullable(),
  savedAt: z.string().nullable(),
  problems: z.array(problem),
  guess: z.object({
    mapping: mappingSchema,
    account: z.record(z.string(), z.array(candidate)),
    user: z.record(z.string(), z.array(candidate)),
    classes: z.array(
      z.object({
        name: z.string(),
        rule: z.object({ field: z.string(), values: z.array(z.string()) }),
        reason: z.string(),
      }),
    ),
  }),
});
