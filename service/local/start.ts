/** `npm start`: the stand-in org, the service and the page host on three origins, filled with the sample. */
import { parseArgs } from 'node:util';
import { compileOnce } from '../compileCache.ts';
import { BailiwickError } from '../core/errors.ts';
import { startDemo } from './demo.ts';

const HELP = `npm start [-- options]

Shows Bailiwick with the sample market and prints one URL.

  --port N     first port to try for the pages (default 3000, or PORT)
  --data DIR   where state is kept (default .bailiwick/demo, or BAILIWICK_DATA)
  --reset      begin with a fresh sample
  --help`;

async function main(): Promise<void> {
  compileOnce();
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env['PORT'] ?? '3000' },
      data: { type: 'string', default: process.env['BAILIWICK_DATA'] ?? '.bailiwick/demo' },
      reset: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${HELP}\n`);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_000) {
    throw new BailiwickError('bad_request', `"${values.port}" is not a port.`, {
      action: 'Give a number up to 65000.',
    });
  }
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const demo = await startDemo({ port, dataDir: values.data, reset: values.reset, say });
  process.stdout.write(
    `\nBailiwick is ready: ${demo.url}\n\nStop it with Ctrl+C. Details of the stand-in org: ${demo.detailsFile}\n`,
  );
  const stop = () => void demo.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

try {
  await main();
} catch (error) {
  const known = error instanceof BailiwickError;
  process.stderr.write(known ? `${error.message} ${error.action ?? ''}\n` : `${(error as Error).stack}\n`);
  process.exitCode = known && error.code === 'bad_request' ? 2 : 1;
}
