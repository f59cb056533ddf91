/** `npm run bench`: the figures that the product promises, each over several runs. Prints median, least and most. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createClaims } from '../../service/claims/claims.ts';
import { neighborLists } from '../../service/core/adjacency.ts';
import { optimize } from '../../service/core/optimize/optimize.ts';
import type { Problem } from '../../service/core/optimize/problem.ts';
import { seeded } from '../../service/core/random.ts';
import { createGeography } from '../../service/geography/geography.ts';
import { writeSample } from '../../service/local/sample/writeSample.ts';

const SEEDS = [1, 2, 3, 4, 5];
const WARM_RUNS = 20;

interface Line {
  readonly name: string;
  readonly milliseconds: number[];
  readonly note: string;
}

function print({ name, milliseconds, note }: Line): void {
  const sorted = milliseconds.slice().sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  const spread = `median ${at(0.5)} ms, ${at(0)}–${at(1)} ms over ${sorted.length} runs`;
  process.stdout.write(`${name.padEnd(44)} ${spread.padEnd(46)} ${note}\n`);
}

async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ ms: number; result: Result }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** A country of units in towns: places cluster, demand is skewed, most units hold none of the second measure. */
function country(n: number, k: number, seed: number): Problem {
  const random = seeded(seed);
  const side = Math.round(Math.sqrt(n));
  const units = side * side;
  const pairs = Array.from({ length: units }, (_, u) => [
    ...((u + 1) % side === 0 ? [] : [[u, u + 1] as const]),
    ...(u + side < units ? [[u, u + side] as const] : []),
    ...((u + 1) % side === 0 || u + side + 1 >= units ? [] : [[u, u + side + 1] as const]),
  ]).flat();
  const measure = (name: string, share: number) => ({
    name,
    tolerance: 0.1,
    perUnit: Array.from({ length: units }, () => (random() < share ? 1 + 20 * random() ** 4 : 0)),
    perPair: null,
    base: Array<number>(k).fill(0),
  });
  return {
    lat: Array.from({ length: units }, (_, u) => 30 + (18 * Math.floor(u / side)) / side),
    lon: Array.from({ length: units }, (_, u) => -120 + (50 * (u % side)) / side),
    neighbors: neighborLists(units, pairs),
    k,
    shares: Array<number>(k).fill(1),
    measures: [measure('hours', 1), measure('dollars', 0.3)],
    homes: Array<null>(k).fill(null),
    current: null,
    locked: Array<boolean>(units).fill(false),
    frozen: Array<boolean>(k).fill(false),
    disruption: null,
    limits: null,
    disruptionWeight: 0,
  };
}

async function engine(n: number, k: number): Promise<void> {
  const runs = [];
  for (const seed of SEEDS) {
    const problem = country(n, k, seed);
    const { ms, result } = await timed(() => optimize(problem, { effort: 1, seed }));
    runs.push({ ms, onTarget: result.onTarget, gap: result.objective / result.bound.value - 1 });
  }
  const note = `on target ${runs.map(({ onTarget }) => onTarget).join(' ')} of ${k}; gap ${runs.map(({ gap }) => `${(gap * 100).toFixed(0)} %`).join(' ')}`;
  print({ name: `engine ${n} units, k ${k}, two measures ±10 %`, milliseconds: runs.map(({ ms }) => ms), note });
}

async function claims(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
  try {
    const build = await timed(() => createGeography());
    print({
      name: 'geography of the Northeast',
      milliseconds: [build.ms],
      note: `${build.result.geography.ids.length} units`,
    });
    const { geography } = build.result;
    const sample = await timed(() => writeSample(dir, { geography }));
    print({ name: 'sample written', milliseconds: [sample.ms], note: '' });
    const slice = await createClaims({ geography });
    const load = await timed(() => slice.importClaims(sample.result.claimsVendor));
    print({ name: 'vendor claims imported', milliseconds: [load.ms], note: `${load.result.rowsRead} rows` });
    const market = await slice.saveMarket(null, sample.result.market);
    const runs = [];
    for (let run = 0; run < WARM_RUNS; run++)
      runs.push(
        (await timed(() => slice.unitDemand(market.id, { sites: [run % 2 ? '11' : '24'], specialties: [], codes: [] })))
          .ms,
      );
    print({ name: 'demand of every unit, one site of care', milliseconds: runs, note: '' });
    await slice.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

await claims();
await engine(7_500, 25);
await engine(33_000, 20);
