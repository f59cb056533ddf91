import { count, filled, hours, usd } from 'c/bailiwick';
import type { ProposalResult } from 'c/bailiwick';
import { texts } from './texts';

type Bound = NonNullable<ProposalResult['bounds']>[number];

/** Rules on least and most: how many hold, then those on single territories and those that are broken. */
export function boundsView(bounds: readonly Bound[]) {
  const kept = bounds.filter(({ isKept }) => isKept).length;
  const told = bounds.filter(({ isKept, isNamed }) => isNamed || !isKept);
  return {
    has: bounds.length > 0,
    summary: filled(texts.leastAndMostOfKept, count(kept), count(bounds.length)),
    lines: told.map((bound, i) => ({ key: `${i}`, text: textOf(bound), look: bound.isKept ? 'quiet' : 'note' })),
  };
}

/** "Boston Metro: 1,790 h, at most 1,800 h – kept." */
function textOf({ territory, measure, min, max, value, isKept }: Bound): string {
  const amount = measure === 'potentialUsd' ? usd : hours;
  const asked = [
    min === null ? '' : filled(texts.atLeast, amount(min)),
    max === null ? '' : filled(texts.atMost, amount(max)),
  ];
  const rule = asked.filter((part) => part !== '').join(' and ');
  const what = measure === 'potentialUsd' ? filled(texts.ofMarketPotential, amount(value)) : amount(value);
  return `${territory}: ${what}, ${rule} ${isKept ? texts.kept : texts.notKept}.`;
}
