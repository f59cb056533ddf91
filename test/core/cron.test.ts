import { describe, expect, it } from 'vitest';
import { isCron, nextTime, nextTimes } from '../../service/core/cron.ts';
import { isQuiet, isTimeZone, momentOf, wallTime } from '../../service/core/wallClock.ts';

const NY = 'America/New_York';
const at = (iso: string): number => Date.parse(iso);
const next = (cron: string, after: string, zone = NY): string => {
  const found = nextTime(cron, at(after), zone);
  return found === null ? 'never' : new Date(found).toISOString();
};

describe('schedules of five fields', () => {
  it.each([
    // winter: five hours behind UTC
    ['0 2 * * *', '2026-01-10T06:59:00Z', '2026-01-10T07:00:00.000Z'],
    ['0 2 * * *', '2026-01-10T07:00:00Z', '2026-01-11T07:00:00.000Z'],
    // summer: four
    ['0 2 * * *', '2026-07-10T00:00:00Z', '2026-07-10T06:00:00.000Z'],
    ['*/15 * * * *', '2026-01-10T07:01:30Z', '2026-01-10T07:15:00.000Z'],
    ['30 2 * * 1-5', '2026-01-09T12:00:00Z', '2026-01-12T07:30:00.000Z'],
    ['0 9 * jan,jul mon', '2026-02-01T00:00:00Z', '2026-07-06T13:00:00.000Z'],
    ['0 0 29 2 *', '2026-03-01T00:00:00Z', '2028-02-29T05:00:00.000Z'],
    ['0 12 * * 7', '2026-01-09T12:00:00Z', '2026-01-11T17:00:00.000Z'],
    // both days restricted: either is enough (Friday the 9th, or the 13th)
    ['0 12 13 * fri', '2026-01-09T18:00:00Z', '2026-01-13T17:00:00.000Z'],
    // the same day in the org's zone, another one in UTC
    ['0 23 * * 6', '2026-01-10T23:00:00Z', '2026-01-11T04:00:00.000Z'],
  ])('%s after %s comes at %s', (cron, after, expected) => {
    expect(next(cron, after)).toBe(expected);
  });
  it('a time that summer time leaves out comes that much after the jump; one that comes twice counts once', () => {
    // 8 March 2026: 02:00 EST becomes 03:00 EDT
    expect(next('30 2 * * *', '2026-03-08T05:00:00Z')).toBe('2026-03-08T07:30:00.000Z');
    expect(next('30 2 * * *', '2026-03-08T07:30:00Z')).toBe('2026-03-09T06:30:00.000Z');
    // 1 November 2026: 01:30 comes at 05:30Z and again at 06:30Z
    expect(next('30 1 * * *', '2026-11-01T04:00:00Z')).toBe('2026-11-01T05:30:00.000Z');
    expect(next('30 1 * * *', '2026-11-01T05:30:00Z')).toBe('2026-11-02T06:30:00.000Z');
  });
  it('a year of nights has 365 runs, in every zone', () => {
    for (const zone of [NY, 'UTC', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']) {
      const times = nextTimes('15 2 * * *', { ms: at('2026-01-01T12:00:00Z'), zone }, 365);
      expect(new Set(times).size, zone).toBe(365);
      expect(times, zone).toEqual([...times].sort((a, b) => a - b));
      expect(times.at(-1)! - at('2026-01-01T12:00:00Z'), zone).toBeLessThanOrEqual(366 * 86_400_000);
    }
  });
  it.each([
    '',
    '* * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '5-1 * * * *',
    '*/0 * * * *',
    'a * * * *',
    '* * * * * *',
    '0 0 30 2 *',
    '1--2 * * * *',
  ])('refuses "%s"', (text) => expect(isCron(text)).toBe(false));
  it('takes lists, ranges, steps and names', () => {
    for (const text of ['0 2 * * *', '0,30 8-18/2 1,15 * *', '5/20 * * * *', '0 0 * DEC SUN-TUE'])
      expect(isCron(text), text).toBe(true);
    expect(() => nextTime('nonsense', 0, 'UTC')).toThrow(RangeError);
  });
});

describe('the clock on the wall', () => {
  it('goes there and back for every hour of the days on which clocks change', () => {
    for (let ms = at('2026-03-08T00:00:00Z'); ms < at('2026-03-09T12:00:00Z'); ms += 1_800_000)
      expect(momentOf(wallTime(ms, NY), NY)).toBe(ms);
  });
  it('knows quiet hours, over midnight too, with their end left out', () => {
    const day = [{ from: '07:00', to: '19:00' }];
    expect(isQuiet(at('2026-01-10T12:00:00Z'), NY, day)).toBe(true);
    expect(isQuiet(at('2026-01-11T00:00:00Z'), NY, day)).toBe(false);
    const night = [{ from: '22:00', to: '06:00' }];
    expect(['03:30', '10:59', '11:00'].map((utc) => isQuiet(at(`2026-01-10T${utc}:00Z`), NY, night))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isQuiet(0, NY, [])).toBe(false);
    expect(isQuiet(0, NY, [{ from: '05:00', to: '05:00' }])).toBe(true);
  });
  it('knows time zones', () => {
    expect([NY, 'Europe/Berlin', 'GMT', 'Nowhere/Land'].map(isTimeZone)).toEqual([true, true, true, false]);
  });
});
