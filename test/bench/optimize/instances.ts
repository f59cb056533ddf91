import type { Problem } from '../../../service/core/optimize/problem.ts';
import { accountsOf, SPLIT_FROM_K, type BenchAccount } from './accounts.ts';
import { demand } from './demand.ts';
import { ground } from './ground.ts';
import { withParts } from './parts.ts';

export interface InstanceOptions {
  readonly seed: number;
  readonly k: number;
  /** ± ratio of every measure. */
  readonly tolerance: number;
  /** 1 to 3. */
  readonly measures: number;
}

/** A country of units with demand, as files know it: nothing is split yet. */
export interface Country {
  readonly ids: readonly string[];
  readonly problem: Problem;
  readonly accounts: readonly BenchAccount[];
}

/** Units, demand and accounts of this seed; the same name and options give the same numbers on every machine. */
export function country(name: string, { seed, k, tolerance, measures }: InstanceOptions): Country {
  const place = ground(name);
  const { ids, lat, lon, neighbors } = place;
  const problem: Problem = {
    lat,
    lon,
    neighbors,
    k,
    shares: Array<number>(k).fill(1),
    measures: demand(place, seed, measures).map((measure) => ({
      ...measure,
      tolerance,
      perPair: null,
      base: Array<number>(k).fill(0),
    })),
    homes: Array<null>(k).fill(null),
    current: null,
    locked: Array<boolean>(lat.length).fill(false),
    frozen: Array<boolean>(k).fill(false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
  };
  return { ids, problem, accounts: accountsOf(problem, seed) };
}

/** The engine's problem; from 300 territories on heavy units are split by account. */
export function instance(name: string, options: InstanceOptions): Problem {
  const { ids, problem, accounts } = country(name, options);
  return options.k >= SPLIT_FROM_K ? withParts(ids, problem, accounts) : problem;
}
