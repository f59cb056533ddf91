import { afterEach, beforeEach, expect, it } from 'vitest';
import { recordId } from '../../service/core/ids.ts';
import type { LocalOrg } from '../../service/local/org/org.ts';
import type { Org } from '../../service/org/org.ts';
import { account, accounts, startSmallOrg, TERRITORY } from '../kit/smallOrg.ts';
import { openRoom } from '../kit/syncWorld.ts';

let local: LocalOrg;
let room: Org;

beforeEach(async () => {
  local = await startSmallOrg();
  local.seed({ Account: accounts(2_500) });
  room = await openRoom(local.url);
});
afterEach(() => local.close());

it('asks again when the line is cut in the middle of a reply', async () => {
  local.faults.add({ kind: 'request', path: '/query', drop: 'midway', times: 2 });
  let read = 0;
  for await (const page of room.accounts()) read += page.length;
  expect(read).toBe(2_500);
});
it('says that the org does not answer when every reply is cut, and lives on', async () => {
  local.faults.add({ kind: 'request', path: '/query', drop: 'midway', times: 'always' });
  await expect(room.heldAccounts([recordId(account(1))])).rejects.toMatchObject({ code: 'org_unreachable' });
  local.faults.clear();
  expect(await room.heldAccounts([recordId(account(1))])).toHaveLength(1);
});
it('opens a query again whose cursor was dropped, without telling a row twice', async () => {
  local.faults.add({ preset: 'locatorExpired', times: 2 } as never);
  const seen: string[] = [];
  for await (const page of room.accounts()) seen.push(...page.map(({ id }) => id));
  expect(seen).toHaveLength(2_500);
  expect(new Set(seen).size).toBe(2_500);
});
it('reads many owners by their ids in two calls, and few by a query', async () => {
  const ids = Array.from({ length: 2_500 }, (_, k) => recordId(account(k + 1)));
  const before = local.api.used;
  expect(await room.heldAccounts(ids)).toHaveLength(2_500);
  // two lists of ids, and the names of the owners
  expect(local.api.used - before).toBe(3);
  expect(await room.heldAccounts([])).toEqual([]);
  expect(await room.associations({ territoryIds: [recordId(TERRITORY.eastA)], accountIds: [] })).toEqual([]);
});
