import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BailiwickError } from '../core/errors.ts';
import { importBaseline, type BaselineReport } from './baseline.ts';
import type { CommandAnswer } from './cli.ts';
import { withClaims } from './store.ts';

export const IMPORT_POPULATION_HELP = `bailiwick import population FILE... --data DIR [--column NAME] [--json]

  Reads a table of ZIPs and heads (population, members, employees) into DIR: what a plan by heads would miss is shown
  beside the demand. --column names the heads where the file has several columns of them.`;

/** `import population FILE… --data DIR` */
export async function importPopulationCommand(args: string[]): Promise<CommandAnswer> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, column: { type: 'string' }, json: { type: 'boolean' } },
  });
  const files = positionals.slice(1);
  if (files.length === 0) {
    throw new BailiwickError('bad_request', 'Nothing to import was named.', {
      action: 'Write: import population FILE... --data DIR.',
    });
  }
  const { column } = values;
  return withClaims(values.data, async (db) => {
    const reports: BaselineReport[] = [];
    for (const file of files) {
      const wanted = column === undefined ? {} : { column };
      reports.push(await importBaseline(db, { path: resolve(file), now: new Date(), ...wanted }));
    }
    return { text: reports.map(told).join(''), json: { imports: reports } };
  });
}

function told({ name, headsColumn, rowsRead, rowsKept, setAside, heads, alreadyThere }: BaselineReport): string {
  const reasons = setAside.map(({ reason, rows }) => `  set aside ${rows}: ${reason}\n`);
  const already = alreadyThere ? ' (imported before, nothing done)' : '';
  return `${name}: ${heads.toLocaleString('en-US')} heads in column ${headsColumn}, ${rowsRead} rows read = ${rowsKept} kept + ${rowsRead - rowsKept} set aside${already}\n${reasons.join('')}`;
}
