import { isTimeZone, momentOf, wallTime } from '../core/wallClock.ts';

/** The first moment of a day (such as 2027-01-01) in a time zone. */
export function dayStart(iso: string, zone: string): number {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number);
  return momentOf({ year, month, day, hour: 0, minute: 0 }, isTimeZone(zone) ? zone : 'UTC');
}

/** The day that a time zone has at a moment. */
export function dayOf(atMs: number, zone: string): string {
  const { year, month, day } = wallTime(atMs, isTimeZone(zone) ? zone : 'UTC');
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
