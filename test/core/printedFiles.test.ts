import { describe, expect, test } from 'vitest';
import { calendarFile } from '../../service/core/calendarFile.ts';
import { textPdf } from '../../service/core/textPdf.ts';

const entry = {
  id: 'visit-1',
  start: '2026-12-01T08:30',
  end: '2026-12-01T09:15',
  title: 'St. Alban; surgery, 2nd floor',
  place: 'Main St 1, Boston',
  notes: 'Tier A\nHeadroom $600k',
};

describe('calendar file', () => {
  test('is what RFC 5545 asks for: CRLF, escaped texts, floating times', () => {
    const lines = calendarFile([entry], '2026-11-30T10:00:00.000Z').split('\r\n');
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    expect(lines).toContain('DTSTAMP:20261130T100000Z');
    expect(lines).toContain('DTSTART:20261201T083000');
    expect(lines).toContain('SUMMARY:St. Alban\\; surgery\\, 2nd floor');
    expect(lines).toContain('DESCRIPTION:Tier A\\nHeadroom $600k');
    expect(lines.slice(-2)).toEqual(['END:VCALENDAR', '']);
  });

  test('folds lines at 75 octets and never within a character', () => {
    const file = calendarFile([{ ...entry, title: 'ä'.repeat(80) }], '2026-11-30T10:00:00Z');
    const lengths = file.split('\r\n').map((line) => new TextEncoder().encode(line).length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(75);
    expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${'ä'.repeat(80)}`);
  });
});

describe('printed sheet', () => {
  test('is a PDF in ASCII whose table of objects tells where they begin', () => {
    const file = textPdf([{ text: 'Day plan (draft) – Zoë', style: 'title' }], 'Bailiwick');
    expect([...file].every((character) => character.charCodeAt(0) < 128)).toBe(true);
    expect(file).toContain('(Day plan \\(draft\\) \\226 Zo\\353) Tj');
    const table = /xref\n0 (\d+)\n([\s\S]*?)trailer/.exec(file)!;
    const offsets = table[2]!
      .split('\n')
      .slice(1, Number(table[1]))
      .map((row) => Number(row.slice(0, 10)));
    expect(offsets).toHaveLength(6);
    offsets.forEach((offset, i) => expect(file.slice(offset)).toMatch(new RegExp(`^${i + 1} 0 obj\n`)));
    expect(Number(/startxref\n(\d+)/.exec(file)![1])).toBe(file.indexOf('xref\n0'));
    const [, length, content] = /\/Length (\d+)>>\nstream\n([\s\S]*?)\nendstream/.exec(file)!;
    expect(content).toHaveLength(Number(length));
  });

  test('a long list goes over pages, and a text longer than its column is cut', () => {
    const rows = Array.from({ length: 120 }, (_, i) => ({ text: `Row ${i} ${'x'.repeat(300)}`, columns: [{ at: 200, text: 'B' }] })); // prettier-ignore
    const file = textPdf(rows, 'Bailiwick');
    expect(file.match(/\/Type\/Page\//g)?.length).toBeGreaterThan(2);
    expect(file).toContain('Row 119');
    expect(file).not.toContain('x'.repeat(60));
  });
});
