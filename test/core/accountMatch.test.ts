import { describe, expect, test } from 'vitest';
import { isOneEditAway, likeness, verdictOf, type NamedPlace } from '../../service/core/accountMatch.ts';
import { nameWords, streetAddress } from '../../service/core/addressText.ts';

const place = (name: string, street: string | null, more: Partial<NamedPlace> = {}): NamedPlace => ({
  name,
  street,
  city: 'Boston',
  state: 'MA',
  zip: '02115',
  ...more,
});

describe('names and addresses as they are compared', () => {
  test('short forms, legal words, accents and marks fall away', () => {
    expect(nameWords("St. Mary's Hosp. & Med Ctr., Inc.")).toEqual(['SAINT', 'MARYS', 'HOSPITAL', 'MEDICAL', 'CENTER']);
    expect(nameWords('Orange Co Hospital Co')).toEqual(['ORANGE', 'COUNTY', 'HOSPITAL']);
    expect(nameWords('Clínica Médica')).toEqual(['CLINICA', 'MEDICA']);
    expect(nameWords('The LLC')).toEqual(['THE', 'LLC']);
  });

  test('a street is a house and words; the room in the house is not compared', () => {
    expect(streetAddress('12 North Main Street, Suite 300')).toEqual({ house: '12', words: ['N', 'MAIN', 'ST'] });
    expect(streetAddress('12 N. MAIN ST STE 4')).toEqual({ house: '12', words: ['N', 'MAIN', 'ST'] });
    expect(streetAddress('1600 South 20th Avenue')).toEqual({ house: '1600', words: ['S', '20', 'AVE'] });
    expect(streetAddress('Two First Street')).toEqual({ house: '2', words: ['1', 'ST'] });
    expect(streetAddress('  ')).toBeNull();
    expect(streetAddress(null)).toBeNull();
  });

  test('one letter more, less or other', () => {
    expect(['MERCY', 'MERY', 'MERCEY', 'MERCI', 'MARCI'].map((word) => isOneEditAway('MERCY', word))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('likeness', () => {
  test('the same place written in two ways is 1, with words that say so', () => {
    const { score, reasons } = likeness(
      place('St Mary Medical Ctr Inc', '1050 Linden Avenue, Suite 2'),
      place('SAINT MARY MEDICAL CENTER', '1050 LINDEN AVE'),
    );
    expect(score).toBe(1);
    expect(reasons).toEqual(['same name', 'same street and number', 'same ZIP 02115']);
  });

  test('it is symmetric, between 0 and 1, and falls with every difference', () => {
    const base = place('Beacon Hospital', '1 Main St');
    const others = [
      place('Beacon Hospital', '1 Main St', { zip: '02116' }),
      place('Beacon Hospital', '7 Main St'),
      place('Beacon Nursing Home', '1 Main St'),
      place('Elm Hospital', '9 Side Rd', { city: 'Albany', state: 'NY', zip: '12207' }),
    ];
    const scores = others.map((other) => {
      const there = likeness(base, other).score;
      expect(there).toBe(likeness(other, base).score);
      return there;
    });
    expect(Math.max(...scores)).toBeLessThan(1);
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(0);
    expect(scores[3]).toBeLessThan(0.3);
  });

  test('common words and the name of the city weigh little', () => {
    const mercy = place('Mercy Hospital Boston', '1 Main St');
    const same = likeness(mercy, place('Mercy Medical Center', '1 Main St')).name;
    const other = likeness(mercy, place('Grace Hospital Boston', '1 Main St')).name;
    expect(same).toBeGreaterThan(other);
  });

  test('a nursing unit at the same door is not the hospital', () => {
    const hospital = place('Beacon Hospital', '1 Main St');
    const unit = likeness(hospital, place('Beacon Hospital DP SNF', '1 Main St'));
    expect(unit.score).toBeLessThan(likeness(hospital, place('Beacon Hospital Campus', '1 Main St')).score);
  });

  test('without a street nothing is certain', () => {
    const { score, street, reasons } = likeness(place('Beacon Hospital', null), place('Beacon Hospital', '1 Main St'));
    expect([score, street]).toEqual([0.85, null]);
    expect(reasons).toContain('no street to compare');
  });
});

describe('verdicts', () => {
  const candidate = (score: number, name = score, street: number | null = score) => ({
    key: String(score),
    likeness: { score, name, street, place: 1, reasons: [] },
  });
  test('only one that is alike and clearly before all others is certain', () => {
    expect(verdictOf([])).toBe('none');
    expect(verdictOf([candidate(0.4)])).toBe('none');
    expect(verdictOf([candidate(0.7)])).toBe('likely');
    expect(verdictOf([candidate(0.95)])).toBe('certain');
    expect(verdictOf([candidate(0.95), candidate(0.8)])).toBe('certain');
    expect(verdictOf([candidate(0.95), candidate(0.9)])).toBe('ambiguous');
    expect(verdictOf([candidate(1), candidate(1)])).toBe('ambiguous');
    expect(verdictOf([candidate(0.95, 0.5)])).toBe('likely');
    expect(verdictOf([candidate(0.95, 1, null)])).toBe('likely');
  });
});
