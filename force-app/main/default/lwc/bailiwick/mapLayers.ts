/** What is laid over the map, as its layer panel says. */
export interface LayerChoice {
  /** Empty: as the page colours; else a measure, or a territory's distance from its target. */
  color: string;
  method: 'quantile' | 'equal' | 'own';
  /** Own upper bounds. */
  breaks: number[];
  counties: boolean;
  circles: boolean;
  physicians: boolean;
  facilities: boolean;
  homes: boolean;
  /** Outlined white space and suggested areas, where the page has some. */
  pockets: boolean;
  /** Drive times around: nothing, "pin", "middle" or the index of a territory with a home. */
  rings: string;
}

/** What can be chosen on this page by this user. */
export interface LayerOptions {
  hasPlan: boolean;
  hasDeviation: boolean;
  hasPin: boolean;
  hasPockets: boolean;
  homes: { label: string; value: string }[];
}

/** Something that was looked for, and where it is. */
export interface MapPlace {
  key: string;
  kind: 'ZIP' | 'County' | 'City' | 'Account' | 'Rep';
  label: string;
  note: string;
  units: number[];
}
