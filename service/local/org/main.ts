import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BailiwickError } from '../../core/errors.ts';
import { readOrgFolder } from './folder/orgFolder.ts';
import { startOrg } from './org.ts';

const HELP = `Usage: npm run --silent org -- [options]

Starts the stand-in Salesforce org alone and prints its URL, org id and access token.

  --port N             port to listen on (default 8740; 0 = any free one)
  --host ADDRESS       default 127.0.0.1
  --token T            access token of the integration user (default: a random one)
  --dir DIR            keep the org's rows in DIR (default: in memory)
  --objects DIR        an org folder: objects, fields, record types, permissions, users and records in DIR/*.json
                       (README.md, "The org folder")
  --client-id ID       let this app log in by JWT bearer …
  --certificate FILE   … with this public key or certificate (PEM)
  --json               one line of JSON instead of sentences
  --help
`;

function readOptions() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      port: { ...text, default: '8740' },
      host: { ...text, default: '127.0.0.1' },
      token: text,
      dir: text,
      objects: text,
      'client-id': text,
      certificate: text,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
    throw new BailiwickError('bad_request', `"${values.port}" is not a port.`, {
      action: 'Give a number up to 65535.',
    });
  if (values['client-id'] && !values.certificate)
    throw new BailiwickError('bad_request', '--client-id needs --certificate.', {
      action: 'Give the PEM file of the app.',
    });
  return values;
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  const token = options.token ?? randomBytes(18).toString('base64url');
  const clientId = options['client-id'];
  const org = await startOrg({
    port: Number(options.port),
    host: options.host,
    token,
    ...(options.dir ? { dir: options.dir } : {}),
    ...(options.objects ? { folder: readOrgFolder(options.objects) } : {}),
    clients:
      clientId && options.certificate ? [{ clientId, certificate: readFileSync(options.certificate, 'utf8') }] : [],
  });
  const { url, orgId, integrationUser } = org;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ url, orgId, token, username: integrationUser.username })}\n`
      : `Stand-in org ${url}  (org id ${orgId}, access token ${token}, user ${integrationUser.username})\n`,
  );
  const stop = (): void => void org.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  const isInput = error instanceof BailiwickError || (error instanceof TypeError && 'code' in error);
  const action = error instanceof BailiwickError && error.action ? ` ${error.action}` : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${action}\n`);
  process.exitCode = isInput ? 2 : 1;
});
