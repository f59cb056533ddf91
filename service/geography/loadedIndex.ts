import { z } from 'zod';

/** What a loaded file can be. */
export const KINDS = ['shapes', 'gazetteer', 'zip_to_zcta', 'zip_to_county'] as const;
export type LoadedKind = (typeof KINDS)[number];

const reason = z.object({
  reason: z.string(),
  rows: z.number(),
  lines: z.array(z.number()),
  zips: z.array(z.string()),
});

export const report = z.object({
  id: z.string(),
  file: z.string(),
  layout: z.enum(KINDS),
  layoutName: z.string(),
  sha256: z.string(),
  importedAt: z.string(),
  vintage: z.string().nullable(),
  rowsRead: z.number(),
  rowsKept: z.number(),
  rowsSetAside: z.number(),
  setAside: z.array(reason),
  repaired: z.array(reason),
  states: z.record(z.string(), z.number()),
  zipProperty: z.string(),
  ambiguous: z.number().nullable(),
  warnings: z.array(z.string()),
  alreadyThere: z.boolean(),
});

const version = z.object({
  id: z.string(),
  kind: z.enum(KINDS),
  file: z.string(),
  sha256: z.string(),
  vintage: z.string().nullable(),
  importedAt: z.string(),
  /** State (or `all` for a table) → content hash, which names the stored file. */
  contents: z.record(z.string(), z.string().regex(/^[0-9a-f]{32}$/)),
  report,
});

/** Units of the map: ZIPs, counties everywhere, or counties in these states (or these counties alone) and ZIPs elsewhere. */
export const unitChoice = z.union([
  z.literal('zip'),
  z.literal('county'),
  z.object({ countyStates: z.array(z.string()), counties: z.array(z.string()) }),
]);
export type UnitChoice = z.output<typeof unitChoice>;

/** What is loaded and which of it is in use: the one small file that says so. */
export const loadedIndex = z.object({
  format: z.literal(1),
  versions: z.array(version),
  active: z.object({
    /** State → version whose areas are in use. */
    shapes: z.record(z.string(), z.string()),
    gazetteer: z.string().nullable(),
    zip_to_zcta: z.string().nullable(),
    zip_to_county: z.string().nullable(),
  }),
  units: unitChoice,
  /** States of the market; null for the usual ones and those with loaded areas. */
  states: z.array(z.string()).nullable(),
});
export type LoadedIndex = z.output<typeof loadedIndex>;
export type LoadedVersion = LoadedIndex['versions'][number];

export const NOTHING_LOADED: LoadedIndex = {
  format: 1,
  versions: [],
  active: { shapes: {}, gazetteer: null, zip_to_zcta: null, zip_to_county: null },
  units: 'zip',
  states: null,
};

/** The index with a version in use: a table replaces its kind, shapes replace the areas of their states. */
export function withActive(index: LoadedIndex, { id, kind, contents }: LoadedVersion): LoadedIndex {
  if (kind !== 'shapes') return { ...index, active: { ...index.active, [kind]: id } };
  const shapes = { ...index.active.shapes, ...Object.fromEntries(Object.keys(contents).map((state) => [state, id])) };
  return { ...index, active: { ...index.active, shapes } };
}

/** The index with approximate areas in these states again. */
export function withoutShapes(index: LoadedIndex, states: readonly string[]): LoadedIndex {
  const left = Object.entries(index.active.shapes).filter(([state]) => !states.includes(state));
  return { ...index, active: { ...index.active, shapes: Object.fromEntries(left) } };
}

/** States in which a version is in use; a table in use covers all. */
export function statesInUse(index: LoadedIndex, { id, kind }: LoadedVersion): string[] {
  if (kind !== 'shapes') return index.active[kind] === id ? ['all'] : [];
  return Object.keys(index.active.shapes)
    .filter((state) => index.active.shapes[state] === id)
    .sort();
}
