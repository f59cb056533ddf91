import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readConfig, type Config } from '../config.ts';
import { BailiwickError } from '../core/errors.ts';
import { createGeography } from '../geography/geography.ts';
import { tokenVerifier } from '../http/identity.ts';
import { openInside } from '../inside.ts';
import { openOrg } from '../org/org.ts';
import { lockDirectory } from '../store/lock.ts';
import { openStore } from '../store/store.ts';
import type { AtHouse, HouseCommand, Said } from './command.ts';
import { knock } from './door.ts';
import { PLAN_COMMAND } from './planCommand.ts';
import { PUBLISH_COMMANDS } from './publishCommands.ts';
import { WATCH_COMMANDS } from './watchCommands.ts';

export const HOUSE_COMMANDS: Readonly<Record<string, HouseCommand>> = {
  ...PUBLISH_COMMANDS,
  ...WATCH_COMMANDS,
  plan: PLAN_COMMAND,
};

/** Carries out a command where the house is. @throws BailiwickError bad_request */
export async function runCommand(at: AtHouse, name: string, args: string[], file?: string): Promise<Said> {
  const command = Object.hasOwn(HOUSE_COMMANDS, name) ? HOUSE_COMMANDS[name] : undefined;
  if (!command)
    throw new BailiwickError('bad_request', `There is no command "${name}".`, { action: 'See bailiwick --help.' });
  try {
    return await command.run(at, args, file);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const problems = error.issues.map(({ path: field, message }) => `${field.join('.')}: ${message}`);
    throw new BailiwickError('bad_request', problems.join('; '), {
      action: `See bailiwick ${name} --help.`,
      cause: error,
    });
  }
}

const LOOSE = { data: { type: 'string' }, csv: { type: 'string' }, out: { type: 'string' } } as const;

/** Sends the command to the service that runs on the data directory, or opens the directory itself. */
export async function houseCommand(name: string, args: string[], file?: string): Promise<Said> {
  const { values } = parseArgs({ args, options: LOOSE, strict: false });
  const dataDir = typeof values.data === 'string' ? values.data : (process.env['BAILIWICK_DATA'] ?? '.bailiwick');
  const told =
    (await knock(dataDir, name, args, file)) ??
    (await inOwnHouse({ ...process.env, BAILIWICK_DATA: dataDir }, (at) => runCommand(at, name, args, file)));
  const target = values.csv ?? values.out;
  if (told.file !== undefined && typeof target === 'string') await writeFile(target, told.file);
  return told;
}

async function inOwnHouse(
  env: Readonly<Record<string, string | undefined>>,
  work: (at: AtHouse) => Promise<Said>,
): Promise<Said> {
  const config = readConfig(env);
  const opened: (() => Promise<unknown>)[] = [];
  try {
    opened.push(await lockDirectory(config.dataDir));
    const at = await openHouse(config, opened);
    return await work(at);
  } finally {
    for (const step of opened.reverse()) await step();
  }
}

async function openHouse(config: Config, opened: (() => Promise<unknown>)[]): Promise<AtHouse> {
  const { dataDir, databaseUrl, keys } = config;
  const { loginUrl, clientId, username, privateKey, apiVersion } = config.org;
  const store = await openStore(databaseUrl ? { databaseUrl } : { dataDir: path.join(dataDir, 'state') });
  opened.push(() => store.close());
  const login = () => openOrg({ loginUrl, apiVersion, auth: { kind: 'jwt', clientId, username, privateKey } });
  const org = await login();
  const geography = createGeography({ dataDir });
  const inside = await openInside(
    { store, org, geography, applyBoundaries: () => undefined },
    {
      ...config,
      openOrg: login,
      verifier: (orgId) => tokenVerifier({ keys: keys as never, orgId }),
      sample: false,
      log: (message) => process.stderr.write(`${message}\n`),
    },
  );
  opened.push(() => inside.close());
  // a command does what it says; what is due by the clock is the service's business
  inside.house.auto.stop();
  inside.house.watch.stop();
  return { house: inside.house, store, org };
}
