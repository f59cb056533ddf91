import { momentOf, wallTime, type WallTime } from './wallClock.ts';

/** A schedule of five fields: minute, hour, day of the month, month, day of the week. */
interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 is Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Where both day fields are restricted, either of them is enough, as in every cron since 1979. */
  readonly isEitherDay: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** A date such as 29 February may be this far away: eight years around a century without a leap day. */
const MAX_DAYS = 366 * 8 + 2;

interface Field {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}
const FIELDS: readonly Field[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: MONTHS },
  { low: 0, high: 7, names: WEEKDAYS },
];

/** One value by number or name; null where it is none. */
function valueOf(text: string, { low, high, names }: Field): number | null {
  const named = names?.indexOf(text.toLowerCase()) ?? -1;
  const value = named >= 0 ? named + low : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
  return value >= low && value <= high ? value : null;
}

// "1-5", "*/15", "3", "mon-fri/2": the values of one part of a field; null where it is none
function rangeOf(text: string, field: Field): number[] | null {
  const [, span = '', step] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const [from = '', to, ...rest] = span.split('-');
  if (rest.length > 0) return null;
  const start = span === '*' ? field.low : valueOf(from, field);
  // "5/10" goes on to the end, as "5-59/10" does
  const end = span === '*' || (to === undefined && step !== undefined) ? field.high : valueOf(to ?? from, field);
  const by = step === undefined ? 1 : Number(step);
  if (start === null || end === null || start > end || by < 1) return null;
  return Array.from({ length: Math.floor((end - start) / by) + 1 }, (_, k) => start + k * by);
}

function listOf(text: string, field: Field): number[] | null {
  const ranges = text.split(',').map((part) => rangeOf(part, field));
  if (ranges.some((range) => range === null)) return null;
  return [...new Set(ranges.flatMap((range) => range ?? []))].sort((a, b) => a - b);
}

function parse(text: string): Cron | null {
  const fields = text.trim().split(/\s+/);
  const lists = FIELDS.map((field, k) => listOf(fields[k] ?? '', field));
  const [minutes, hours, days, months, weekdays] = lists;
  if (fields.length !== FIELDS.length || !minutes || !hours || !days || !months || !weekdays) return null;
  return {
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    // 7 is Sunday too
    weekdays: new Set(weekdays.map((day) => day % 7)),
    isEitherDay: !fields[2]!.startsWith('*') && !fields[4]!.startsWith('*'),
  };
}

/** Whether a text is a schedule that comes at all: 30 February does not. */
export function isCron(text: string): boolean {
  return parse(text) !== null && nextTime(text, 0, 'UTC') !== null;
}

function isOnDay({ days, months, weekdays, isEitherDay }: Cron, { month, day }: WallTime, weekday: number): boolean {
  if (!months.has(month)) return false;
  return isEitherDay ? days.has(day) || weekdays.has(weekday) : days.has(day) && weekdays.has(weekday);
}

/**
 * The first moment after `afterMs` at which the schedule comes, by the wall clock of a time zone; null where it never comes.
 * Summer time: a time that comes twice counts once, one that is left out comes that much after the jump.
 * @throws RangeError for a text that is no schedule
 */
export function nextTime(text: string, afterMs: number, zone: string): number | null {
  const cron = parse(text);
  if (!cron) throw new RangeError(`"${text}" is not a schedule of five fields.`);
  const from = wallTime(afterMs, zone);
  const firstDay = Date.UTC(from.year, from.month - 1, from.day);
  for (let k = 0; k < MAX_DAYS; k++) {
    // a date as such, in no zone
    const date = wallTime(firstDay + k * 86_400_000, 'UTC');
    const weekday = (Math.floor(firstDay / 86_400_000) + k + 4) % 7;
    if (!isOnDay(cron, date, weekday)) continue;
    const moments = cron.hours.flatMap((hour) =>
      cron.minutes.map((minute) => momentOf({ ...date, hour, minute }, zone)),
    );
    const next = moments.filter((at) => at > afterMs);
    if (next.length > 0) return Math.min(...next);
  }
  return null;
}

/** The next few times, soonest first. */
export function nextTimes(text: string, after: { ms: number; zone: string }, count: number): number[] {
  const found: number[] = [];
  for (let at: number | null = after.ms; found.length < count;) {
    at = nextTime(text, at, after.zone);
    if (at === null) break;
    found.push(at);
  }
  return found;
}
