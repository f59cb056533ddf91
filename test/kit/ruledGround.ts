import { expect } from 'vitest';
import { Forbidden, type Problem } from '../../service/core/optimize/problem.ts';
import { below, seeded } from '../../service/core/random.ts';
import { groundProblem, hangingParts, piecesOf, randomGround, type RandomGround } from './randomGround.ts';

/** A legal map of today with whatever rules chance gives; the map keeps all of them. */
export function ruled(seed: number) {
  const random = seeded(seed);
  const k = 2 + below(random, 3);
  const ground = randomGround(random, {
    width: 4 + below(random, 3),
    height: 4 + below(random, 3),
    k,
    parts: below(random, 6),
  });
  const { owners } = ground;
  const n = owners.length;
  const forbidden = new Forbidden(n, k);
  owners.forEach((own, u) => {
    for (let j = 0; j < k; j++) if (j !== own && random() < 0.15) forbidden.add(u, j);
  });
  const apart: [number, number][] = [];
  for (let i = 0; i < 4; i++) {
    const [a, b] = [below(random, n), below(random, n)];
    if (owners[a] !== owners[b]) apart.push([a, b]);
  }
  const amounts = () => owners.map(() => below(random, 5));
  const disruption = { accounts: amounts(), salesUsd: amounts(), pipelineUsd: amounts() };
  const limit = () => [0, 0.1, 0.3, 1][below(random, 4)]!;
  const problem = groundProblem(random, ground, k, {
    forbidden,
    apart,
    disruption,
    limits: random() < 0.6 ? { accountsShare: limit(), salesShare: limit(), pipelineShare: limit() } : null,
    locked: owners.map(() => random() < 0.1),
    frozen: Array.from({ length: k }, (_, j) => j === 0 && random() < 0.2),
    disruptionWeight: random() < 0.5 ? 200 * random() : 0,
    regions: random() < 0.3 ? owners.map((_, u) => (u % 7) - 1) : null,
  });
  return { random, ground, problem };
}

/** Everything hard, by code of its own: throws where a rule is broken; returns how many units have another owner. */
export function expectLegal(ground: RandomGround, problem: Problem, owners: ArrayLike<number>): number {
  const today = ground.owners;
  const list = [...today.keys()];
  for (let j = 0; j < problem.k; j++) {
    expect(piecesOf(ground, owners, j)).toHaveLength(1);
    expect(hangingParts(ground, owners, j)).toEqual([]);
  }
  const changed = list.filter((u) => owners[u] !== today[u]);
  for (const u of changed) {
    expect(problem.locked[u]).toBe(false);
    expect(problem.frozen[owners[u]!]).toBe(false);
    expect(problem.frozen[today[u]!]).toBe(false);
    expect(problem.forbidden!.has(u, owners[u]!)).toBe(false);
  }
  for (const [a, b] of problem.apart!) expect(owners[a]).not.toBe(owners[b]);
  const share = (values: readonly number[]) =>
    changed.reduce((sum, u) => sum + values[u]!, 0) / values.reduce((sum, value) => sum + value, 0);
  const { limits, disruption } = problem;
  if (limits) {
    expect(share(disruption!.accounts)).toBeLessThanOrEqual(limits.accountsShare + 1e-9);
    expect(share(disruption!.salesUsd)).toBeLessThanOrEqual(limits.salesShare + 1e-9);
    expect(share(disruption!.pipelineUsd!)).toBeLessThanOrEqual(limits.pipelineShare! + 1e-9);
  }
  return changed.length;
}
