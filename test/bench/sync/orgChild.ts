/** The stand-in org as a process of its own, so that its memory is not the service's; counts calls by what they are for. */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { accounts, startSmallOrg } from '../../kit/smallOrg.ts';

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/UserRecordAccess/, 'access'],
  [/\/jobs\/ingest\/[^/]+$/, 'polls'],
  [/\/jobs\/ingest/, 'bulk'],
  [/\/composite\/sobjects\/Account/, 'reads'],
  [/\/composite\/sobjects/, 'collections'],
  [/\/query/, 'reads'],
];
const counts: Record<string, number> = {};
subscribe('http.server.request.start', (event) => {
  const { url = '', method } = (event as { request: IncomingMessage }).request;
  const kind = method === 'PATCH' && /jobs\/ingest/.test(url) ? 'bulk' : KINDS.find(([words]) => words.test(url))?.[1];
  counts[kind ?? 'other'] = (counts[kind ?? 'other'] ?? 0) + 1;
});

const local = await startSmallOrg();
local.api.limit = 10_000_000;
local.seed({ Account: accounts(Number(process.argv[2])) });
process.on('message', () => process.send?.({ counts }));
process.send?.({ url: local.url });
