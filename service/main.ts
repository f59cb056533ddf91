/** The companion service for production: `npm run serve`. */
import { compileOnce } from './compileCache.ts';
import { readConfig, type Config } from './config.ts';
import { BailiwickError } from './core/errors.ts';
import { tokenVerifier } from './http/identity.ts';
import { openOrg } from './org/org.ts';
import { startService } from './serve.ts';

async function main(config: Config): Promise<void> {
  compileOnce();
  const { loginUrl, clientId, username, privateKey, apiVersion } = config.org;
  const service = await startService({
    ...config,
    openOrg: () => openOrg({ loginUrl, apiVersion, auth: { kind: 'jwt', clientId, username, privateKey } }),
    verifier: (orgId) => tokenVerifier({ keys: config.keys as never, orgId }),
    sample: false,
    log: (message) => process.stderr.write(`${message}\n`),
  });
  process.stdout.write(`Bailiwick serves org ${service.orgId} on ${service.url}\n`);
  const stop = () => void service.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

try {
  await main(readConfig(process.env));
} catch (error) {
  const known = error instanceof BailiwickError;
  process.stderr.write(known ? `${error.message} ${error.action ?? ''}\n` : `${(error as Error).stack}\n`);
  process.exitCode = known && error.code === 'bad_request' ? 2 : 1;
}
