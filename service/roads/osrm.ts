import { z } from 'zod';
import type { Point } from '../core/geography.ts';
import type { RoadTable, Roads } from '../core/roads.ts';

interface Options {
  /** Such as "http://osrm:5000", without "/table". */
  readonly url: string;
  readonly now: () => Date;
  readonly log: (message: string) => void;
  readonly timeoutMs?: number;
}

/** A server takes 100 coordinates in one table unless it is told otherwise (osrm-routed --max-table-size). */
const MOST_PLACES = 100;
const SIDE = MOST_PLACES / 2;
/** More ways than these in one question are not asked: the estimate stands. */
const MOST_WAYS = 160_000;
const TIMEOUT_MS = 5_000;
/** All tables of one question together. */
const MOST_MS = 15_000;
/** A server that did not answer is left alone for so long. */
const REST_MS = 60_000;

const answer = z.object({ code: z.literal('Ok'), durations: z.array(z.array(z.number().nonnegative().nullable())) });

/**
 * Road times from a routing server that the customer runs: the table service of OSRM's HTTP API
 * (project-osrm.org/docs, "Table service"; durations in seconds). It never throws: who asks goes on with the estimate.
 */
export function osrmRoads({ url, now, log, timeoutMs = TIMEOUT_MS }: Options): Roads {
  const base = url.replace(/\/+$/, '');
  let restsUntil = 0;

  async function table(from: readonly Point[], to: readonly Point[]): Promise<RoadTable> {
    const places = [...from, ...to].map(({ lat, lon }) => `${lon.toFixed(5)},${lat.toFixed(5)}`).join(';');
    const range = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i).join(';');
    const query = `sources=${range(0, from.length)}&destinations=${range(from.length, to.length)}&annotations=duration`;
    const response = await fetch(`${base}/table/v1/driving/${places}?${query}`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const { durations } = answer.parse(await response.json());
    if (durations.length !== from.length || durations.some((row) => row.length !== to.length))
      throw new Error('a table of another size than was asked for');
    return durations.map((row) => row.map((seconds) => (seconds === null ? null : seconds / 60)));
  }

  async function minutes(from: readonly Point[], to: readonly Point[]): Promise<RoadTable | null> {
    if (from.length === 0 || to.length === 0 || from.length * to.length > MOST_WAYS) return null;
    if (now().getTime() < restsUntil) return null;
    const deadline = Date.now() + MOST_MS;
    try {
      const rows: (number | null)[][] = from.map(() => []);
      for (let i = 0; i < from.length; i += SIDE)
        for (let j = 0; j < to.length; j += SIDE) {
          if (Date.now() > deadline) throw new Error(`no answer within ${MOST_MS / 1000} s`);
          const part = await table(from.slice(i, i + SIDE), to.slice(j, j + SIDE));
          part.forEach((row, k) => rows[i + k]!.push(...row));
        }
      return rows;
    } catch (error) {
      restsUntil = now().getTime() + REST_MS;
      log(
        `routing server: ${error instanceof Error ? error.message : String(error)}; drive times are estimated meanwhile`,
      );
      return null;
    }
  }

  return { minutes };
}
