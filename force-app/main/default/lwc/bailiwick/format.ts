import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { filled } from './filled';
import { texts } from './texts';

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const count = (value: number): string => whole.format(Math.round(value));

/** Dollars short enough to read at a glance: $850, $12k, $3.4M. */
export function usd(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size >= 9.95e6) return `${sign}$${whole.format(size / 1e6)}M`;
  if (size >= 999_500) return `${sign}$${tenths.format(size / 1e6)}M`;
  if (size >= 1000) return `${sign}$${whole.format(size / 1e3)}k`;
  return `${sign}$${whole.format(size)}`;
}

/** A date without a time, such as "2026-01-31", as a day. */
export function plainDay(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** A ratio as whole percent: 1.384 → “138 %”. */
export const percent = (ratio: number): string => (Number.isFinite(ratio) ? `${Math.round(ratio * 100)} %` : '—');

/** A change of a ratio in points with its sign: 0.06 → “+6”. */
export function points(change: number): string {
  const rounded = Math.round(change * 100);
  return rounded > 0 ? `+${rounded}` : rounded < 0 ? `−${-rounded}` : '±0';
}

export const hours = (value: number): string => `${whole.format(Math.round(value))} h`;

export function day(iso: string): string {
  return new Date(iso).toLocaleDateString(locale, { year: 'numeric', month: 'short', day: 'numeric', timeZone });
}

/** A day with its time of day, in the user's time zone. */
export function moment(iso: string): string {
  const time = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  return new Date(iso).toLocaleString(locale, { year: 'numeric', ...time, timeZone });
}

/** How long something took: "8 s", "3 min 20 s", "1 h 5 min". */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return filled(texts.min, minutes, seconds % 60 > 0 ? ` ${seconds % 60} s` : '');
  return filled(texts.hMin, Math.floor(minutes / 60), minutes % 60);
}

/** Minutes of a way or a visit: "12 min", "1 h 5 min". */
export const minutes = (value: number): string => duration(Math.round(value) * 60_000).replace(/^0 s$/, texts.n0Min);

/** Minutes after midnight as a clock says it. */
export function timeOfDay(after: number): string {
  const at = new Date(2000, 0, 1, 0, Math.round(after));
  return at.toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });
}

const rules = new Intl.PluralRules(locale);

/**
 * A number with its noun: `plural(3, 'account|accounts')` is “3 accounts”. The forms stand in the order of the locale's own
 * categories (one|few|many|other as far as the language has them); a translation with fewer forms ends with its last.
 */
export function plural(n: number, forms: string): string {
  const words = forms.split('|');
  const at = rules.resolvedOptions().pluralCategories.indexOf(rules.select(n));
  return `${count(n)} ${words[Math.min(at, words.length - 1)]}`;
}

/** A text as one sentence: a capital first, one full stop last. */
export function sentence(text: string): string {
  const trimmed = text.trim().replace(/\.+$/, '');
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}.`;
}
