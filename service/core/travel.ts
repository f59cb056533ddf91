import { distanceKm, type Point } from './geography.ts';

/** How a rep drives. Every figure is an editable default. */
export interface TravelSettings {
  /** Road distance ÷ great-circle distance. */
  readonly circuity: number;
  /** Daganzo’s constant of the continuous approximation: 0.57 for sites spread evenly, 1.1 as calibrated (see the default). */
  readonly tourConstant: number;
  readonly stopsPerDay: number;
  readonly cyclesPerYear: number;
  readonly localSpeedKmh: number;
  readonly highwaySpeedKmh: number;
  /** From this distance on the whole way counts as highway. */
  readonly highwayFromKm: number;
}

/**
 * Defaults. The tour constant is calibrated against day tours (savings and 2-opt) over the sites of the sample and over real
 * facilities of the Northeast: ways between sparse units and days that are not full make it twice Daganzo's 0.57.
 * `npm run bench -- insights` prints the error that is left, there and in five regions that it was not calibrated on.
 */
export const DEFAULT_TRAVEL: TravelSettings = {
  circuity: 1.3,
  tourConstant: 1.2,
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
  readonly areaKm2: number;
}

/**
 * Hours a year that working this unit from this home costs on the road; additive over units once the home is fixed.
 * 0 where nobody is visited. Daganzo, "The distance traveled to visit N points with a maximum of C stops per vehicle" (1984).
 */
export function travelHours(unit: TravelUnit, home: Point, settings: TravelSettings): number {
  if (unit.stops <= 0) return 0;
  const away = distanceKm(home, unit);
  const lineHaul = (2 * settings.circuity * away * unit.stops) / settings.stopsPerDay / speedKmh(away, settings);
  // from stop to stop: the longer the way, the faster the road
  const leg = settings.tourConstant * Math.sqrt(unit.areaKm2 / unit.stops);
  const local = (settings.circuity * leg * unit.stops) / speedKmh(leg, settings);
  return settings.cyclesPerYear * (lineHaul + local);
}

/**
 * Minutes by road from one place to another: great-circle distance × circuity, at the mean speed of a way of this length.
 * 0 for the same place. An estimate without roads; where it is shown it is called one.
 */
export function driveMinutes(from: Point, to: Point, settings: TravelSettings): number {
  const km = distanceKm(from, to);
  return km > 0 ? (60 * settings.circuity * km) / speedKmh(km, settings) : 0;
}
