import type { MarketCode } from './markets.ts';

/** How one code of a file counts under a market. */
export interface CodeRule {
  readonly rule: MarketCode['rule'];
  readonly valueUsd: number | null;
  /** The line of the market that says so. */
  readonly entry: MarketCode;
}

/**
 * Which codes of a file count and how: a code that is named goes before a range ("17311-17315", both ends in it, same length), an
 * earlier range before a later one. A code in neither does not count.
 */
export function codeRules<Code extends { readonly code: string }>(
  entries: readonly MarketCode[],
  codes: readonly Code[],
): (Code & CodeRule)[] {
  const named = new Map<string, MarketCode>();
  const ranges: { first: string; last: string; entry: MarketCode }[] = [];
  for (const entry of entries) {
    const range = rangeOf(entry.code);
    if (range) ranges.push({ ...range, entry });
    else if (!named.has(entry.code)) named.set(entry.code, entry);
  }
  return codes.flatMap((each) => {
    const within = ({ first, last }: { first: string; last: string }) =>
      each.code.length === first.length && each.code >= first && each.code <= last;
    const entry = named.get(each.code) ?? ranges.find(within)?.entry;
    return entry ? [{ ...each, rule: entry.rule, valueUsd: entry.valueUsd, entry }] : [];
  });
}

/** First and last code of "17311-17315"; null for a single code, and for ends that cannot bound a range. */
export function rangeOf(text: string): { first: string; last: string } | null {
  const [, first, last] = /^\s*([A-Z0-9]{2,12})\s*(?:-|–|\.\.)\s*([A-Z0-9]{2,12})\s*$/i.exec(text) ?? [];
  if (first === undefined || last === undefined || first.length !== last.length) return null;
  const [low, high] = [first.toUpperCase(), last.toUpperCase()];
  return low <= high ? { first: low, last: high } : null;
}
