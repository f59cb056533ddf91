import type { Point } from './geography.ts';
import { shortTour, type Way } from './tour.ts';

/** Somebody to call on: how often in a year, and how long. */
export interface Target extends Point {
  readonly callsPerYear: number;
  readonly minutesPerCall: number;
  /** Targets with the same text are one stop. */
  readonly address: string;
}

export interface FieldDay {
  /** Indices of the targets in driving order. */
  readonly targets: readonly number[];
  /** Distinct addresses. */
  readonly stops: number;
  /** Minutes on the road before each of the targets; 0 where it is at the address of the one before. */
  readonly ways: readonly number[];
  /** Minutes back home; 0 without a home. */
  readonly backMinutes: number;
  readonly driveMinutes: number;
  readonly callMinutes: number;
}

export interface FieldPlanOptions {
  readonly home: Point | null;
  readonly way: Way;
  readonly cyclesPerYear: number;
  /** Which cycle of the year, from 0: who is due less than once a cycle is due in some of them. */
  readonly cycle: number;
  readonly stopsPerDay: number;
  readonly minutesPerDay: number;
}

/** A cycle is driven in rounds, so that who is due twice is not seen on two days in a row. */
const LEAST_ROUNDS = 2;

/**
 * The days of one cycle: who is due, grouped by direction from home (sweep of Gillett and Miller 1974) into days of at most
 * so many stops and minutes, each in driving order. Only whole visits are planned; over a year everybody gets all of them.
 */
export function fieldPlan(targets: readonly Target[], options: FieldPlanOptions): FieldDay[] {
  const home = options.home ?? middle(targets);
  const visits = targets.map((target, i) => visitsDue(target, i, options));
  const rounds: number[][] = Array.from({ length: Math.max(LEAST_ROUNDS, ...visits) }, () => []);
  visits.forEach((due, i) => {
    for (let visit = 0; visit < due; visit++) rounds[(visit + i) % rounds.length]?.push(i);
  });
  return rounds.flatMap((due) => days(bySweep(due, targets, home), { targets, home, options }));
}

/** Visits of a target that fall into this cycle; where they are a fraction, the place in the list says which cycles get one. */
function visitsDue({ callsPerYear }: Target, place: number, { cyclesPerYear, cycle }: FieldPlanOptions): number {
  const perCycle = callsPerYear / cyclesPerYear;
  const until = (cycles: number) => Math.floor(cycles * perCycle + (place % cyclesPerYear) / cyclesPerYear);
  return until(cycle + 1) - until(cycle);
}

/** Stops by their direction from home; targets of one address stay side by side. */
function bySweep(due: readonly number[], targets: readonly Target[], home: Point): number[][] {
  const stops = new Map<string, number[]>();
  for (const i of due) {
    const key = targets[i]?.address ?? '';
    stops.set(key, [...(stops.get(key) ?? []), i]);
  }
  const angle = ([first]: readonly number[]) => {
    const at = targets[first ?? -1] ?? home;
    const east = (at.lon - home.lon) * Math.cos((home.lat * Math.PI) / 180);
    return Math.atan2(at.lat - home.lat, east);
  };
  return [...stops.values()].sort((a, b) => angle(a) - angle(b) || (a[0] ?? 0) - (b[0] ?? 0));
}

interface Ground {
  readonly targets: readonly Target[];
  readonly home: Point;
  readonly options: FieldPlanOptions;
}

/** Fills day after day while the tour and its calls fit; a stop that alone takes more than a day still gets one. */
function days(stops: readonly (readonly number[])[], ground: Ground): FieldDay[] {
  const { stopsPerDay, minutesPerDay } = ground.options;
  const found: FieldDay[] = [];
  let open: (readonly number[])[] = [];
  let day: FieldDay | null = null;
  for (const stop of stops) {
    const longer = dayOf([...open, stop], ground);
    if (day && (longer.stops > stopsPerDay || longer.driveMinutes + longer.callMinutes > minutesPerDay)) {
      found.push(day);
      open = [];
    }
    open = [...open, stop];
    day = open.length === 1 ? dayOf(open, ground) : longer;
  }
  return day ? [...found, day] : found;
}

function dayOf(stops: readonly (readonly number[])[], { targets, options }: Ground): FieldDay {
  const places = stops.map(([first]) => targets[first ?? -1]!);
  const { order, legs, minutes } = shortTour(places, options.home, options.way);
  const visited = order.flatMap((i) => stops[i] ?? []);
  const toStops = options.home ? legs : [0, ...legs];
  return {
    targets: visited,
    stops: stops.length,
    ways: order.flatMap((i, turn) => (stops[i] ?? []).map((_, k) => (k === 0 ? (toStops[turn] ?? 0) : 0))),
    backMinutes: options.home ? (legs.at(-1) ?? 0) : 0,
    driveMinutes: minutes,
    callMinutes: visited.reduce((sum, i) => sum + (targets[i]?.minutesPerCall ?? 0), 0),
  };
}

function middle(targets: readonly Point[]): Point {
  const mean = (pick: (point: Point) => number) =>
    targets.reduce((sum, target) => sum + pick(target), 0) / Math.max(1, targets.length);
  return { lat: mean(({ lat }) => lat), lon: mean(({ lon }) => lon) };
}
