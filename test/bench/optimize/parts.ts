import type { Problem } from '../../../service/core/optimize/problem.ts';
import type { UnitTable } from '../../../service/core/optimize/readUnits.ts';
import { prepareFiles } from '../../../service/core/optimize/solveFiles.ts';
import type { BenchAccount } from './accounts.ts';

/** The problem with its heavy units split by account, as `bailiwick optimize` splits what it reads from files. */
export function withParts(ids: readonly string[], problem: Problem, accounts: readonly BenchAccount[]): Problem {
  const none = ids.map(() => '');
  const { measures, lat, lon, k } = problem;
  const units: UnitTable = {
    ids,
    lat,
    lon,
    measures: new Map(measures.map(({ name, perUnit }) => [name, perUnit])),
    groups: none,
    locks: none,
    current: none,
    counties: none,
  };
  const table = {
    ids: accounts.map(({ id }) => id),
    unitOf: accounts.map(({ unit }) => unit),
    measures: new Map(measures.map(({ name }, m) => [name, accounts.map(({ amounts }) => amounts[m]!)])),
  };
  const edges = problem.neighbors.map((list) => new Set(list));
  return prepareFiles({ units, edges, accounts: table, k, measures, seed: 1, effort: 1, inputHash: '' }).problem;
}
