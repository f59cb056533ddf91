import path from 'node:path';
import { parseArgs } from 'node:util';
import { createFieldMapping, type FieldMapping } from './accounts/fieldMapping.ts';
import { readConfig, type Config } from './config.ts';
import { BailiwickError } from './core/errors.ts';
import { ACCOUNT_CLASSES, ACCOUNT_ROLES, USER_ROLES, type CrmMapping } from './org/mapping.ts';
import { openOrg } from './org/org.ts';
import { lockDirectory } from './store/lock.ts';
import { openStore } from './store/store.ts';

export const MAPPING_HELP = `bailiwick mapping [--guess | --check | --set ROLE=FIELD[,FIELD] ... | --reset]

Which Salesforce fields hold what. Reads the same environment as the service, which must not be running on the data directory.

  (nothing)           what is used now, and what of it no longer fits (exit code 1)
  --guess             what describe and the newest records suggest, with reasons
  --check             only whether the confirmed mapping still fits (exit code 1 when not)
  --set ROLE=FIELD    confirm the present mapping with this change; several fields: the first that is filled counts;
                      ROLE= takes a role away
  --reset             forget what was confirmed
  --json              prints the result as JSON

Roles: ${ACCOUNT_ROLES.join(' ')}
       user.${USER_ROLES.join(' user.')}
       ${ACCOUNT_CLASSES.join(' ')} as ROLE=FIELD:VALUE|VALUE, such as physician=RecordType.DeveloperName:HCP|NP`;

type View = Awaited<ReturnType<FieldMapping['view']>>;

/** @throws BailiwickError bad_request for an unknown role or a text that is no ROLE=FIELD */
export function changed(mapping: CrmMapping, settings: readonly string[]): CrmMapping {
  const next = structuredClone(mapping) as unknown as Record<'account' | 'user' | 'classes', Record<string, unknown>>;
  for (const setting of settings) {
    const [, role = '', value = ''] = /^([\w.]+)=(.*)$/.exec(setting) ?? [];
    const [group, name] = role.startsWith('user.') ? ['user' as const, role.slice(5)] : ['account' as const, role];
    const isClass = (ACCOUNT_CLASSES as readonly string[]).includes(role) && (value === '' || value.includes(':'));
    if (isClass) next.classes[role] = value === '' ? [] : [ruleOf(value)];
    else if (name in next[group]) next[group][name] = value === '' ? [] : value.split(',').map((part) => part.trim());
    else
      throw new BailiwickError('bad_request', `"${setting}" names no role.`, {
        action: `Write ROLE=FIELD with one of ${ACCOUNT_ROLES.join(', ')}, user.${USER_ROLES.join(', user.')}.`,
      });
  }
  return { version: 1, ...next } as unknown as CrmMapping;
}

function ruleOf(text: string): { field: string; values: string[] } {
  const at = text.indexOf(':');
  return { field: text.slice(0, at), values: text.slice(at + 1).split('|') };
}

function lines(view: View, isGuess: boolean): string[] {
  const mapping = isGuess ? view.guess.mapping : view.mapping;
  const reason = (role: string, field: string, group: 'account' | 'user'): string => {
    const candidate = view.guess[group][role]?.find((each) => each.field === field);
    return isGuess && candidate ? `  (${candidate.confidence}: ${candidate.reason})` : '';
  };
  const roles = (group: 'account' | 'user', prefix: string) =>
    Object.entries<readonly string[]>(mapping[group]).map(
      ([role, fields]) =>
        `  ${(prefix + role).padEnd(18)}${fields.map((field) => field + reason(role, field, group)).join(', ') || '-'}`,
    );
  const classes = ACCOUNT_CLASSES.flatMap((name) =>
    mapping.classes[name].map(({ field, values }) => `  ${name.padEnd(18)}${field}: ${values.join(', ')}`),
  );
  return [...roles('account', ''), ...roles('user', 'user.'), ...classes];
}

const FLAGS = {
  guess: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  reset: { type: 'boolean', default: false },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
} as const;

export async function mappingCommand(args: string[]): Promise<{ text: string; json: unknown; ok: boolean }> {
  const { values } = parseArgs({ args: args.filter((arg) => arg !== 'mapping'), options: FLAGS });
  return withMapping(readConfig(process.env), async (mapping) => {
    let view = values.reset ? await mapping.reset() : await mapping.view();
    if (values.set) {
      const by = { userId: 'command-line', name: 'Command line' };
      view = await mapping.confirm(by, changed(view.saved ?? view.mapping, values.set));
    }
    const ok = view.problems.length === 0;
    const head = values.guess
      ? 'Suggested by the fields and the newest records:'
      : view.state === 'confirmed'
        ? `Confirmed by ${view.savedByName}, ${view.savedAt}:`
        : 'Guessed; nobody has confirmed it yet:';
    const problems = view.problems.map(({ role, message, action }) => `${role}: ${message} ${action}`);
    const body = values.check ? [] : [head, ...lines(view, values.guess)];
    const verdict = ok ? ['Every field is there.'] : problems;
    return { text: `${[...body, ...verdict].join('\n')}\n`, json: view, ok };
  });
}

async function withMapping<T>(config: Config, work: (mapping: FieldMapping) => Promise<T>): Promise<T> {
  const { dataDir, databaseUrl } = config;
  const unlock = await lockDirectory(dataDir);
  try {
    const store = await openStore(databaseUrl ? { databaseUrl } : { dataDir: path.join(dataDir, 'state') });
    try {
      const { loginUrl, clientId, username, privateKey, apiVersion } = config.org;
      const auth = { kind: 'jwt', clientId, username, privateKey } as const;
      const org = await openOrg({ loginUrl, apiVersion, auth });
      const mapping = createFieldMapping({ store, org, now: () => new Date(), forget: () => undefined });
      await mapping.start(() => undefined);
      return await work(mapping);
    } finally {
      await store.close();
    }
  } finally {
    await unlock();
  }
}
