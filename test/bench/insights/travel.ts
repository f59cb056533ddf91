import { dueByRound, spacingKm } from '../../../service/core/spacing.ts';
import { DEFAULT_TRAVEL, type TravelSettings } from '../../../service/core/travel.ts';
import { estimateOver, travelCheck, travelReport, type TravelReport } from '../../../service/core/travelCheck.ts';
import { NORTHEAST } from '../../../service/geography/states.ts';
import {
  beatsOf,
  facilitySites,
  hasFacilities,
  sampleSites,
  type Beat,
  type BeatsOf,
  type SiteMarket,
} from './travelSites.ts';

/** The country in two halves, each to be tested with what the other one and the sample would choose. */
const HALVES: readonly (readonly (readonly string[])[])[] = [
  [
    NORTHEAST,
    ['NC', 'SC', 'GA', 'FL', 'AL'],
    ['CO', 'UT', 'NM', 'AZ', 'MT', 'ID', 'WY'],
    ['MN', 'IA', 'MO', 'ND', 'SD'],
    ['VA', 'WV', 'KY', 'TN'],
  ],
  [
    ['OH', 'IN', 'IL', 'MI', 'WI'],
    ['TX', 'OK', 'KS', 'NE'],
    ['CA', 'OR', 'WA', 'NV'],
    ['AR', 'LA', 'MS'],
  ],
];

const BASE: BeatsOf = { count: 40, perRep: 90 };
const FEWER: BeatsOf = { count: 12, perRep: 90, shift: 5 };
interface Setting {
  readonly name: string;
  readonly beats: BeatsOf;
  readonly travel?: Partial<TravelSettings>;
  readonly eachItsOwn?: boolean;
}
/** What is varied, each alone, over territories that the regions' lines do not hold. */
const SETTINGS: readonly Setting[] = [
  { name: 'other homes', beats: { ...FEWER, shift: 11 } },
  { name: '50 sites a rep', beats: { ...FEWER, perRep: 50 } },
  { name: '150 sites a rep', beats: { ...FEWER, perRep: 150 } },
  { name: '4 stops a day', beats: FEWER, travel: { stopsPerDay: 4 } },
  { name: '8 stops a day', beats: FEWER, travel: { stopsPerDay: 8 } },
  { name: '4 rounds a year', beats: FEWER, travel: { cyclesPerYear: 4 } },
  { name: 'home halfway out', beats: { ...FEWER, home: 'inside' } },
  { name: 'home outside of the territory', beats: { ...FEWER, home: 'outside' } },
  { name: 'slow roads (25 to 70 km/h, 1.5 × straight)', beats: FEWER, travel: { localSpeedKmh: 25, highwaySpeedKmh: 70, circuity: 1.5 } }, // prettier-ignore
  { name: 'each facility its own stop', beats: FEWER, eachItsOwn: true },
  { name: 'each facility its own stop, 50 a rep', beats: { ...FEWER, perRep: 50 }, eachItsOwn: true },
];

export function printTravel(travel: TravelSettings = DEFAULT_TRAVEL): void {
  process.stdout.write('\nTravel estimate against day tours (goal: median ≤ 12 %, p90 ≤ 20 %)\n');
  process.stdout.write(`  the tour constant, ${travel.tourConstant}, is fitted to none of them\n`);
  const sample = sampleRuns(travel);
  line('the sample, 25 territories', reportOf(sample));
  for (const stopsPerDay of [4, 8])
    line(`the sample, ${stopsPerDay} stops a day`, reportOf(sampleRuns({ ...travel, stopsPerDay })));
  if (!hasFacilities()) {
    process.stdout.write('  real coordinates: skipped, ../shared/data is not there\n');
    return;
  }
  const regions = HALVES.map((half, h) => half.map((states) => printRegion(`half ${h + 1}: ${states.join(' ')}`, states, travel))); // prettier-ignore
  const settings = SETTINGS.map((setting) => printSetting(setting, travel));
  const halves = HALVES.map((_, h) => [...regions[h]!, ...settings.map((halvesOf) => halvesOf[h]!)]);
  for (const [from, to] of [[0, 1], [1, 0]] as const) printCrossed(`half ${from + 1}, in half ${to + 1}`, halves[from]!, { others: halves[to]!.flat(), sample }); // prettier-ignore
}

