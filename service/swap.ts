import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { LoadedStore } from './geography/loadedStore.ts';
import { createGeography, type GeographySlice } from './geography/geography.ts';
import { openInside, type Ground, type Inside } from './inside.ts';
import type { ServiceOptions } from './serve.ts';

/** Requests under way may take so long to end before the ground is changed under them. */
const DRAIN_MS = 15_000;
const LOOK_EVERY_MS = 25;
/** What a client that comes meanwhile should wait. */
const RETRY_SECONDS = 2;

export interface Swapping {
  readonly inside: Inside;
  readonly listener: RequestListener;
  close(): Promise<void>;
}

/**
 * The inside of a service, which other boundaries replace without a restart: the new geography is built first, requests under way end,
 * plans are carried over, and the next request meets the new ground. Where that fails, the former ground stands again.
 */
export async function openSwapping(
  { store, org, geography }: Omit<Ground, 'applyBoundaries'>,
  options: ServiceOptions,
): Promise<Swapping> {
  let current: Inside | null = null;
  let ground = geography;
  let underWay = 0;
  let turn: Promise<void> = Promise.resolve();
  const open = async (slice: GeographySlice) => {
    current = await openInside({ store, org, geography: slice, applyBoundaries: () => void apply() }, options);
    ground = slice;
  };
  const apply = () => (turn = turn.then(swap).catch((error) => options.log(`The boundaries stay: ${String(error)}`)));

  async function swap(): Promise<void> {
    const next = createGeography({ dataDir: options.dataDir, basemap: options.basemap });
    if (next.geography.key === ground.geography.key) return;
    const [before, inUse] = [ground, formerIndex];
    const old = current;
    current = null;
    await drained();
    await old?.close();
    try {
      await open(next);
      formerIndex = new LoadedStore(options.dataDir).index;
    } catch (error) {
      const loaded = new LoadedStore(options.dataDir);
      const { active, units, states } = inUse;
      loaded.save({ ...loaded.index, active, units, states });
      await open(before);
      throw error;
    }
    options.log(`The map stands on new boundaries: ${next.geography.ids.length} units.`);
  }

  async function drained(): Promise<void> {
    const last = Date.now() + DRAIN_MS;
    while (underWay > 0 && Date.now() < last) await setTimeout(LOOK_EVERY_MS);
  }

  let formerIndex = new LoadedStore(options.dataDir).index;
  await open(geography);
  return {
    get inside() {
      if (!current) throw new Error('The boundaries are being changed.');
      return current;
    },
    listener: (req, res) => {
      if (!current) return refuse(req, res, options.origins);
      underWay++;
      res.once('close', () => underWay--);
      current.app(req, res);
    },
    close: async () => {
      await turn;
      await current?.close();
    },
  };
}

/** For the few seconds in which there is no ground: the client asks again. */
function refuse({ headers: { origin } }: IncomingMessage, res: ServerResponse, origins: readonly string[]): void {
  if (origin !== undefined && origins.includes(origin)) res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Retry-After', String(RETRY_SECONDS));
  res.writeHead(503, { 'Content-Type': 'application/json; charset=utf-8' });
  const error = {
    code: 'not_ready',
    message: 'New boundaries are being put to use.',
    action: 'Try again in a moment.',
  };
  res.end(JSON.stringify({ error }));
}
