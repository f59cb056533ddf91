/** One entry of a calendar; times are local, as the clock on the wall says: "2026-12-01T08:30". */
export interface CalendarEntry {
  /** The same entry has the same id, so that a second import replaces the first. */
  readonly id: string;
  readonly start: string;
  readonly end: string;
  readonly title: string;
  readonly place: string;
  readonly notes: string;
}

/** RFC 5545: lines are folded at 75 octets. */
const MAX_OCTETS = 75;

/** An iCalendar file (RFC 5545) with floating times: a visit at 9 is at 9 wherever the phone is. */
export function calendarFile(entries: readonly CalendarEntry[], stampedAt: string): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Bailiwick//Field plan//EN',
    ...entries.flatMap(({ id, start, end, title, place, notes }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(id)}@bailiwick`,
      `DTSTAMP:${stampedAt.replace(/[-:]|\.\d+/g, '')}`,
      `DTSTART:${local(start)}`,
      `DTEND:${local(end)}`,
      `SUMMARY:${escaped(title)}`,
      ...(place === '' ? [] : [`LOCATION:${escaped(place)}`]),
      ...(notes === '' ? [] : [`DESCRIPTION:${escaped(notes)}`]),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

const local = (time: string) => `${time.replace(/[-:]/g, '').slice(0, 13)}00`;

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** Never within a character: its octets stay together. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let length = 0;
  let result = '';
  for (const character of line) {
    const octets = encoder.encode(character).length;
    if (length + octets > MAX_OCTETS) {
      result += '\r\n ';
      length = 1;
    }
    result += character;
    length += octets;
  }
  return result;
}
