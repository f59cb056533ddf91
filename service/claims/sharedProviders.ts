/** Providers that count in several places, place by place: the others are told apart by their place alone. */
export interface SharedProviders {
  /** Where each place begins in `numbers`; one more than there are places. */
  readonly starts: ArrayLike<number>;
  /** Numbers of the shared providers that count in each place. */
  readonly numbers: ArrayLike<number>;
}

/**
 * For each provider its number among those that stand in several places, else -1. `starts` parts the rows by place; within a place
 * the rows of a provider stand together, and -1 is nobody.
 */
export function sharedNumbers(starts: Int32Array, provider: Int32Array): Int32Array {
  let most = -1;
  for (let row = 0; row < provider.length; row++) if (provider[row]! > most) most = provider[row]!;
  const places = new Uint8Array(most + 1);
  for (let place = 0; place + 1 < starts.length; place++) {
    let last = -1;
    for (let row = starts[place]!; row < starts[place + 1]!; row++) {
      if (provider[row]! === last) continue;
      last = provider[row]!;
      if (last >= 0 && places[last]! < 2) places[last]!++;
    }
  }
  const numbers = new Int32Array(most + 1).fill(-1);
  let next = 0;
  for (let one = 0; one <= most; one++) if (places[one]! > 1) numbers[one] = next++;
  return numbers;
}

/** How many providers count in these units together, each once however many of them it works in. */
export function distinctProviders(
  { providers, shared }: { readonly providers: readonly number[]; readonly shared: SharedProviders },
  units: readonly number[],
): number {
  const seen = new Set<number>();
  let [all, again] = [0, 0];
  for (const unit of units) {
    all += providers[unit] ?? 0;
    for (let at = shared.starts[unit] ?? 0; at < (shared.starts[unit + 1] ?? 0); at++) {
      again++;
      seen.add(shared.numbers[at]!);
    }
  }
  return all - again + seen.size;
}
