import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { estimatedWays, fitCircuity, roadWays } from '../../service/core/roads.ts';
import { DEFAULT_TRAVEL, driveMinutes } from '../../service/core/travel.ts';
import { osrmRoads } from '../../service/roads/osrm.ts';

const place = (i: number) => ({ lat: 42 + i / 100, lon: -71 - i / 100 });
const places = (count: number) => Array.from({ length: count }, (_, i) => place(i));

let server: Server;
let url: string;
let asked: string[];
let nowMs: number;
let said: string[];
/** What the server does with a question; answers a minute for every hundredth of a degree between two places. */
let reply: (from: number[], to: number[]) => { status?: number; body: unknown };

const seconds = (from: number[], to: number[]) => from.map((a) => to.map((b) => Math.round(6000 * Math.abs(a - b))));
const open = (options: { timeoutMs?: number } = {}) =>
  osrmRoads({ url: `${url}/`, now: () => new Date(nowMs), log: (message) => said.push(message), ...options });

beforeEach(async () => {
  [asked, said, nowMs] = [[], [], 0];
  reply = (from, to) => ({ body: { code: 'Ok', durations: seconds(from, to) } });
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const at = new URL(request.url ?? '', 'http://x');
    const lats = (at.pathname.split('/').at(-1) ?? '').split(';').map((pair) => Number(pair.split(',')[1]));
    const side = (name: string) => (at.searchParams.get(name) ?? '').split(';').map((i) => lats[Number(i)] ?? NaN);
    const { status = 200, body } = reply(side('sources'), side('destinations'));
    if (status === 0) return; // never answers
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe('a routing server', () => {
  it('is asked by its table service, longitude first, and answers minutes', async () => {
    expect(await open().minutes([place(0)], [place(1), place(3)])).toEqual([[1, 3]]);
    expect(asked).toEqual([
      '/table/v1/driving/-71.00000,42.00000;-71.01000,42.01000;-71.03000,42.03000?sources=0&destinations=1;2&annotations=duration',
    ]);
  });
  it('is asked for no more than 100 places at once, and the parts stand where they belong', async () => {
    const all = places(120);
    const table = await open().minutes(all, all);
    expect(asked).toHaveLength(9);
    for (const path of asked) expect(path.split('?')[0]?.split(';').length).toBeLessThanOrEqual(100);
    for (const [i, j] of [[0, 119], [119, 0], [60, 49], [50, 100]] as const) expect(table?.[i]?.[j]).toBe(Math.abs(i - j)); // prettier-ignore
  });
  it('tells where no road leads', async () => {
    reply = () => ({ body: { code: 'Ok', durations: [[null]] } });
    expect(await open().minutes([place(0)], [place(1)])).toEqual([[null]]);
  });
  it.each([
    ['refuses', () => ({ status: 400, body: { code: 'TooBig' } }), /status 400/],
    ['answers something else', () => ({ body: { code: 'Ok', durations: 'no' } }), /durations/],
    ['answers too little', () => ({ body: { code: 'Ok', durations: [[1]] } }), /another size/],
    ['never answers', () => ({ status: 0, body: null }), /timeout|aborted/i],
  ])('that %s is left alone for a minute; whoever asks estimates', async (_, broken, words) => {
    reply = broken;
    const roads = open({ timeoutMs: 200 });
    expect(await roads.minutes([place(0)], [place(1), place(2)])).toBeNull();
    expect(said).toEqual([expect.stringMatching(words) as string]);
    const count = asked.length;
    expect(await roads.minutes([place(0)], [place(1)])).toBeNull();
    expect(asked).toHaveLength(count);
    nowMs = 61_000;
    reply = (from, to) => ({ body: { code: 'Ok', durations: seconds(from, to) } });
    expect(await roads.minutes([place(0)], [place(1)])).toEqual([[1]]);
  });
  it('is not asked for nothing, nor for more than is sensible', async () => {
    expect(await open().minutes([], [place(1)])).toBeNull();
    expect(await open().minutes(places(500), places(500))).toBeNull();
    expect(asked).toEqual([]);
  });
});

describe('ways', () => {
  const [a, b, c] = [place(0), place(10), place(20)];
  it('are the mean of both directions, one where the other is missing, else the estimate', () => {
    const { way, isByRoad } = roadWays([a, b, c], [[0, 10, null], [14, 0, null], [7, null, 0]], DEFAULT_TRAVEL); // prettier-ignore
    expect(isByRoad).toBe(true);
    expect([way(a, b), way(b, a), way(a, c)]).toEqual([12, 12, 7]);
    expect(way(b, c)).toBe(driveMinutes(b, c, DEFAULT_TRAVEL));
    expect(estimatedWays(DEFAULT_TRAVEL).way(a, b)).toBe(driveMinutes(a, b, DEFAULT_TRAVEL));
  });
});

describe('circuity fitted to roads', () => {
  const known = (minutes: (estimate: number) => number) =>
    [10, 20, 30, 40, 50].map((i) => {
      const [from, to] = [place(0), place(i)];
      return { from, to, minutes: minutes(driveMinutes(from, to, DEFAULT_TRAVEL)) };
    });
  it('is today’s × the median of road ÷ estimate: all 20 % slower, 1.3 × 1.2 = 1.56', () => {
    const fit = fitCircuity(known((estimate) => 1.2 * estimate), DEFAULT_TRAVEL); // prettier-ignore
    expect(fit).toMatchObject({ ways: 5, circuity: 1.56 });
    expect(fit?.errorBefore).toBeCloseTo(1 - 1 / 1.2, 9);
    expect(fit?.errorAfter).toBeCloseTo(0, 9);
  });
  it('is never below a straight line, and needs a way', () => {
    expect(fitCircuity(known((estimate) => estimate / 2), DEFAULT_TRAVEL)?.circuity).toBe(1); // prettier-ignore
    expect(fitCircuity([{ from: place(0), to: place(1), minutes: 3 }], DEFAULT_TRAVEL)).toBeNull();
    expect(fitCircuity([], DEFAULT_TRAVEL)).toBeNull();
  });
});
