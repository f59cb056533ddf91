import { parseArgs } from 'node:util';
import { whiteSpace } from '../../../service/core/whiteSpace.ts';
import { print, timed } from '../timing.ts';
import { market } from './market.ts';
import { DEFAULTS, pocketScore } from './pockets.ts';
import { printScores } from './score.ts';

/** `npm run bench -- insights [--seeds N] [--runs N]`: planted truth over N generated markets, then national size. */
export async function insightsBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { seeds: { type: 'string', default: '20' }, runs: { type: 'string', default: '3' } },
  });
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
  printScores('White space: planted pockets', seeds, pocketScore);
  await national(Number(values.runs));
}

const NATIONAL = { units: 33_000, providers: 400_000, pockets: 40 };

async function national(runs: number): Promise<void> {
  const made = market(1, NATIONAL);
  const milliseconds: number[] = [];
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const { ms, result } = await timed(() => whiteSpace(made.coverage, made, DEFAULTS));
    milliseconds.push(ms);
    found = result.length;
  }
  process.stdout.write('\n');
  print({ name: 'white space, 33,000 ZIPs (goal 5 s)', milliseconds, note: `${found} pockets` });
}
