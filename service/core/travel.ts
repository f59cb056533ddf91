import { distanceKm, type Point } from './geography.ts';

/** How a rep drives. Every figure is an editable default. */
export interface TravelSettings {
  /** Road distance ÷ great-circle distance. */
  readonly circuity: number;
  /** Way from stop to stop ÷ √(land ÷ stops). */
  readonly tourConstant: number;
  readonly stopsPerDay: number;
  readonly cyclesPerYear: number;
  readonly localSpeedKmh: number;
  readonly highwaySpeedKmh: number;
  /** From this distance on the whole way counts as highway. */
  readonly highwayFromKm: number;
}

/**
 * Defaults. The tour constant is that of Beardwood, Halton and Hammersley (1959), 0.7124: nothing is fitted to tours. Against
 * day tours the best would be 0.74, on either half of the country; `npm run bench -- insights` prints the error that is left.
 */
export const DEFAULT_TRAVEL: TravelSettings = {
  circuity: 1.3,
  tourConstant: 0.71,
  stopsPerDay: 6,
  cyclesPerYear: 12,
  localSpeedKmh: 35,
  highwaySpeedKmh: 85,
  highwayFromKm: 60,
};

/** Mean speed in km/h of a way of this length: rises from local to highway speed. */
export function speedKmh(km: number, settings: TravelSettings): number {
  const share = Math.min(1, km / settings.highwayFromKm);
  return settings.localSpeedKmh + (settings.highwaySpeedKmh - settings.localSpeedKmh) * share;
}

/**
 * Straight-line distance in km that a drive of so many minutes reaches: the same circuity and speeds as `travelHours`, solved
 * for the distance. An estimate: it knows no roads and no water. 0 for no time.
 */
export function reachKm(minutes: number, settings: TravelSettings): number {
  const { circuity, localSpeedKmh: local, highwaySpeedKmh: highway, highwayFromKm } = settings;
  const hours = minutes / 60;
  // hours = circuity × km ÷ speed; below highwayFromKm the speed rises with the distance
  const slope = (highway - local) / highwayFromKm;
  const rising = (hours * local) / (circuity - hours * slope);
  const isWithin = circuity > hours * slope && rising <= highwayFromKm;
  return isWithin ? Math.max(0, rising) : (hours * highway) / circuity;
}

/** One unit as the travel formula sees it: stops are distinct addresses visited per cycle (may be a fraction). */
export interface TravelUnit extends Point {
  readonly stops: number;
  /** How far apart stops are there: √(land ÷ stops) of the unit and its surroundings (`spacing.ts`). */
  readonly spacingKm: number;
}

/**
 * Hours a year that working this unit from this home costs on the road; additive over units and stops once the home is fixed.
 * A day of m stops is the way there and back, shared by its stops, and m − 1 ways from stop to stop, whose length follows from
 * how densely stops lie around. 0 where nobody is visited.
 * Daganzo, "The distance traveled to visit N points with a maximum of C stops per vehicle" (1984); the (m − 1) ÷ m of the local
 * part: Figliozzi, "Planning approximations to the average length of vehicle routing problems" (2008).
 */
export function travelHours(unit: TravelUnit, home: Point, settings: TravelSettings): number {
  if (unit.stops <= 0) return 0;
  const { stopsPerDay, cyclesPerYear, tourConstant } = settings;
  const lineHaul = (2 * wayHours(distanceKm(home, unit), settings)) / stopsPerDay;
  const local = Math.max(0, 1 - 1 / stopsPerDay) * wayHours(tourConstant * unit.spacingKm, settings);
  return cyclesPerYear * unit.stops * (lineHaul + local);
}

/** Hours on the road for a way of so many straight km: the longer it is, the faster the road. */
const wayHours = (km: number, settings: TravelSettings) => (settings.circuity * km) / speedKmh(km, settings);

/**
 * Minutes by road from one place to another: great-circle distance × circuity, at the mean speed of a way of this length.
 * 0 for the same place. An estimate without roads; where it is shown it is called one.
 */
export function driveMinutes(from: Point, to: Point, settings: TravelSettings): number {
  return 60 * wayHours(distanceKm(from, to), settings);
}
