import { breather } from '../jobs/breather.ts';
import { MarketColumns, REMAINDERS } from './marketColumns.ts';

/** Above this share of the cells the smaller table saves too little to be kept. */
const WORTH_KEEPING = 0.7;
/** Small numbers of a facet fit 16 bits. */
const FACET_SIZE = 65_536;

/**
 * The cells of a market with all codes of a provider, site and specialty added up, for questions that name no code. The cells
 * of a provider lie together in each place, so one look at each is enough. Null where it would hardly be smaller.
 */
export async function withoutCodes(columns: MarketColumns): Promise<MarketColumns | null> {
  const places = columns.starts.length - 1;
  const rows = columns.provider.length;
  const groupOf = new Int32Array(rows);
  const rest = breather();
  let groups = 0;
  const starts = [0];
  for (let place = 0; place < places; place++) {
    groups = groupPlace(columns, place, { groupOf, groups });
    starts.push(groups);
    const pause = rest();
    if (pause) await pause;
  }
  if (groups > rows * WORTH_KEEPING) return null;
  const sums = new MarketColumns(places - REMAINDERS.length, groups, columns.imputedSquares.length > 0, columns);
  sums.starts.set(starts);
  sums.shared = columns.shared;
  for (let place = 0; place < places; place++) {
    addPlace(columns, sums, { place, groupOf });
    const pause = rest();
    if (pause) await pause;
  }
  return sums;
}

/** Numbers the groups of one place, going on from `groups`; answers how many there are by then. */
function groupPlace(columns: MarketColumns, place: number, into: { groupOf: Int32Array; groups: number }): number {
  const { starts, provider } = columns;
  const [site, specialty] = [columns.site.at, columns.specialty.at];
  const { groupOf } = into;
  let { groups } = into;
  const ofProvider = new Map<number, number>();
  let last = Number.NaN;
  for (let row = starts[place]!, end = starts[place + 1]!; row < end; row++) {
    if (provider[row]! !== last) {
      ofProvider.clear();
      last = provider[row]!;
    }
    const key = site[row]! * FACET_SIZE + specialty[row]!;
    let group = ofProvider.get(key);
    if (group === undefined) ofProvider.set(key, (group = groups++));
    groupOf[row] = group;
  }
  return groups;
}

function addPlace(columns: MarketColumns, sums: MarketColumns, at: { place: number; groupOf: Int32Array }): void {
  const hasImputed = sums.imputedSquares.length > 0;
  for (let row = columns.starts[at.place]!, end = columns.starts[at.place + 1]!; row < end; row++) {
    const group = at.groupOf[row]!;
    sums.provider[group] = columns.provider[row]!;
    sums.site.at[group] = columns.site.at[row]!;
    sums.specialty.at[group] = columns.specialty.at[row]!;
    sums.procedures[group]! += columns.procedures[row]!;
    sums.usd[group]! += columns.usd[row]!;
    sums.suppressed[group]! |= columns.suppressed[row]!;
    if (!hasImputed) continue;
    sums.imputedProcedures[group]! += columns.imputedProcedures[row]!;
    sums.imputedSquares[group]! += columns.imputedSquares[row]!;
  }
}
