import type { BuiltGeography } from './build.ts';

export type AreaKind = 'approximate' | 'exact' | 'mixed';

/** How good the areas of one state are, and where they come from. */
export interface StateAreas {
  state: string;
  areaKind: 'approximate' | 'exact';
  /** The loaded file; null for approximate areas. */
  file: string | null;
  vintage: string | null;
  importedAt: string | null;
}

const SOURCE = 'ZIP points: zipcodes 8 (BSD). States and counties: us-atlas 3, US Census Bureau (ISC).';
const VINTAGE = 'us-atlas 3.0.1, zipcodes 8.0.0; Connecticut with its former counties';
const WORD = { zip: 'ZIP areas', county: 'Counties', mixed: 'ZIP areas and counties' } as const;
const APPROXIMATE = {
  zip: 'Approximate ZIP areas',
  county: 'Counties of approximate ZIP areas',
  mixed: 'Approximate ZIP areas and counties',
} as const;

/** What the map says about its areas. */
export function describeAreas({ states, sources }: BuiltGeography, units: keyof typeof WORD) {
  const list = states.map((state): StateAreas => {
    const source = sources.get(state);
    return {
      state,
      areaKind: source ? 'exact' : 'approximate',
      file: source?.file ?? null,
      vintage: source?.vintage ?? null,
      importedAt: source?.importedAt ?? null,
    };
  });
  const exact = list.filter(({ areaKind }) => areaKind === 'exact');
  const areaKind: AreaKind = exact.length === 0 ? 'approximate' : exact.length === list.length ? 'exact' : 'mixed';
  return {
    areaKind,
    units,
    label: labelOf(areaKind, units, exact),
    source: exact.length === 0 ? SOURCE : `${SOURCE} ${loadedFrom(exact)}`,
    vintage:
      exact.length === 0 ? VINTAGE : areaKind === 'mixed' ? `${yearsOf(exact)} Elsewhere: ${VINTAGE}` : yearsOf(exact),
    states: list,
  };
}

function labelOf(kind: AreaKind, units: keyof typeof WORD, exact: readonly StateAreas[]): string {
  if (kind === 'approximate') return APPROXIMATE[units];
  const word = WORD[units];
  return kind === 'exact' ? word : `${word}, approximate outside of ${exact.map(({ state }) => state).join(', ')}`;
}

function loadedFrom(exact: readonly StateAreas[]): string {
  const files = Map.groupBy(exact, ({ file }) => file ?? '');
  const lines = [...files].map(([file, states]) => `${states.map(({ state }) => state).join(', ')} from ${file}`);
  return `Loaded areas: ${lines.join('; ')}.`;
}

function yearsOf(exact: readonly StateAreas[]): string {
  const years = Map.groupBy(exact, ({ vintage }) => vintage ?? 'a year that its file does not state');
  return `${[...years].map(([year, states]) => `${states.map(({ state }) => state).join(', ')}: boundaries of ${year}`).join('; ')}.`;
}
