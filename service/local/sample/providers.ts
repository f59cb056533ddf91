import type { Geography } from '../../core/geography.ts';
import { distanceKm, pointOf } from '../../core/geography.ts';
import { chance, cumulated, normal, pick, pickWeighted } from './identifiers.ts';
import { hospitalName, personName, street, surgeryCenterName } from './names.ts';
import { REFERRING_SPECIALTIES, SPECIALTIES } from './procedures.ts';
import type { Random } from '../../core/random.ts';

/** A place where procedures are done. */
export interface Facility {
  readonly serial: number;
  readonly kind: 'Hospital' | 'Surgery Center';
  readonly name: string;
  readonly unit: number;
  readonly street: string;
  /** Attraction for surgeons: big hospitals draw many. */
  readonly pull: number;
}

/** Somebody who performs procedures, with a practice address that colleagues may share. */
export interface Physician {
  readonly serial: number;
  readonly name: { readonly first: string; readonly middle: string; readonly last: string };
  readonly specialty: string;
  /** Codes it uses, first the usual one; none for a referring physician. */
  readonly codes: readonly string[];
  readonly unit: number;
  readonly street: string;
  /** Procedures a year before scaling. */
  readonly volume: number;
  /** Practises on the campus of the facility that draws it most. */
  readonly onCampus: boolean;
}

/** Long lists of whom a territory could hold; a calibrated number is taken from the front of each. */
export interface Candidates {
  readonly facilities: readonly Facility[];
  readonly physicians: readonly Physician[];
}

/** Spread of yearly volumes (lognormal): the top tenth holds a third, as in the CMS files (data.md). */
const VOLUME_SPREAD = 1.05;
const MEDIAN_VOLUME = 31;
const MOST_FACILITIES = 90;
const MOST_PHYSICIANS = 420;
const PHYSICIANS_PER_PRACTICE = 3;
/** Positions of every eight in a list that refer patients and perform nothing. */
const REFERRING = [2, 5, 7];

/** The first hospital of each territory is its biggest; the others draw 1 in the middle. */
const SEAT_PULL = 6;

/** Where the first hospital stands: the most populous unit of the most populous city. */
function seatOf({ geography, people, units }: Ground): number {
  const cities = new Map<string, number>();
  const cityOf = (unit: number) => `${geography.names[unit]}, ${geography.states[unit]}`;
  for (const unit of units) cities.set(cityOf(unit), (cities.get(cityOf(unit)) ?? 0) + (people[unit] ?? 0));
  const [city] = [...cities].reduce((best, next) => (next[1] > best[1] ? next : best), ['', 0]);
  return units
    .filter((unit) => cityOf(unit) === city)
    .reduce((a, b) => ((people[b] ?? 0) > (people[a] ?? 0) ? b : a), -1);
}

interface Ground {
  readonly geography: Geography;
  readonly people: readonly number[];
  readonly units: readonly number[];
}

/** Candidates of one territory, from its units and the people in them; serial numbers are unique over territories. */
export function candidates(seed: number, territory: number, ground: Ground): Candidates {
  const { geography, people, units } = ground;
  // Medicine gathers in towns: the exponents make bigger places hold more than their share.
  const forFacilities = cumulated(units.map((unit) => (people[unit] ?? 0) ** 1.4));
  const forPractices = cumulated(units.map((unit) => (people[unit] ?? 0) ** 1.15));
  const seat = seatOf(ground);
  const place = (random: () => number, weights: readonly number[]) => units[pickWeighted(random, weights)] ?? 0;
  const facilities = Array.from({ length: MOST_FACILITIES }, (_, i): Facility => {
    const random = chance(seed, 'facility', territory, i);
    const unit = i === 0 ? seat : place(random, forFacilities);
    const kind = i % 5 < 3 ? 'Hospital' : 'Surgery Center';
    const name = (kind === 'Hospital' ? hospitalName : surgeryCenterName)(random, geography.names[unit] ?? '');
    return {
      serial: territory * 1000 + i,
      kind,
      name,
      unit,
      street: street(random),
      pull: i === 0 ? SEAT_PULL : Math.exp(0.7 * normal(random)),
    };
  });
  const physicians = Array.from({ length: MOST_PHYSICIANS }, (_, i): Physician => {
    const practice = chance(seed, 'practice', territory, Math.floor(i / PHYSICIANS_PER_PRACTICE));
    const unit = place(practice, forPractices);
    const at = street(practice);
    const random = chance(seed, 'physician', territory, i);
    const volume = MEDIAN_VOLUME * Math.exp(VOLUME_SPREAD * normal(random));
    const specialty = pickWeighted(random, cumulated(SPECIALTIES.map(({ share }) => share)));
    const refers = REFERRING.includes(i % 8);
    const work = refers
      ? { specialty: pick(random, REFERRING_SPECIALTIES), codes: [], volume: 0 }
      : { specialty: SPECIALTIES[specialty]?.name ?? '', codes: codesOf(random, specialty), volume };
    const name = personName(random);
    return { serial: territory * 1000 + i, name, ...work, unit, street: at, onCampus: practice() < 0.3 };
  });
  return { facilities, physicians };
}

/**
 * Where a physician operates: one hospital and perhaps one surgery center of those at hand,
 * by pull and nearness.
 */
export function affiliations(
  seed: number,
  physician: Physician,
  { geography, facilities }: { geography: Geography; facilities: readonly Facility[] },
): { hospital: Facility | null; surgeryCenter: Facility | null } {
  const random = chance(seed, 'affiliation', physician.serial);
  const here = pointOf(geography, physician.unit);
  const chosen = (kind: Facility['kind']) => {
    const list = facilities.filter((facility) => facility.kind === kind);
    if (list.length === 0) return null;
    const draw = list.map(({ pull, unit }) => pull / (5 + distanceKm(here, pointOf(geography, unit))) ** 2);
    return list[pickWeighted(random, cumulated(draw))] ?? null;
  };
  const hospital = chosen('Hospital');
  return { hospital, surgeryCenter: random() < 0.7 ? chosen('Surgery Center') : null };
}

/** The usual code of a specialty, and each further one by chance. */
function codesOf(random: Random, specialty: number): string[] {
  const [first = 'BW101', ...others] = SPECIALTIES[specialty]?.codes ?? [];
  return [first, ...others.filter(() => random() < 0.4)];
}
