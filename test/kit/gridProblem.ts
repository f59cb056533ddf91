import type { Problem } from '../../service/core/optimize/problem.ts';
import { grid } from './grid.ts';

/** The engine's problem of a map drawn as text, where every unit holds 1 of one measure and one account, unless told otherwise. */
export function gridProblem(picture: string, given: Partial<Problem> = {}, perUnit?: readonly number[]) {
  const ground = grid(picture);
  const k = ground.letters.length;
  const ones = ground.owners.map(() => 1);
  const problem: Problem = {
    lat: ground.lat,
    lon: ground.lon,
    neighbors: ground.neighbors,
    k,
    shares: Array<number>(k).fill(1),
    measures: [
      { name: 'hours', tolerance: 0.1, perUnit: perUnit ?? ones, perPair: null, base: Array<number>(k).fill(0) },
    ],
    homes: Array<null>(k).fill(null),
    current: ground.owners,
    locked: ground.owners.map(() => false),
    frozen: Array<boolean>(k).fill(false),
    disruption: { accounts: ones, salesUsd: ones },
    limits: null,
    disruptionWeight: 0,
    ...given,
  };
  return { ...ground, problem };
}
