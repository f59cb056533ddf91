import { readFile } from 'node:fs/promises';
import type { ClaimsProvider } from '../core/coverage.ts';
import { BailiwickError } from '../core/errors.ts';
import { demandOf, type FieldParameters, type FieldState } from '../core/fieldState.ts';
import { unitIndex, type Geography } from '../core/geography.ts';
import { readAccounts, readPlan, readReps, type FileAccount, type FileRep } from './fieldFiles.ts';
import { DEFAULT_PARAMETERS, readParameters } from './parameters.ts';

/** Somebody of the claims, by ZIP. */
export interface FieldProvider extends Omit<ClaimsProvider, 'unit'> {
  readonly name: string | null;
  readonly zip: string | null;
}

/** Which claims count, as the command line says it. */
export interface ClaimsChoice {
  readonly codes: readonly string[];
  readonly sites: readonly string[];
  readonly specialties: readonly string[];
  readonly role: string | undefined;
  readonly value: string | undefined;
  readonly import: string | undefined;
}

/** What the slice needs of others. */
export interface InsightPorts {
  providers(dataDir: string | undefined, choice: ClaimsChoice): Promise<readonly FieldProvider[]>;
  geography(dataDir: string | undefined): Geography;
}

/** Files of one state; null where none is given. */
export interface FieldFiles {
  readonly accounts: string | undefined;
  readonly reps: string | undefined;
  readonly plan: string | undefined;
  readonly parameters: string | undefined;
}

/** A state as the files tell it. */
export interface Field {
  readonly geography: Geography;
  readonly territories: readonly string[];
  readonly state: FieldState;
  readonly accounts: readonly FileAccount[];
  readonly reps: readonly FileRep[];
  readonly providers: readonly FieldProvider[];
  /** The providers by unit, in the same order. */
  readonly demand: readonly ClaimsProvider[];
  /** Rows that name no unit of the geography: they count nowhere. */
  readonly unplaced: { readonly providers: number; readonly accounts: number; readonly plan: number };
}

/** What was read of one state, before territories are numbered. */
export interface Rows {
  readonly providers: readonly FieldProvider[];
  readonly accounts: readonly FileAccount[];
  readonly reps: readonly FileRep[];
  readonly plan: ReadonlyMap<string, string>;
  readonly parameters: FieldParameters;
}

async function textOf(file: string | undefined, flag: string): Promise<string> {
  if (file === undefined)
    throw new BailiwickError('bad_request', `--${flag} FILE is missing.`, { action: 'See --help.' });
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new BailiwickError('bad_request', `The file ${file} of --${flag} cannot be read.`, {
      action: 'Check the path.',
      cause,
    });
  }
}

/** @throws BailiwickError bad_request, file_not_recognized */
export async function readRows(files: FieldFiles, providers: readonly FieldProvider[]): Promise<Rows> {
  const { accounts, reps, plan, parameters } = files;
  return {
    providers,
    accounts: readAccounts(await textOf(accounts, 'accounts'), accounts!),
    reps: reps === undefined ? [] : readReps(await textOf(reps, 'reps'), reps),
    plan: plan === undefined ? new Map() : readPlan(await textOf(plan, 'plan'), plan),
    parameters:
      parameters === undefined
        ? DEFAULT_PARAMETERS
        : readParameters(await textOf(parameters, 'parameters'), parameters),
  };
}

/** Every territory that a plan or a rep names, in the order of the alphabet. */
export const territoriesOf = (...rows: readonly Rows[]): string[] =>
  [...new Set(rows.flatMap(({ plan, reps }) => [...plan.values(), ...reps.map(({ territory }) => territory)]))].sort(
    (a, b) => (a < b ? -1 : 1),
  );

/** NPIs have ten digits; other keys, such as CCNs, name facilities. */
const kindOf = (npi: string) => (npi === '' || /^\d{10}$/.test(npi) ? 'physician' : 'facility');

/** Rows on the units of a geography. */
export function fieldOf(rows: Rows, geography: Geography, territories: readonly string[]): Field {
  const index = unitIndex(geography);
  const unitOf = (zip: string | null) => (zip === null ? undefined : index.get(zip)) ?? -1;
  const owners = geography.ids.map(() => -1);
  const number = new Map(territories.map((name, j) => [name, j]));
  let lost = 0;
  for (const [zip, name] of rows.plan) {
    const unit = unitOf(zip);
    // a ZIP that hangs on another one moves with it
    if (unit < 0) lost++;
    else if (geography.ids[unit] === zip || owners[unit] === -1) owners[unit] = number.get(name)!;
  }
  const demand = rows.providers.map(({ key, zip, procedures, potentialUsd }) => ({
    key,
    unit: unitOf(zip),
    procedures,
    potentialUsd,
  }));
  const accounts = rows.accounts.map(({ account, zip, npi, salesUsd }, i) => ({
    id: `${i}`,
    kind: kindOf(npi),
    unit: unitOf(zip),
    keys: npi === '' ? [] : [npi],
    address: account,
    salesUsd,
  })) satisfies FieldState['accounts'];
  const nowhere = (list: readonly { unit: number }[]) => list.filter(({ unit }) => unit < 0).length;
  return {
    geography,
    territories,
    state: {
      demand: demandOf(demand, geography.ids.length),
      accounts,
      reps: { list: rows.reps, owners },
      parameters: rows.parameters,
    },
    demand,
    accounts: rows.accounts,
    reps: rows.reps,
    providers: rows.providers,
    unplaced: { providers: nowhere(demand), accounts: nowhere(accounts), plan: lost },
  };
}
