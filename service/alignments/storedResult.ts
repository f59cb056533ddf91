import type { Territory } from '../core/alignment.ts';
import type { TextComputed } from '../core/planText.ts';

/** A computed plan as it waits to be taken; `view` is what people read. */
export interface StoredResult {
  /** Territory index of each unit, in the order of the plan and then of `added`. */
  readonly owners: readonly number[];
  /** Territories that the plan does not have yet; absent in results of earlier versions. */
  readonly added?: readonly Territory[];
  /** Territories of the plan that are seated elsewhere; absent in results of earlier versions. */
  readonly moved?: readonly Pick<Territory, 'id' | 'home' | 'homeZip'>[];
  /** Owners of every plan to choose from; absent where there is one. */
  readonly choices?: readonly (readonly number[])[];
  /** What a plan text says of how it was made; absent in results of earlier versions. */
  readonly computed?: TextComputed | null;
  readonly view: unknown;
}
