import { dayTours } from './dayTours.ts';
import type { Point } from './geography.ts';
import { seeded } from './random.ts';
import { driveMinutes, travelHours, type TravelSettings } from './travel.ts';

/** An address that is visited; several a cycle, or one in some cycles. */
export interface Site extends Point {
  readonly unit: number;
  readonly visitsPerYear: number;
}

export interface TravelCheck {
  readonly sites: number;
  /** Hours a year on the road by the formula, and by tours from day to day. */
  readonly estimateHours: number;
  readonly tourHours: number;
  /** Estimate ÷ tours − 1; 0 where nobody drives. */
  readonly error: number;
}

export interface CheckGround {
  readonly home: Point;
  readonly travel: TravelSettings;
  readonly units: {
    readonly lat: readonly number[];
    readonly lon: readonly number[];
    /** How far apart stops are there, over all sites of the market and not those of one territory (`spacing.ts`). */
    readonly spacingKm: readonly number[];
  };
}

/**
 * The travel formula against tours over the same sites: a year of cycles, in each the sites that are due grouped into days by
 * savings and shortened, all ways by the same circuity and speeds. What is compared is the formula, not the roads.
 */
export function travelCheck(sites: readonly Site[], ground: CheckGround): TravelCheck {
  const estimateHours = estimateOver(sites, ground);
  const tourHours = yearOfTours(sites, ground.home, ground.travel);
  return { sites: sites.length, estimateHours, tourHours, error: tourHours > 0 ? estimateHours / tourHours - 1 : 0 };
}

/** Hours a year on the road to these sites, by the formula. */
export function estimateOver(sites: readonly Site[], { home, travel, units }: CheckGround): number {
  const stopsOf = new Map<number, number>();
  for (const { unit, visitsPerYear } of sites)
    stopsOf.set(unit, (stopsOf.get(unit) ?? 0) + visitsPerYear / travel.cyclesPerYear);
  let hours = 0;
  for (const [unit, stops] of stopsOf) {
    const place = { lat: units.lat[unit]!, lon: units.lon[unit]!, spacingKm: units.spacingKm[unit]!, stops };
    hours += travelHours(place, home, travel);
  }
  return hours;
}

function yearOfTours(sites: readonly Site[], home: Point, travel: TravelSettings): number {
  const way = (a: Point, b: Point) => driveMinutes(a, b, travel);
  let minutes = 0;
  for (let cycle = 0; cycle < travel.cyclesPerYear; cycle++) {
    const visits = sites.map((site, i) => due(site, i, { cycle, cyclesPerYear: travel.cyclesPerYear }));
    // who is due twice in a cycle is not seen twice on one day
    for (let round = 0; round < Math.max(0, ...visits); round++) {
      const open = sites.filter((_, i) => visits[i]! > round);
      for (const day of dayTours(open, { home, way, stopsPerDay: travel.stopsPerDay })) minutes += day.minutes;
    }
  }
  return minutes / 60;
}

/** Whole visits in this cycle; over a year all of them, by place in the list. */
function due(
  { visitsPerYear }: Site,
  place: number,
  { cycle, cyclesPerYear }: { readonly cycle: number; readonly cyclesPerYear: number },
): number {
  const each = visitsPerYear / cyclesPerYear;
  const until = (cycles: number) => Math.floor(cycles * each + (place % cyclesPerYear) / cyclesPerYear);
  return until(cycle + 1) - until(cycle);
}

/** Kilometres of a degree of latitude. */
const DEGREE_KM = 111.2;

/** A place inside a unit for an address that has no coordinates: anywhere in a circle of its area, the same for the same seed. */
export function placeWithin(
  unit: { readonly lat: number; readonly lon: number; readonly areaKm2: number },
  seed: number,
): Point {
  const random = seeded(seed);
  const far = Math.sqrt((unit.areaKm2 / Math.PI) * random());
  const angle = 2 * Math.PI * random();
  const lat = unit.lat + (far * Math.sin(angle)) / DEGREE_KM;
  return { lat, lon: unit.lon + (far * Math.cos(angle)) / (DEGREE_KM * Math.cos((unit.lat * Math.PI) / 180)) };
}

export interface TravelReport {
  readonly territories: number;
  readonly checked: readonly TravelCheck[];
  /** Of the errors without their sign. */
  readonly median: number;
  readonly p90: number;
}

/** Errors of all that were checked; 0 for none. */
export function travelReport(checked: readonly TravelCheck[], territories = checked.length): TravelReport {
  const sorted = checked.map(({ error }) => Math.abs(error)).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { territories, checked, median: at(0.5), p90: at(0.9) };
}
