import { calendarFile, type CalendarEntry } from '../core/calendarFile.ts';
import { dollars } from '../core/findings.ts';
import { textPdf, type SheetLine } from '../core/textPdf.ts';

/** One visit on one day; times in minutes after midnight. */
export interface Visit {
  readonly id: string;
  readonly name: string;
  readonly kind: string | null;
  readonly street: string | null;
  readonly city: string | null;
  readonly tier: string | null;
  readonly headroomUsd: number;
  /** Minutes on the road before it. */
  readonly driveMinutes: number;
  readonly arrive: number;
  readonly leave: number;
}

export interface VisitDay {
  /** Such as 2026-12-01. */
  readonly date: string;
  readonly visits: readonly Visit[];
  readonly driveMinutes: number;
  readonly visitMinutes: number;
  /** Way back home after the last visit; 0 without a home. */
  readonly backMinutes: number;
}

/** Days begin at half past eight unless told otherwise. */
export const DAY_BEGINS = 8 * 60 + 30;

export function clock(minutes: number): string {
  const whole = Math.round(minutes);
  return `${String(Math.floor(whole / 60) % 24).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

/** The days as calendar entries, one a visit; the same visit of the same day has the same id. */
export function visitCalendar(days: readonly VisitDay[], stampedAt: string): string {
  const entries = days.flatMap(({ date, visits }) =>
    visits.map((visit): CalendarEntry => ({
      id: `${date}-${visit.id}`,
      start: `${date}T${clock(visit.arrive)}`,
      end: `${date}T${clock(visit.leave)}`,
      title: visit.name,
      place: address(visit),
      notes: about(visit),
    })),
  );
  return calendarFile(entries, stampedAt);
}

const address = ({ street, city }: Visit): string => [street, city].filter(Boolean).join(', ');

const about = (visit: Visit): string =>
  [visit.kind, visit.tier && `tier ${visit.tier}`, `headroom ${dollars(visit.headroomUsd)}`].filter(Boolean).join(', ');

/** The days as a sheet to print. */
export function visitSheet(title: string, days: readonly VisitDay[], notes: readonly string[]): string {
  const lines: SheetLine[] = [
    { text: title, style: 'title' },
    ...notes.map((text) => ({ text, style: 'quiet' as const })),
    ...days.flatMap((day) => dayLines(day)),
  ];
  return textPdf(lines, 'Bailiwick. Drive times are estimates from distances, without roads or traffic.');
}

function dayLines({ date, visits, driveMinutes, visitMinutes, backMinutes }: VisitDay): SheetLine[] {
  const total = `${visits.length} visits, ${duration(visitMinutes)} with customers, ${duration(driveMinutes)} on the road`;
  return [
    { text: `${weekday(date)}, ${date}: ${total}`, style: 'head', keep: visits.length > 4 ? 5 : visits.length + 1 },
    ...visits.flatMap((visit): SheetLine[] => [
      {
        text: clock(visit.arrive),
        columns: [
          { at: 40, text: visit.name },
          { at: 300, text: about(visit) },
        ],
        keep: 2,
      },
      { text: '', style: 'quiet', columns: [{ at: 40, text: address(visit) }] },
    ]),
    ...(backMinutes > 0 ? [{ text: `${duration(backMinutes)} back home`, style: 'quiet' as const }] : []),
  ];
}

export function duration(minutes: number): string {
  const whole = Math.round(minutes);
  const hours = Math.floor(whole / 60);
  return hours > 0 ? `${hours} h ${whole % 60} min` : `${whole} min`;
}

const day = (date: string) => new Date(`${date}T00:00:00Z`);
export const weekday = (date: string): string =>
  day(date).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' });

/** So many days from this one on, Monday to Friday. */
export function workingDays(from: string, count: number): string[] {
  const days: string[] = [];
  for (let at = day(from).getTime(); days.length < count; at += 86_400_000) {
    const date = new Date(at);
    if (date.getUTCDay() % 6 !== 0) days.push(date.toISOString().slice(0, 10));
  }
  return days;
}
