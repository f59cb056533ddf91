import { parseArgs } from 'node:util';
import { openStore } from '../../../service/store/store.ts';
import { runSeed, type RunReport } from './campaign.ts';
import { killRun } from './kills.ts';

const HELP = `npm run bench -- faults [--runs N] [--kills N] [--from SEED]
Publishes and takes back under seeded trouble of the org and deaths of the service, and compares the org with what it must be.
  --runs N   runs in this process, where the service dies at any of its calls (default 500)
  --kills N  runs whose service is a process of its own and was killed with -9 (default 40)
`;

const SAY_EVERY = 50;
/** A process may finish or give up before it is killed: then the next seed takes its turn. */
const MOST_PER_KILL = 3;
const killed = (reports: readonly RunReport[]): number => reports.filter(({ kills }) => kills > 0).length;
const isWrong = ({ wrong }: RunReport): boolean => wrong.length > 0;

/** The fault campaign: every run that went wrong is told with its seed. */
export async function faultsBench(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '500' },
      kills: { type: 'string', default: '40' },
      from: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const from = Number(values.from);
  const store = await openStore();
  const reports: RunReport[] = [];
  for (let k = 0; k < Number(values.runs); k++) {
    reports.push(tell(await runSeed(store, from + k)));
    if ((k + 1) % SAY_EVERY === 0)
      process.stdout.write(`${k + 1} runs, ${reports.filter(isWrong).length} went wrong\n`);
  }
  await store.close();
  const kills = Number(values.kills);
  for (let k = 0; k < MOST_PER_KILL * kills && killed(reports) < kills; k++)
    reports.push(tell(await killRun(from + k)));
  const bad = reports.filter(isWrong);
  const total = (of: 'deaths' | 'gaveUp'): number => reports.reduce((sum, report) => sum + report[of], 0);
  process.stdout.write(
    `${reports.length} runs, ${killed(reports)} of them killed with -9, ${total('deaths')} deaths (${total('gaveUp')} by giving up): ${bad.length} went wrong\n`,
  );
  if (bad.length > 0) process.exitCode = 1;
}

function tell(report: RunReport): RunReport {
  for (const line of report.wrong)
    process.stdout.write(`seed ${report.seed} (${report.trouble.join(', ')}): ${line}\n`);
  return report;
}
