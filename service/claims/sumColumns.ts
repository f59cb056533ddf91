import { breather } from '../jobs/breather.ts';
import type { Narrowing } from './counted.ts';
import type { MarketColumns } from './marketColumns.ts';
import type { SharedProviders } from './sharedProviders.ts';

/** Sums of the cells in one place: a unit, or a remainder. */
export interface Sums {
  readonly procedures: Float64Array;
  readonly usd: Float64Array;
  readonly providers: Int32Array;
  readonly suppressed: Uint8Array;
  readonly imputedProcedures: Float64Array;
  readonly imputedSquares: Float64Array;
  /** Σ over providers of (their US dollars in the place)²: how much of it hangs on few of them. */
  readonly providerSquares: Float64Array;
  readonly shared: SharedProviders;
}

/** The same while it is added up. */
interface Adding extends Omit<Sums, 'shared'> {
  readonly starts: Int32Array;
  readonly numbers: number[];
}

/** Demand of every place under these facets: one pass over the cells, in which other requests are answered. */
export async function sumColumns(
  all: MarketColumns,
  narrowing: Pick<Narrowing, 'sites' | 'specialties' | 'codes'> = {},
): Promise<Sums> {
  const columns = (narrowing.codes?.length ?? 0) > 0 ? all : (all.withoutCodes ?? all);
  const places = columns.starts.length - 1;
  const vector = () => new Float64Array(places);
  const sums: Adding = {
    procedures: vector(),
    usd: vector(),
    providers: new Int32Array(places),
    suppressed: new Uint8Array(places),
    imputedProcedures: vector(),
    imputedSquares: vector(),
    providerSquares: vector(),
    starts: new Int32Array(places + 1),
    numbers: [],
  };
  const masks = {
    narrowed: [narrowing.specialties, narrowing.codes, narrowing.sites].some((texts) => (texts?.length ?? 0) > 0),
    specialty: columns.specialty.allowed(narrowing.specialties),
    code: columns.code.allowed(narrowing.codes),
    site: columns.site.allowed(narrowing.sites),
  };
  const rest = breather();
  for (let place = 0; place < places; place++) {
    sumPlace(columns, place, masks, sums);
    const pause = rest();
    if (pause) await pause;
  }
  const { starts, numbers, ...added } = sums;
  return { ...added, shared: { starts, numbers } };
}

interface Masks {
  /** False where every cell counts: six lookups a cell are saved. */
  readonly narrowed: boolean;
  readonly specialty: Uint8Array;
  readonly code: Uint8Array;
  readonly site: Uint8Array;
}

/** Plain loops over plain arrays: this is where ten million cells go through at every change of a facet. */
function sumPlace(columns: MarketColumns, place: number, masks: Masks, sums: Adding): void {
  const { starts, provider, procedures, usd, suppressed, imputedProcedures, imputedSquares, shared } = columns;
  const [specialty, code, site] = [columns.specialty.at, columns.code.at, columns.site.at];
  const { narrowed, specialty: bySpecialty, code: byCode, site: bySite } = masks;
  let [volume, dollars, ofProvider, squares] = [0, 0, 0, 0];
  let [providers, last] = [0, -1];
  for (let row = starts[place]!, end = starts[place + 1]!; row < end; row++) {
    if (narrowed && (bySpecialty[specialty[row]!]! & byCode[code[row]!]! & bySite[site[row]!]!) === 0) continue;
    volume += procedures[row]!;
    dollars += usd[row]!;
    if (provider[row]! !== last) {
      squares += ofProvider * ofProvider;
      ofProvider = 0;
      last = provider[row]!;
      if (last >= 0) {
        providers++;
        if (shared[last]! >= 0) sums.numbers.push(shared[last]!);
      }
    }
    ofProvider += usd[row]!;
    if (suppressed[row]! === 1) {
      sums.suppressed[place] = 1;
      sums.imputedProcedures[place]! += imputedProcedures[row]!;
      sums.imputedSquares[place]! += imputedSquares[row]!;
    }
  }
  sums.procedures[place] = volume;
  sums.usd[place] = dollars;
  sums.providers[place] = providers;
  sums.starts[place + 1] = sums.numbers.length;
  sums.providerSquares[place] = squares + ofProvider * ofProvider;
}
