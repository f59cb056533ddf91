import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs, promisify } from 'node:util';
import { kernelRow } from './kernelRow.ts';
import type { Run, Task } from './run.ts';
import { SIZES, type Row } from './sizes.ts';
import { seedLine, summary } from './table.ts';

const NAMES = [...Object.keys(SIZES), 'kernel'];
const HELP = `npm run bench -- optimize [--sizes ${NAMES.join(',')}] [--seeds 1,2,3,4,5] [--tolerance 0.05] [--effort N] [--workers 2] [--exact] [--json FILE]`;

/** Territories of the kernel's rows; the fewer, the larger each is. */
const KERNEL_SIZES = [200, 20];

/** The table of optimizer.md: every seed, then median and worst of each row. */
export async function optimizeBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: 'string', default: NAMES.join(',') },
      seeds: { type: 'string', default: '1,2,3,4,5' },
      tolerance: { type: 'string', default: '0.05' },
      effort: { type: 'string' },
      workers: { type: 'string', default: '2' },
      exact: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const sizes = values.sizes.split(',');
  const unknown = sizes.filter((size) => !NAMES.includes(size));
  if (values.help || unknown.length > 0) {
    process.stdout.write(`${unknown.length > 0 ? `Unknown: ${unknown.join(', ')}\n` : ''}${HELP}\n`);
    return;
  }
  const results: { row: Row; runs: Run[] }[] = [];
  for (const listed of sizes.flatMap((size) => SIZES[size] ?? [])) {
    const effort = values.effort !== undefined && listed.effort > 0 ? Number(values.effort) : listed.effort;
    const tolerance = listed.tolerance ?? Number(values.tolerance);
    const row = { ...listed, effort, exact: listed.exact || values.exact };
    process.stdout.write(`\n${row.name}, ±${tolerance * 100} % (goal: ${row.goal})\n`);
    const runs: Run[] = [];
    for (const seed of values.seeds.split(',').map(Number)) {
      const run = await inChild({ row, seed, tolerance, workers: Number(values.workers) });
      runs.push(run);
      process.stdout.write(`${seedLine(run, tolerance)}\n`);
    }
    process.stdout.write(`${summary(runs, tolerance)}\n`);
    results.push({ row, runs });
    if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`);
  }
  if (!sizes.includes('kernel')) return;
  process.stdout.write('\nkernel (goal: one unit ≤ 0.3 ms, lasso of 200 ≤ 2 ms p99)\n');
  for (const k of KERNEL_SIZES) process.stdout.write(`${kernelRow(k).join('\n')}\n`);
}

const start = promisify(execFile);

async function inChild(task: Task): Promise<Run> {
  const file = new URL('./run.ts', import.meta.url).pathname;
  const { stdout } = await start(process.execPath, [file, JSON.stringify(task)], { maxBuffer: 1e8 });
  return JSON.parse(stdout) as Run;
}
