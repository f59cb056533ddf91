import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { csvRow } from '../core/csv.ts';
import { BailiwickError } from '../core/errors.ts';
import { DEMAND_ROLES, demandRows, zipsOf, type DemandRow } from './demandRows.ts';
import { withClaims } from './store.ts';

/** What a command answers: text for people, json for machines. */
export interface CommandAnswer {
  readonly text: string;
  readonly json: unknown;
}

export const DEMAND_HELP = `bailiwick demand --data DIR --by zip|county --out FILE.csv [--codes A,B] [--sites O,F,24] [--specialties X,Y]
                 [--role facility|location|performing|ordering|billing] [--value N] [--import ID] [--json]

  Sums the services of the last import (or of the one named) by ZIP or county.
  --role says whose ZIP counts (where it is performed without it); what names none stands in the row "unattributed".
  The opportunity is services x N dollars, or without --value what was paid.`;

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
      role: text,
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
  const role = DEMAND_ROLES.find((known) => known === values.role);
  if (values.role !== undefined && role === undefined)
    throw new BailiwickError('bad_request', `--role ${values.role} is no role.`, {
      action: `Give one of ${DEMAND_ROLES.join(', ')}.`,
    });
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
      role,
    };
    const rows = await demandRows(
      db,
      filter,
      by === 'county' ? countiesOf(await zipsOf(db, snapshotId, role)) : undefined,
    );
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