function printRegion(name: string, states: readonly string[], travel: TravelSettings): Run[] {
  const market = facilitySites(states);
  const runs = runsOf(market, beatsOf(market, BASE), travel);
  line(name, reportOf(runs));
  return runs;
}

/** One setting over all regions; the runs of each half. */
function printSetting({ name, beats, travel: changed, eachItsOwn = false }: Setting, travel: TravelSettings): Run[][] {
  const halves = HALVES.map((half) =>
    half.flatMap((states) => {
      const market = facilitySites(states, { eachItsOwn });
      return runsOf(market, beatsOf(market, beats), { ...travel, ...changed });
    }),
  );
  line(name, reportOf(halves.flat()));
  return halves;
}

/** The constant that fits the sample and one half of the country best, and how far it is off in the other half. */
function printCrossed(
  name: string,
  groups: readonly (readonly Run[])[],
  { others, sample }: { readonly others: readonly Run[]; readonly sample: readonly Run[] },
): void {
  const constants = Array.from({ length: 81 }, (_, i) => 0.5 + i / 100);
  // groups count alike, however many territories each holds
  const off = (constant: number) =>
    [...groups, sample].reduce((sum, runs) => {
      const squares = runs.map((run) => Math.log(1 + errorAt(run, constant)) ** 2);
      return sum + squares.reduce((all, each) => all + each, 0) / squares.length;
    }, 0);
  const best = constants.reduce((kept, each) => (off(each) < off(kept) ? each : kept));
  const checked = others.map((run) => ({ ...run.check, error: errorAt(run, best) }));
  line(`constant ${best.toFixed(2)} from the sample and ${name}`, travelReport(checked));
}

/** A territory driven through, and what the formula needs to be asked again. */
interface Run {
  readonly beat: Beat;
  readonly travel: TravelSettings;
  readonly units: Parameters<typeof travelCheck>[1]['units'];
  readonly check: TravelReport['checked'][number];
}

const errorAt = ({ beat, travel, units, check }: Run, tourConstant: number) =>
  estimateOver(beat.sites, { home: beat.home, travel: { ...travel, tourConstant }, units }) / check.tourHours - 1;

/** The spacing is that of the whole market: the formula does not know who owns what. */
function runsOf({ units, sites }: SiteMarket, beats: readonly Beat[], travel: TravelSettings): Run[] {
  const places = sites.map(({ unit, visitsPerYear }) => ({ unit, perCycle: visitsPerYear / travel.cyclesPerYear }));
  const spaced = { ...units, spacingKm: spacingKm(dueByRound(places, units.lat.length), units) };
  return beats.map((beat) => {
    const check = travelCheck(beat.sites, { home: beat.home, travel, units: spaced });
    return { beat, travel, units: spaced, check };
  });
}

function sampleRuns(travel: TravelSettings): Run[] {
  const { market, beats } = sampleSites();
  return runsOf(market, beats, travel);
}

/** Real facilities of these states under the given travel, a territory each around so many of them. */
export function facilityTravel(travel: TravelSettings, states: readonly string[], beats: BeatsOf = BASE): TravelReport {
  const market = facilitySites(states);
  return reportOf(runsOf(market, beatsOf(market, beats), travel));
}

const reportOf = (runs: readonly Run[]) => travelReport(runs.map(({ check }) => check));

function line(name: string, { checked, median, p90 }: TravelReport): void {
  const bias = checked.reduce((sum, { error }) => sum + error, 0) / Math.max(1, checked.length);
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  process.stdout.write(
    `  ${name.padEnd(54)} ${checked.length} checked: median ${percent(median)}, p90 ${percent(p90)}, mean with sign ${percent(bias)}\n`,
  );
}
