/** What was planted and found, and what was reported though nobody planted it. */
export interface Score {
  readonly planted: number;
  readonly found: number;
  readonly reported: number;
  readonly falseAlarms: number;
}

const percent = (part: number, all: number) => (all > 0 ? `${((100 * part) / all).toFixed(1)} %` : '-');

/** Every seed in a line, then all together. */
export function printScores(name: string, seeds: readonly number[], score: (seed: number) => Score): void {
  process.stdout.write(`\n${name} (goal: ≥ 90 % found, ≤ 10 % false alarms)\n`);
  const all = { planted: 0, found: 0, reported: 0, falseAlarms: 0 };
  for (const seed of seeds) {
    const each = score(seed);
    for (const key of Object.keys(all) as (keyof Score)[]) all[key] += each[key];
    process.stdout.write(`  seed ${String(seed).padStart(3)}: ${line(each)}\n`);
  }
  process.stdout.write(`  all ${seeds.length} seeds: ${line(all)}\n`);
}

const line = ({ planted, found, reported, falseAlarms }: Score) =>
  `${found} of ${planted} found (${percent(found, planted)}), ${falseAlarms} of ${reported} reported are false (${percent(falseAlarms, reported)})`;
