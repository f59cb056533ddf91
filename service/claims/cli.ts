import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { csvRow } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import { lockDirectory } from '../store/lock.ts';
import { demandRows, zipsOf, type DemandRow } from './demandRows.ts';
import { importFile } from './importFile.ts';
import type { ImportReport } from './importReport.ts';
import type { DuckDb } from '../store/duckDb.ts';
import { openClaimsDb } from './store.ts';

/** What a command answers: text for people, json for machines. */
export interface CommandAnswer {
  readonly text: string;
  readonly json: unknown;
}

export const IMPORT_HELP = `bailiwick import claims FILE... --data DIR [--json]

  Reads CMS "by Provider and Service" files, CMS inpatient files by hospital and DRG, and vendor aggregates (CSV, tab-separated,
  gzipped) into DIR and tells where every row went.`;

export const DEMAND_HELP = `bailiwick demand --data DIR --by zip|county --out FILE.csv [--codes A,B] [--sites O,F,24] [--specialties X,Y]
                 [--value N] [--import ID] [--json]

  Sums the services of the last import (or of the one named) by ZIP or county.
  The opportunity is services x N dollars, or without --value what was paid.`;

/** `import claims FILE… --data DIR` */
export async function importClaimsCommand(args: string[]): Promise<CommandAnswer> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { data: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [what, ...files] = positionals;
  if (what !== 'claims' || files.length === 0) {
    throw new BailiwickError('bad_request', 'Nothing to import was named.', {
      action: 'Write: import claims FILE... --data DIR.',
    });
  }
  return withClaims(values.data, async (db) => {
    const reports: ImportReport[] = [];
    for (const file of files) reports.push(await importFile(db, { path: resolve(file), now: new Date() }));
    return { text: reports.map(told).join(''), json: { imports: reports } };
  });
}

/** County FIPS of ZIPs; ZIPs without one are left out. */
export type CountiesOf = (zips: readonly string[]) => ReadonlyMap<string, string>;

/** `demand --data DIR --by zip|county --out FILE.csv …` */
export async function demandCommand(args: string[], countiesOf: CountiesOf): Promise<CommandAnswer> {
  const text = { type: 'string' } as const;
  const list = { type: 'string', multiple: true } as const;
  const { values } = parseArgs({
    args,
    options: {
      data: text,
      codes: list,
      sites: list,
      specialties: list,
      by: text,
      out: text,
      value: text,
      import: text,
      json: { type: 'boolean' },
    },
  });
  const by = values.by ?? 'zip';
  if (by !== 'zip' && by !== 'county')
    throw new BailiwickError('bad_request', `--by ${by} is neither zip nor county.`, { action: 'See --help.' });
  if (values.out === undefined)
    throw new BailiwickError('bad_request', 'No --out FILE.csv was given.', { action: 'See --help.' });
  const out = values.out;
  const valueUsd = values.value === undefined ? null : Number(values.value);
  if (valueUsd !== null && !(valueUsd >= 0)) {
    throw new BailiwickError('bad_request', `--value ${values.value} is no amount of dollars.`, {
      action: 'Give a number such as 1200.',
    });
  }
  const named = (values: readonly string[] = []) =>
    values
      .flatMap((value) => value.split(','))
      .map((item) => item.trim())
      .filter((item) => item !== '');
  return withClaims(values.data, async (db) => {
    const snapshotId = values.import ?? null;
    const filter = {
      codes: named(values.codes),
      sites: named(values.sites),
      specialties: named(values.specialties),
      valueUsd,
      snapshotId,
    };
    const rows = await demandRows(db, filter, by === 'county' ? countiesOf(await zipsOf(db, snapshotId)) : undefined);
    await writeFile(out, demandCsv(rows));
    const total = rows.reduce((sum, row) => sum + row.services, 0);
    const basis = valueUsd === null ? 'what was paid' : `services x $${valueUsd}`;
    return {
      text: `${rows.length} rows by ${by}, ${rounded(total)} services in all, written to ${out}. Opportunity: ${basis}.\n`,
      json: { by, rows: rows.length, services: rounded(total), opportunity: basis, out },
    };
  });
}

function demandCsv(rows: readonly DemandRow[]): string {
  const head = csvRow(['unit', 'services', 'beneficiary_days', 'providers', 'payment_usd', 'opportunity_usd']);
  const line = ({ unit, services, beneficiaryDays, providers, paymentUsd, opportunityUsd }: DemandRow) =>
    csvRow([
      unit,
      rounded(services),
      rounded(beneficiaryDays),
      providers,
      rounded(paymentUsd),
      rounded(opportunityUsd),
    ]);
  return head + rows.map(line).join('');
}

/** Fractional counts are real; a hundredth is finer than any file. */
const rounded = (value: number) => Math.round(value * 100) / 100;

async function withClaims<T>(data: string | undefined, work: (db: DuckDb) => Promise<T>): Promise<T> {
  if (data === undefined)
    throw new BailiwickError('bad_request', 'No --data DIR was given.', { action: 'Name the data directory.' });
  const release = await lockDirectory(data);
  try {
    const db = await openClaimsDb(data);
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await release();
  }
}

function told(report: ImportReport): string {
  const reasons = report.setAside.map(
    ({ reason, rows, lines }) =>
      `  set aside ${rows}: ${reason} (line ${lines.slice(0, 5).join(', ')}${rows > 5 ? ', …' : ''})\n`,
  );
  const repaired = report.repaired.map(({ reason, rows }) => `  put right ${rows}: ${reason}\n`);
  const already = report.alreadyThere ? ' (imported before, nothing done)' : '';
  return `${report.file}: ${report.layoutName}, ${report.rowsRead} rows read = ${report.rowsKept} kept + ${report.rowsSetAside} set aside${already}\n${reasons.join('')}${repaired.join('')}`;
}
