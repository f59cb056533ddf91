import type { BuiltGeography } from './build.ts';

export type AreaKind = 'approximate' | 'exact' | 'mixed';

/** How good the areas of one state are, and where they come from. */
export interface StateAreas {
  state: string;
  /** Partly exact where some ZIPs stand outside of all loaded areas. */
  areaKind: 'approximate' | 'partly' | 'exact';
  /** Real areas, and the ZIPs that should have one; null for approximate areas. */
  areas: number | null;
  zips: number | null;
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
export function describeAreas({ states, sources, coverage }: BuiltGeography, units: keyof typeof WORD) {
  const list = states.map((state): StateAreas => {
    const source = sources.get(state);
    const { areas = null, missing = 0 } = coverage.get(state) ?? {};
    return {
      state,
      areaKind: !source ? 'approximate' : missing > 0 ? 'partly' : 'exact',
      areas,
      zips: areas === null ? null : areas + missing,
      file: source?.file ?? null,
      vintage: source?.vintage ?? null,
      importedAt: source?.importedAt ?? null,
    };
  });
  const exact = list.filter(({ areaKind }) => areaKind !== 'approximate');
  const isExact = list.every((one) => one.areaKind === 'exact');
  const areaKind: AreaKind = exact.length === 0 ? 'approximate' : isExact ? 'exact' : 'mixed';
  return {
    areaKind,
    units,
    label: labelOf(units, list),
    source: exact.length === 0 ? SOURCE : `${SOURCE} ${loadedFrom(exact)}`,
    vintage:
      exact.length === 0 ? VINTAGE : areaKind === 'mixed' ? `${yearsOf(exact)} Elsewhere: ${VINTAGE}` : yearsOf(exact),
    states: list,
  };
}

function labelOf(units: keyof typeof WORD, list: readonly StateAreas[]): string {
  const real = list.filter(({ areaKind }) => areaKind !== 'approximate');
  if (real.length === 0) return APPROXIMATE[units];
  const partly = real
    .filter(({ areaKind }) => areaKind === 'partly')
    .map(({ state, areas, zips }) => `; ${state} partly exact (${areas} of ${zips})`);
  const outside =
    real.length < list.length ? `, approximate outside of ${real.map(({ state }) => state).join(', ')}` : '';
  return WORD[units] + outside + partly.join('');
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
