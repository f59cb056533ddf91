/** What a clock on the wall shows in a time zone. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Making one takes a hundred times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a time zone that nobody knows */
function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

export function isTimeZone(zone: string): boolean {
  try {
    return formatIn(zone) !== undefined;
  } catch {
    return false;
  }
}

/** The wall clock of a time zone at a moment (milliseconds since 1970). */
export function wallTime(atMs: number, zone: string): WallTime {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

const asUtc = ({ year, month, day, hour, minute }: WallTime): number => Date.UTC(year, month - 1, day, hour, minute);

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
const offsetMs = (atMs: number, zone: string): number =>
  asUtc(wallTime(atMs, zone)) - Math.floor(atMs / MINUTE_MS) * MINUTE_MS;

/**
 * The moment at which clocks show this. A time that comes twice (clocks go back) means the first one; a time that never
 * comes (clocks go forward) means as many minutes after the jump as it lies after the jump's beginning.
 */
export function momentOf(wall: WallTime, zone: string): number {
  const asIf = asUtc(wall);
  const before = offsetMs(asIf - DAY_MS, zone);
  const after = offsetMs(asIf + DAY_MS, zone);
  const shown = [asIf - before, asIf - after].filter((at) => asUtc(wallTime(at, zone)) === asIf);
  return shown.length > 0 ? Math.min(...shown) : asIf - before;
}

/** Hours of every day, such as 07:00 to 19:00; over midnight where `from` is later than `to`, all day where both are one. */
export interface DayHours {
  readonly from: string;
  readonly to: string;
}

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

function isWithin(minute: number, { from, to }: DayHours): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === end) return true;
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

/** Whether a moment lies within one of the hours; the end itself does not. */
export function isQuiet(atMs: number, zone: string, hours: readonly DayHours[]): boolean {
  const { hour, minute } = wallTime(atMs, zone);
  return hours.some((each) => isWithin(hour * 60 + minute, each));
}
