/**
 * Where people live, roughly: metropolitan areas with their size in millions (2020, rounded) and how far they reach.
 * Only the order of magnitude matters: it makes the sample's accounts cluster where a reader expects them.
 */
export const METROS: readonly (readonly [lat: number, lon: number, millions: number, reachKm: number])[] = [
  [40.75, -73.97, 19.5, 30],
  [39.96, -75.16, 6.2, 24],
  [42.36, -71.06, 4.9, 24],
  [38.95, -77.0, 3.0, 18],
  [39.29, -76.61, 2.8, 18],
  [40.44, -79.99, 2.4, 20],
  [41.82, -71.41, 1.7, 18],
  [41.76, -72.68, 1.2, 15],
  [42.89, -78.87, 1.2, 14],
  [43.16, -77.61, 1.1, 14],
  [42.27, -71.8, 0.9, 14],
  [41.18, -73.2, 0.9, 14],
  [41.31, -72.93, 0.9, 12],
  [42.65, -73.76, 0.9, 14],
  [40.6, -75.48, 0.9, 12],
  [41.7, -73.93, 0.7, 14],
  [42.1, -72.59, 0.7, 12],
  [43.05, -76.15, 0.7, 12],
  [40.27, -76.88, 0.6, 12],
  [41.41, -75.66, 0.6, 12],
  [40.04, -76.31, 0.6, 10],
  [43.66, -70.26, 0.6, 14],
  [39.96, -76.73, 0.5, 10],
  [42.99, -71.46, 0.4, 12],
  [40.34, -75.93, 0.4, 10],
  [38.36, -75.6, 0.4, 18],
  [43.1, -75.23, 0.3, 12],
  [42.13, -80.09, 0.3, 10],
  [39.36, -74.43, 0.3, 12],
  [42.1, -75.91, 0.25, 10],
  [41.65, -70.4, 0.23, 18],
  [44.48, -73.21, 0.23, 12],
  [40.79, -77.86, 0.16, 10],
  [44.8, -68.77, 0.15, 12],
  [41.24, -77.0, 0.11, 9],
];

/** A sales territory to be made: where it grows from, how fast, and how busy its rep shall be. */
export interface Draft {
  readonly name: string;
  readonly region: string;
  readonly lat: number;
  readonly lon: number;
  /** Growth of the territory against its neighbours; 1 is usual. */
  readonly speed: number;
  /** Utilization to reach. */
  readonly utilization: number;
}

export const REGIONS = ['New England', 'New York Metro', 'Upstate and West', 'Mid-Atlantic'] as const;

const draft = (region: number, rows: readonly (readonly [string, number, number, number, number])[]): Draft[] =>
  rows.map(([name, lat, lon, speed, utilization]) => ({
    name,
    region: REGIONS[region] ?? '',
    lat,
    lon,
    speed,
    utilization,
  }));

/** 25 sales territories with the findings planted: Boston overloaded, the north on the road, two to merge. */
export const SALES_DRAFTS: readonly Draft[] = [
  ...draft(0, [
    ['Boston Metro', 42.36, -71.06, 0.55, 1.38],
    ['Merrimack Valley', 42.76, -71.44, 0.8, 0.93],
    ['Northern New England', 44.55, -71.2, 1.5, 0.97],
    ['Southern Maine', 43.66, -70.26, 0.8, 0.81],
    ['Central Massachusetts', 42.2, -72.1, 0.9, 0.95],
    ['Rhode Island and Cape', 41.75, -71.3, 0.9, 1.07],
    ['Connecticut', 41.55, -72.75, 1, 0.9],
  ]),
  ...draft(1, [
    ['Manhattan', 40.78, -73.97, 0.25, 1.08],
    ['Brooklyn and Queens', 40.67, -73.9, 0.4, 0.97],
    ['Long Island', 40.8, -73.3, 0.9, 1.1],
    ['Westchester and Hudson', 41.2, -73.85, 0.9, 0.82],
    ['North Jersey', 40.85, -74.25, 0.7, 1.06],
    ['Central Jersey', 40.4, -74.4, 0.7, 0.92],
  ]),
  ...draft(2, [
    ['Capital District', 42.75, -73.8, 1.15, 0.79],
    ['Syracuse', 43.2, -76.0, 1.2, 0.88],
    ['Western New York', 42.95, -78.3, 1.2, 0.96],
    ['Southern Tier', 42.15, -76.4, 0.9, 0.42],
    ['Central Pennsylvania', 41.1, -77.5, 1, 0.42],
    ['Pittsburgh', 40.5, -79.9, 1.2, 1.0],
  ]),
  ...draft(3, [
    ['Philadelphia', 40.0, -75.2, 0.5, 1.08],
    ['South Jersey', 39.7, -74.9, 0.8, 0.9],
    ['Lehigh Valley', 40.9, -75.5, 0.9, 0.94],
    ['Susquehanna', 40.15, -76.75, 0.8, 0.79],
    ['Baltimore and Delmarva', 39.2, -76.5, 0.9, 0.98],
    ['Washington', 38.95, -77.05, 0.8, 1.05],
  ]),
];

/** What the sample plants, by territory name. */
export const PLANTED = {
  overloaded: 'Boston Metro',
  travel: 'Northern New England',
  travelShare: 0.41,
  merge: ['Southern Tier', 'Central Pennsylvania'],
  vacant: 'South Jersey',
  pocket: { city: 'Lancaster', lat: 40.04, lon: -76.31, radiusKm: 16 },
  systemOver: ['Boston Metro', 'Merrimack Valley', 'Central Massachusetts', 'Rhode Island and Cape'],
} as const;

/** 8 clinical territories over the same ground. */
export const CLINICAL_DRAFTS: readonly Pick<Draft, 'name' | 'lat' | 'lon' | 'speed'>[] = [
  { name: 'Clinical New England North', lat: 43.3, lon: -71.3, speed: 1.4 },
  { name: 'Clinical Boston and Rhode Island', lat: 42.2, lon: -71.2, speed: 0.5 },
  { name: 'Clinical Connecticut and Hudson', lat: 41.8, lon: -73.3, speed: 0.9 },
  { name: 'Clinical New York City', lat: 40.72, lon: -73.85, speed: 0.5 },
  { name: 'Clinical New Jersey', lat: 40.65, lon: -74.5, speed: 0.75 },
  { name: 'Clinical Philadelphia', lat: 39.95, lon: -75.4, speed: 0.6 },
  { name: 'Clinical Upstate and Western Pennsylvania', lat: 42.3, lon: -77.8, speed: 1.6 },
  { name: 'Clinical Chesapeake', lat: 39.2, lon: -76.8, speed: 0.8 },
];
