import { whiteSpace, DEFAULT_FALSE_DISCOVERY, type Pocket } from '../../../service/core/whiteSpace.ts';
import { DEFAULT_TRAVEL } from '../../../service/core/travel.ts';
import { market, type Market, type MarketSize } from './market.ts';
import type { Score } from './score.ts';

export const DEFAULTS = {
  falseDiscovery: DEFAULT_FALSE_DISCOVERY,
  seed: 1,
  workingHours: 1840,
  travel: DEFAULT_TRAVEL,
};
const SIZE: MarketSize = { units: 1500, providers: 15_000, pockets: 6 };

/** A pocket is found where half of its open dollars are reported; a report is false where half of its dollars were not planted. */
export function pocketScore(seed: number): Score {
  const made = market(seed, SIZE);
  return scored(made, whiteSpace(made.coverage, made, DEFAULTS));
}

function scored({ planted, coverage }: Market, reported: readonly Pocket[]): Score {
  const open = (units: readonly number[]) => units.reduce((sum, unit) => sum + coverage.uncoveredUsd[unit]!, 0);
  const both = (units: readonly number[], others: ReadonlySet<number>) =>
    open(units.filter((unit) => others.has(unit)));
  const told = new Set(reported.flatMap(({ units }) => units));
  const true_ = new Set(planted.flat());
  return {
    planted: planted.length,
    found: planted.filter((units) => both(units, told) >= open(units) / 2).length,
    reported: reported.length,
    falseAlarms: reported.filter(({ units }) => both(units, true_) < open(units) / 2).length,
  };
}
