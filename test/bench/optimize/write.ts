/** `node test/bench/optimize/write.ts NAME --seed N --k K --out DIR`: an instance as the files that `bailiwick optimize` reads. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { csvRow } from '../../../service/core/csv.ts';
import { country } from './instances.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    k: { type: 'string', default: '20' },
    tolerance: { type: 'string', default: '0.05' },
    measures: { type: 'string', default: '2' },
    out: { type: 'string' },
  },
});
const [name] = positionals;
if (!name || !values.out) {
  process.stderr.write('write.ts NAME --out DIR [--seed N] [--k K] [--measures N]; NAME as in ground.ts\n');
  process.exit(2);
}

const { ids, problem, accounts } = country(name, {
  seed: Number(values.seed),
  k: Number(values.k),
  tolerance: Number(values.tolerance),
  measures: Number(values.measures),
});
const names = problem.measures.map((measure) => measure.name);
const units = ids.map((id, u) => [id, problem.lat[u]!, problem.lon[u]!, ...problem.measures.map((m) => m.perUnit[u]!)]);
const edges = problem.neighbors.flatMap((list, a) => list.filter((b) => a < b).map((b) => [ids[a]!, ids[b]!]));
const held = accounts.map(({ id, unit, amounts }) => [id, ids[unit]!, ...amounts]);

mkdirSync(values.out, { recursive: true });
const write = (file: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  writeFileSync(path.join(values.out!, file), [head, ...rows].map((row) => csvRow(row)).join(''));
write('units.csv', ['unit', 'lat', 'lon', ...names], units);
write('edges.csv', ['unit', 'unit'], edges);
write('accounts.csv', ['account', 'unit', ...names], held);
process.stdout.write(`${ids.length} units, ${edges.length} edges, ${accounts.length} accounts\n`);
