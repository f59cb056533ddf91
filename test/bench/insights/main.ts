import { parseArgs } from 'node:util';
import { seeded } from '../../../service/core/random.ts';
import { whiteSpace } from '../../../service/core/whiteSpace.ts';
import { fieldOf, type Field } from '../../../service/insights/field.ts';
import { auditOf } from '../../../service/insights/auditCommand.ts';
import { DEFAULT_PARAMETERS } from '../../../service/insights/parameters.ts';
import { labels } from './plans.ts';
import { print, timed } from '../timing.ts';
import { market, type Market } from './market.ts';
import { DEFAULTS, pocketScore } from './pockets.ts';
import { printScores } from './score.ts';
import { hireScore, mergeScore } from './sizes.ts';

/** `npm run bench -- insights [--seeds N] [--runs N]`: planted truth over N generated markets, then national size. */
export async function insightsBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { seeds: { type: 'string', default: '20' }, runs: { type: 'string', default: '3' } },
  });
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
  printScores('White space: planted pockets', seeds, pocketScore);
  printScores('Sizing: pairs that could be one', seeds, mergeScore);
  printScores('Sizing: overloaded regions', seeds, hireScore);
  await national(Number(values.runs));
}

const NATIONAL = { units: 33_000, providers: 400_000, pockets: 40 };
const ACCOUNTS = 250_000;
const TERRITORIES = 300;

async function national(runs: number): Promise<void> {
  const made = market(1, NATIONAL);
  const field = fieldOfMarket(made);
  const times = { space: [] as number[], audit: [] as number[] };
  let notes = { space: '', audit: '' };
  for (let run = 0; run < runs; run++) {
    const space = await timed(() => whiteSpace(made.coverage, made, DEFAULTS));
    const audit = await timed(() => auditOf(field, 1));
    times.space.push(space.ms);
    times.audit.push(audit.ms);
    const today = audit.result.today.fairness[0]!.onTarget;
    const best = audit.result.best;
    notes = {
      space: `${space.result.length} pockets`,
      audit: `${today} → ${best?.figures.fairness[0]!.onTarget ?? audit.result.impossible} of ${TERRITORIES} on target (${best?.preset})`,
    };
  }
  process.stdout.write(`\n33,000 ZIPs, ${TERRITORIES} territories, ${ACCOUNTS} accounts\n`);
  print({ name: 'white space (goal 5 s)', milliseconds: times.space, note: notes.space });
  print({ name: 'audit with white space and a plan (goal 60 s)', milliseconds: times.audit, note: notes.audit });
}

const zip = (unit: number) => String(unit).padStart(5, '0');

/** The market as files would tell it: accounts of the first providers, territories grown around homes. */
function fieldOfMarket(made: Market): Field {
  const names = Array.from({ length: TERRITORIES }, (_, j) => `T${String(j).padStart(3, '0')}`);
  const { owners, homes } = labels(made, TERRITORIES, seeded(7));
  const geography = {
    ...made,
    ids: made.lat.map((_, u) => zip(u)),
    key: '',
    names: [],
    states: [],
    counties: [],
    bridges: [],
    parents: {},
  };
  const key = (i: number) => String(1_000_000_000 + i);
  return fieldOf(
    {
      providers: made.providers.map(({ unit, procedures, potentialUsd }, i) => ({
        key: key(i),
        name: null,
        zip: zip(unit),
        procedures,
        potentialUsd,
      })),
      accounts: made.providers.slice(0, ACCOUNTS).map(({ unit, potentialUsd }, i) => ({
        account: `A${i}`,
        zip: zip(unit),
        npi: key(i),
        owner: 'U',
        salesUsd: potentialUsd / 5,
        lastActivity: null,
      })),
      reps: names.map((territory, j) => ({ rep: territory, territory, region: '', home: homes[j]!, fte: 1 })),
      plan: new Map(owners.map((owner, unit) => [zip(unit), names[owner]!])),
      parameters: DEFAULT_PARAMETERS,
    },
    geography as never,
    names,
  );
}
