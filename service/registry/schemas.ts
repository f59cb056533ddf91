import { z } from 'zod';
import { PROVIDER_KINDS } from './kinds.ts';
import { MATCH_STATES } from './queue.ts';

const text = z.string().nullable();
const number = z.number().nullable();
const offset = z.coerce.number().int().min(0).max(1_000_000).default(0);
const limit = z.coerce.number().int().min(1).max(200).default(50);

export const idParams = z.object({ id: z.uuid() });
export const accountParams = z.object({ id: z.string().regex(/^[a-zA-Z0-9]{15,18}$/) });
/** An NPI or a CCN. */
export const keyParams = z.object({ id: z.string().regex(/^[0-9A-Za-z]{6,12}$/) });

const reason = z.object({ reason: z.string(), rows: z.number(), lines: z.array(z.number()) });
export const report = z.object({
  id: z.string(),
  file: z.string(),
  layout: z.string(),
  layoutName: z.string(),
  source: z.string(),
  sha256: z.string(),
  importedAt: z.string(),
  period: z.string(),
  rowsRead: z.number(),
  rowsKept: z.number(),
  rowsSetAside: z.number(),
  setAside: z.array(reason),
  repaired: z.array(reason),
  records: z.number(),
  unusedColumns: z.array(z.string()),
  warnings: z.array(z.string()),
  replaces: text,
  alreadyThere: z.boolean(),
});
export const snapshot = report.extend({ active: z.boolean() });
export const importAnswer = z.object({ id: z.string(), report });
export const importsAnswer = z.object({ imports: z.array(snapshot) });

export const searchQuery = z.object({
  q: z.string().max(200).default(''),
  kind: z.enum(PROVIDER_KINDS).optional(),
  state: z
    .string()
    .regex(/^[A-Za-z]{2}$/)
    .optional(),
  offset,
  limit,
});

const record = z.object({
  key: z.string(),
  npi: text,
  ccn: text,
  isPerson: z.boolean(),
  name: z.string(),
  kind: z.enum(PROVIDER_KINDS),
  address: text,
  city: text,
  state: text,
  zip: text,
  lat: number,
  lon: number,
  coordinates: z.enum(['source', 'zipPoint', 'unknown']),
  phone: text,
  ownership: text,
  emergency: z.boolean().nullable(),
  beds: number,
});
export const searchAnswer = z.object({ records: z.array(record), total: z.number(), offset: z.number() });

const effect = z.object({
  id: z.string(),
  keys: z.array(z.string()),
  proceduresBefore: z.number(),
  proceduresAfter: z.number(),
  opportunityUsdBefore: z.number(),
  opportunityUsdAfter: z.number(),
});
export const correctionAnswer = z.object({
  id: z.string(),
  key: z.string(),
  name: z.string(),
  zip: text,
  kind: z.enum(['volume', 'access']),
  factor: z.number(),
  reason: z.string(),
  byName: z.string(),
  at: z.string(),
  endedAt: text,
  endedByName: text,
  endedReason: text,
  effect: effect.nullable(),
});
export const correctionsAnswer = z.object({ corrections: z.array(correctionAnswer) });
/** A factor above 100 is a slip: nobody does a hundred times what claims show. */
export const correctionBody = z.object({
  kind: z.enum(['volume', 'access']),
  factor: z.number().min(0).max(100),
  reason: z.string().trim().min(3).max(500),
});
export const endBody = z.object({ reason: z.string().trim().max(500).nullable().default(null) });

const slot = z.object({ npi: z.string(), slot: z.number(), code: z.string(), isPrimary: z.boolean(), name: text });
const source = z.object({
  snapshotId: z.string(),
  file: z.string(),
  importedAt: z.string(),
  npi: text,
  ccn: text,
  name: text,
  otherName: text,
  kindText: text,
  address: text,
  city: text,
  state: text,
  zip: text,
  lat: number,
  lon: number,
  zipKm: number,
});
const volume = z.object({
  facilityKey: text,
  facilityName: text,
  site: z.string(),
  siteName: z.string(),
  zip: text,
  procedures: z.number(),
  opportunityUsd: z.number(),
  counts: z.boolean(),
  suppressed: z.boolean(),
});
const affiliation = z.object({
  key: z.string(),
  name: z.string(),
  zip: text,
  hasRecord: z.boolean(),
  basis: z.enum(['list', 'claims']),
  procedures: number,
  share: number,
});
export const pageAnswer = z.object({
  record,
  keys: z.array(z.string()),
  specialties: z.array(slot),
  sources: z.array(source),
  alternatives: z.array(z.object({ field: z.string(), value: z.string(), file: z.string() })),
  affiliations: z.array(affiliation),
  volumes: z.array(volume),
  corrections: z.array(correctionAnswer),
  account: z.object({ id: z.string(), name: z.string(), how: z.string() }).nullable(),
});

export const matchesQuery = z.object({ state: z.enum(MATCH_STATES).default('toReview'), offset, limit });
const likeness = z.object({
  score: z.number(),
  name: z.number(),
  street: number,
  place: z.number(),
  reasons: z.array(z.string()),
});
export const entryAnswer = z.object({
  account: z.object({
    id: z.string(),
    name: z.string(),
    npi: text,
    ccn: text,
    street: text,
    city: text,
    state: text,
    zip: text,
  }),
  state: z.enum(MATCH_STATES),
  key: text,
  how: z.enum(['key', 'nameAndAddress', 'accepted', 'byHand']).nullable(),
  candidates: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.string(),
      street: text,
      city: text,
      state: text,
      zip: text,
      likeness,
      rejected: z.boolean(),
    }),
  ),
  note: text,
  decision: z.object({ verdict: z.string(), byName: z.string(), at: z.string(), note: text }).nullable(),
});
export const matchesAnswer = z.object({
  /** How many accounts are in each state. */
  counts: z.object({ matched: z.number(), toReview: z.number(), rejected: z.number(), none: z.number() }),
  matches: z.array(entryAnswer),
  total: z.number(),
  offset: z.number(),
});
const note = z.string().trim().max(500).nullable().default(null);
export const decideBody = z.discriminatedUnion('verdict', [
  z.object({ verdict: z.literal('undo') }),
  z.object({ verdict: z.enum(['accepted', 'rejected']), key: z.string().regex(/^[0-9A-Za-z]{6,12}$/), note }),
]);

export const specialtiesQuery = z.object({ q: z.string().max(100).default('') });
export const specialtiesAnswer = z.object({ specialties: z.array(z.object({ code: z.string(), name: z.string() })) });
