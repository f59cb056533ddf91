import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseCsv } from './core/csv.ts';
import { BailiwickError } from './core/errors.ts';
import { readAccounts, type AccountTable } from './core/optimize/readAccounts.ts';
import { readRules, type Rule } from './core/optimize/readRules.ts';
import { readTerritories, type TerritoryTable } from './core/optimize/readTerritories.ts';
import { readEdges, readUnits, type UnitTable } from './core/optimize/readUnits.ts';

/** Flags that name input files, for `optimize` and `check` alike. */
export const FILE_FLAGS = {
  units: { type: 'string' },
  edges: { type: 'string' },
  territories: { type: 'string' },
  accounts: { type: 'string' },
  rules: { type: 'string' },
} as const;

export type FileFlags = { readonly [Flag in keyof typeof FILE_FLAGS]?: string | undefined };

export interface PlanInputs {
  readonly units: UnitTable;
  readonly edges: readonly ReadonlySet<number>[];
  readonly territories: TerritoryTable | null;
  readonly accounts: AccountTable | null;
  readonly rules: readonly Rule[];
  /** Of the texts of all files; names the inputs of a plan. */
  readonly inputHash: string;
}

interface Wanted {
  /** Measures to read; their columns must be numbers. */
  readonly measures: readonly string[];
  /** Territories that rules may name. */
  readonly territoriesOf: (units: UnitTable, territories: TerritoryTable | null) => readonly string[];
}

export async function readInputs(flags: FileFlags, { measures, territoriesOf }: Wanted): Promise<PlanInputs> {
  if (!flags.units || !flags.edges)
    throw new BailiwickError('bad_request', '--units and --edges are needed.', { action: 'See --help.' });
  const hash = createHash('sha256');
  const table = async (kind: keyof FileFlags) => {
    const file = flags[kind];
    if (!file) return null;
    const text = await readText(file, kind);
    hash.update(`${kind}\0`).update(text).update('\0');
    return parseCsv(text, file);
  };
  const units = readUnits((await table('units'))!, measures);
  const edges = readEdges((await table('edges'))!, units.ids);
  const [territoryRows, accountRows, ruleRows] = [
    await table('territories'),
    await table('accounts'),
    await table('rules'),
  ];
  const territories = territoryRows && readTerritories(territoryRows);
  return {
    units,
    edges,
    territories,
    accounts: accountRows && readAccounts(accountRows, units),
    rules: ruleRows
      ? readRules(ruleRows, {
          units,
          territories: territoriesOf(units, territories),
          hasHome: (name) => (territories?.homes[territories.names.indexOf(name)] ?? null) !== null,
        })
      : [],
    inputHash: hash.digest('hex'),
  };
}

export async function readText(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BailiwickError('bad_request', `The ${what} file ${file} cannot be read: ${(cause as Error).message}.`, {
      action: 'Check the path.',
      cause,
    });
  }
}
