import { createServer } from 'node:net';
import { BailiwickError } from '../core/errors.ts';

/** How many ports are tried one after the other. */
const TRIES = 50;

/** The first free port from here on, other than those in use already; 0 stays 0. A taken one is said. */
export async function freePort(
  first: number,
  options: { not?: readonly number[]; say: (text: string) => void },
): Promise<number> {
  if (first === 0) return 0;
  for (let port = first; port < first + TRIES; port++) {
    if (options.not?.includes(port)) continue;
    if (await isFree(port)) return port;
    options.say(`Port ${port} is taken; trying ${port + 1}.`);
  }
  throw new BailiwickError('port_taken', `Ports ${first} to ${first + TRIES - 1} are all taken.`, {
    action: 'Give another one with --port.',
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
