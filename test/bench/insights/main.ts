import { parseArgs } from 'node:util';
import { national } from './national.ts';
import { pocketScore } from './pockets.ts';
import { printScores } from './score.ts';
import { hireScore, mergeScore } from './sizes.ts';
import { printTravel } from './travel.ts';

/**
 * `npm run bench -- insights [--from N] [--seeds N] [--runs N]`: the travel estimate, planted truth over generated markets,
 * then national size. Thresholds were chosen on seeds 1 to 20; others are fresh.
 */
export async function insightsBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      from: { type: 'string', default: '1' },
      seeds: { type: 'string', default: '20' },
      runs: { type: 'string', default: '3' },
    },
  });
  printTravel();
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + Number(values.from));
  printScores('White space: planted pockets', seeds, pocketScore);
  printScores('Sizing: pairs that could be one', seeds, mergeScore);
  printScores('Sizing: overloaded regions', seeds, hireScore);
  if (Number(values.runs) > 0) await national(Number(values.runs));
}
