/** One line of figures: what was measured, how long each run took, and what else is worth knowing. */
export interface Line {
  readonly name: string;
  readonly milliseconds: readonly number[];
  readonly note: string;
}

export function print({ name, milliseconds, note }: Line): void {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number) => Math.round(quantile(sorted, share));
  const spread = `median ${at(0.5)} ms, p95 ${at(0.95)}, ${at(0)}–${at(1)} ms over ${sorted.length} runs`;
  process.stdout.write(`${name.padEnd(50)} ${spread.padEnd(52)} ${note}\n`);
}

/** The value below which this share of the sorted values lies; 0 for none. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

export async function timed<Result>(work: () => Result | Promise<Result>): Promise<{ ms: number; result: Result }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}
