import { EARTH_RADIUS_KM, unitVector } from '../../../service/core/geography.ts';
import { below, seeded, type Random } from '../../../service/core/random.ts';
import type { Ground } from './ground.ts';

/** One measure of every unit, in whole numbers. */
export interface Demand {
  readonly name: string;
  readonly perUnit: readonly number[];
}

const UNITS_PER_TOWN = 60;
/** What lies outside every town, where a town's middle has about 1. */
const COUNTRYSIDE = 0.15;
/** Log-normal sigma of the towns' sizes, and what takes the edge off where many towns overlap. */
const TOWN_SIGMA = 0.6;
const CROWDING = 0.8;
/** No unit holds more than this share of what a territory should hold at the ground's usual k. */
const MOST_OF_A_TARGET = 0.4;
/** Mean of a unit: numbers large enough that rounding to whole ones changes nothing. */
const MEAN = 1000;

/**
 * Measures of one demand seed. `hours` follows towns like the population of ZIPs does (the busiest hundredth holds 6
 * times the mean or more); `dollars` follows the same towns with far more scatter (log-normal, sigma 1), 15 % of the
 * units hold none; `providers` are few, most units hold none.
 */
export function demand(ground: Ground, seed: number, measures: number): Demand[] {
  const random = seeded(seed * 7919 + 17);
  const town = townField(ground, random);
  const of: readonly (readonly [string, (field: number) => number])[] = [
    ['hours', (field) => field * Math.exp(0.5 * gauss(random))],
    ['dollars', (field) => (random() < 0.15 ? 0 : field * Math.exp(gauss(random)))],
    ['providers', (field) => (random() < 0.6 ? 0 : field * Math.exp(0.8 * gauss(random)))],
  ];
  return of.slice(0, measures).map(([name, amount]) => ({
    name,
    perUnit: capped(town.map(amount), MOST_OF_A_TARGET / ground.usualK),
  }));
}

/** How urban each unit is: towns at random units, their strengths skewed, falling off within 8 to 40 km. */
function townField({ lat, lon }: Ground, random: Random): number[] {
  const places = lat.map((value, u) => unitVector({ lat: value, lon: lon[u]! }));
  const towns = Array.from({ length: Math.ceil(lat.length / UNITS_PER_TOWN) }, () => ({
    at: places[below(random, lat.length)]!,
    strength: Math.exp(TOWN_SIGMA * gauss(random)),
    reachKm: 8 + 32 * random(),
  }));
  return places.map(([x, y, z]) => {
    let field = COUNTRYSIDE;
    for (const { at, strength, reachKm } of towns) {
      const squared = ((x - at[0]) ** 2 + (y - at[1]) ** 2 + (z - at[2]) ** 2) * (EARTH_RADIUS_KM / reachKm) ** 2;
      if (squared < 16) field += strength * Math.exp(-squared);
    }
    return field ** CROWDING;
  });
}

/** Whole numbers of the usual mean, none above this share of their sum. */
function capped(values: readonly number[], share: number): number[] {
  let now = values.slice();
  for (let round = 0; round < 30; round++) {
    const most = share * now.reduce((sum, value) => sum + value, 0);
    now = now.map((value) => Math.min(value, most));
  }
  const scale = (MEAN * now.length) / now.reduce((sum, value) => sum + value, 0);
  return now.map((value) => Math.floor(value * scale));
}

/** Standard normal (Box and Muller 1958). */
function gauss(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
