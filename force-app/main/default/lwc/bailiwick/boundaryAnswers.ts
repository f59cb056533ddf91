/** All are counted, the first of them named. */
export interface Some<T> {
  count: number;
  first: T[];
}

/** What other boundaries would do to units and live plans. */
export interface BoundaryChange {
  units: number;
  added: Some<string>;
  gone: Some<string>;
  merged: Some<{ from: string; into: string }>;
  sentence: string;
  plans: {
    id: string;
    name: string;
    territories: { id: string; name: string; gained: Some<string>; lost: Some<string> }[];
    zips: Some<{ zip: string; from: string | null; to: string | null }>;
  }[];
}

export interface BoundaryVersion {
  id: string;
  kind: 'shapes' | 'gazetteer' | 'zip_to_zcta' | 'zip_to_county';
  file: string;
  vintage: string | null;
  importedAt: string;
  /** State → areas in the file. */
  states: Record<string, number>;
  inUse: string[];
  /** Null where using it would change nothing. */
  change: BoundaryChange | null;
}

/** ZIPs, counties, or counties in these states and ZIPs elsewhere. */
export type UnitChoice = 'zip' | 'county' | { countyStates: string[]; counties: string[] };

export interface Boundaries {
  units: number;
  /** What the next start will change, where something else was put to use since this one. */
  atNextStart: BoundaryChange | null;
  /** True where that can be put to use without a restart. */
  canApply: boolean;
  unitChoice: UnitChoice;
  versions: BoundaryVersion[];
}

export interface StateAreas {
  state: string;
  areaKind: 'approximate' | 'partly' | 'exact';
  /** Real areas, and the ZIPs that should have one. */
  areas: number | null;
  zips: number | null;
  /** The loaded file that it comes from; null for approximate areas. */
  file: string | null;
  importedAt: string | null;
}

/** A plan as it was before its boundaries changed. */
export interface FormerPlan {
  id: string;
  name: string;
  version: number;
  carriedAt: string;
  note: string;
  file: string;
}
