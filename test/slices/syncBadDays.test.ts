import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { account, USER } from '../kit/smallOrg.ts';
import { AFTER, BEFORE, request, SyncFixture } from '../kit/syncFixture.ts';
import { B, salesOps, syncOver } from '../kit/syncWorld.ts';

const at = new SyncFixture();

describe('bad days', () => {
  it('stops with a sentence when the org goes down, and the next publish finishes', async () => {
    at.local.faults.add({
      kind: 'request',
      path: '/composite/sobjects',
      method: 'DELETE',
      code: 'SERVER_UNAVAILABLE',
      times: 5,
    });
    const stopped = await at.publish();
    expect(stopped).toMatchObject({
      state: 'partial',
      error: { code: 'org_unreachable', action: expect.stringContaining('try again') },
    });
    expect(stopped.verified).toBeNull();
    expect(at.plans.calls).toEqual([]);
    expect(await at.publish()).toMatchObject({ state: 'done', outcomes: { written: 2, failed: 0 } });
    expect(await at.orgRows()).toEqual(AFTER);
  });
  it('knows its own row again after a reply was lost for good', async () => {
    at.local.faults.add({ kind: 'request', path: '/composite/sobjects', method: 'POST', drop: 'after', times: 5 });
    expect(await at.publish()).toMatchObject({ state: 'partial', outcomes: { written: 0, failed: 3, skipped: 2 } });
    expect(await at.publish()).toMatchObject({ state: 'done', outcomes: { written: 2 } });
    expect(await at.orgRows()).toEqual(AFTER);
    // rows of the lost reply are ours: the plan may take them away again
    at.plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 5: null, 6: null };
    await at.publish();
    expect(await at.orgRows()).toEqual(BEFORE);
  });
  it('forgets nothing when the org is down while a killed publish is resumed', async () => {
    // as after a kill: the rows are written, the journal does not know it
    const { previewHash } = await at.sync.preview(salesOps, request());
    at.local.faults.add({ kind: 'request', path: '/composite/sobjects', method: 'POST', drop: 'after', times: 5 });
    await at.sync.publish(salesOps, { ...request(), previewHash });
    await at.sync.idle();
    await at.store.db.execute(sql`update publish set state = 'running'`);
    await at.store.db.execute(sql`update publish_row set outcome = 'planned'`);
    at.local.faults.add({ kind: 'request', path: '/query', code: 'SERVER_UNAVAILABLE', times: 5 });
    const next = syncOver(at.store, at.room, at.plans);
    expect(await next.resume()).toHaveLength(1);
    await next.idle();
    expect((await next.list(salesOps))[0]).toMatchObject({ state: 'partial', error: { code: 'org_unreachable' } });
    expect(await at.publish()).toMatchObject({ state: 'done', outcomes: { written: 2 } });
    at.plans.wishes = { 1: 'A', 2: 'A', 3: 'A', 5: null, 6: null };
    await at.publish();
    expect(await at.orgRows()).toEqual(BEFORE);
  });
  it('does not claim rows that somebody else was faster to write', async () => {
    const { previewHash } = await at.sync.preview(salesOps, request());
    const publishing = at.sync.publish(salesOps, { ...request(), previewHash });
    const conn = at.client('manager');
    at.local.addToken('manager', USER.manager);
    at.local.faults.add({ kind: 'request', path: '/composite/sobjects', method: 'POST', delayMs: 400 });
    await publishing;
    await conn
      .sobject('ObjectTerritory2Association')
      .create({ ObjectId: account(6), Territory2Id: B, AssociationCause: 'Territory2Manual' });
    await at.sync.idle();
    const [done] = await at.sync.list(salesOps);
    expect(done).toMatchObject({ state: 'done', outcomes: { written: 4, alreadyThere: 1 } });
    const { id: backId } = await at.sync.takeBack(salesOps, done!.id);
    await at.sync.idle();
    expect(await at.sync.show(salesOps, backId)).toMatchObject({ state: 'done' });
    expect(await at.orgRows()).toContain('6 East B');
  });
  it('lets one publish of a team run at a time', async () => {
    at.local.faults.add({ kind: 'request', path: '/composite/sobjects', method: 'POST', delayMs: 200 });
    const { previewHash } = await at.sync.preview(salesOps, request());
    await at.sync.publish(salesOps, { ...request(), previewHash });
    await expect(at.sync.publish(salesOps, { ...request(), previewHash })).rejects.toMatchObject({ code: 'conflict' });
    await at.sync.idle();
  });
  it('refuses to begin what the API limit cannot bear', async () => {
    const { previewHash } = await at.sync.preview(salesOps, request());
    at.local.api.limit = at.local.api.used + 4;
    await expect(at.sync.publish(salesOps, { ...request(), previewHash })).rejects.toMatchObject({ code: 'org_limit' });
  });
});
