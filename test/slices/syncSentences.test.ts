import { describe, expect, it } from 'vitest';
import { longId } from '../../service/core/ids.ts';
import type { Org } from '../../service/org/org.ts';
import { account, id, USER } from '../kit/smallOrg.ts';
import { AFTER, request, SyncFixture } from '../kit/syncFixture.ts';
import { salesOps, syncOver } from '../kit/syncWorld.ts';

/** One cause each: what is refused says why and what to do, everything else is done and verified, and a repeat finishes. */
const at = new SyncFixture();

/** Does something once, just before the product writes with this method. */
function before(method: 'createAssociations' | 'setOwners', work: () => Promise<unknown> | void): void {
  let isDone = false;
  const write = async (...values: never[]) => {
    if (!isDone) {
      isDone = true;
      await work();
    }
    return (at.room[method] as (...values: never[]) => unknown)(...values);
  };
  at.sync = syncOver(at.store, { ...at.room, [method]: write } as Org, at.plans);
}

async function goOn(publishId: string) {
  await at.sync.goOn(salesOps, publishId);
  await at.sync.idle();
  return (await at.sync.show(salesOps, publishId))!;
}

const refusals = ({ failures }: Awaited<ReturnType<typeof at.publish>>) =>
  failures.map(({ accountName, what, code, message, action }) => [accountName, what, code, message, action]);
const FOLLOWS = [
  'skipped',
  'An earlier step of this account failed, so everything else of it stays as it was.',
  'Correct the reason given for that step, then go on.',
];
const without = (...gone: string[]): string[] => AFTER.filter((row) => !gone.includes(row));
const owners = () => Promise.all([1, 5, 6].map((n) => at.ownerOf(n)));

describe('a record that is refused', () => {
  it('locked: tried again, then said; the account stays whole where it was', async () => {
    at.local.faults.add({
      kind: 'record',
      object: 'ObjectTerritory2Association',
      operation: 'create',
      value: account(1),
      code: 'UNABLE_TO_LOCK_ROW',
      times: 'always',
    });
    const partial = await at.publish({ owners: true });
    expect(refusals(partial)).toEqual([
      [
        'Account 1',
        'Add to territory',
        'UNABLE_TO_LOCK_ROW',
        expect.stringContaining('unable to obtain exclusive access'),
        'Someone else was changing the record; publish again.',
      ],
      ['Account 1', 'Take out of territory', ...FOLLOWS],
      ['Account 1', 'Change owner', ...FOLLOWS],
    ]);
    expect(partial).toMatchObject({ state: 'partial', verified: { checked: 5, asPlanned: 5, differences: [] } });
    expect(await at.orgRows()).toEqual([...without('1 East B'), '1 East A'].sort());
    expect(await owners()).toEqual([USER.ann, USER.bob, USER.bob]);
    at.local.faults.clear();
    expect(await goOn(partial.id)).toMatchObject({ state: 'done', failures: [], verified: { differences: [] } });
    expect(await at.orgRows()).toEqual(AFTER);
    expect(await owners()).toEqual([USER.bob, USER.bob, USER.bob]);
  });

  it('refused by a trigger of the org: in its own words', async () => {
    const message = 'AccountGuard: execution of BeforeUpdate caused by: System.LimitException';
    at.local.faults.add({
      kind: 'record',
      object: 'Account',
      operation: 'update',
      value: account(6),
      code: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      message,
      times: 'always',
    });
    const partial = await at.publish({ owners: true });
    expect(refusals(partial)).toEqual([
      [
        'Account 6',
        'Change owner',
        'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        message,
        'A trigger or flow of the org refused it; ask your Salesforce administrator.',
      ],
    ]);
    expect(partial).toMatchObject({ state: 'partial', verified: { checked: 7, asPlanned: 7, differences: [] } });
    expect(await at.orgRows()).toEqual(AFTER);
    at.local.faults.clear();
    expect(await goOn(partial.id)).toMatchObject({ state: 'done', failures: [] });
    expect(await owners()).toEqual([USER.bob, USER.bob, USER.bob]);
  });

  it('its field may not be written: named, with where to allow it', async () => {
    // a row of the standard profile decides for everyone
    at.local.seed({
      FieldPermissions: [
        {
          Id: id('01k', 'site'),
          ParentId: longId('0PSBw0000000009'),
          SobjectType: 'Account',
          Field: 'Account.Site',
          PermissionsRead: true,
          PermissionsEdit: false,
        },
      ],
    });
    const partial = await at.publish({ stampField: 'Site' });
    expect(new Set(refusals(partial).map(([, ...rest]) => rest.join(' | ')))).toEqual(
      new Set([
        [
          'Stamp territory code',
          'INVALID_FIELD_FOR_INSERT_UPDATE',
          'Unable to create/update fields: Site. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
          'Give the integration user edit access to the named field (field-level security), then publish again.',
        ].join(' | '),
      ]),
    );
    expect(partial).toMatchObject({ state: 'partial', verified: { checked: 5, asPlanned: 5, differences: [] } });
    expect(await at.orgRows()).toEqual(AFTER);
    await at
      .client()
      .sobject('FieldPermissions')
      .update({ Id: id('01k', 'site'), PermissionsEdit: true });
    expect(await goOn(partial.id)).toMatchObject({ state: 'done', failures: [], verified: { differences: [] } });
  });
});

describe('what is gone', () => {
  it('an account deleted after the preview: the preview no longer holds', async () => {
    const asked = request({ owners: true });
    const { previewHash } = await at.sync.preview(salesOps, asked);
    await at.client().sobject('Account').destroy(account(1));
    await expect(at.sync.publish(salesOps, { ...asked, previewHash })).rejects.toMatchObject({
      code: 'preview_stale',
      message: 'Salesforce or the plan has changed since the preview was made.',
      action: 'Look at the new preview, then publish.',
    });
  });

  it('an account deleted while the publish runs: said, and the others are done', async () => {
    before('createAssociations', () => at.client().sobject('Account').destroy(account(1)));
    const partial = await at.publish({ owners: true });
    expect(refusals(partial)).toEqual([
      [
        'Account 1',
        'Add to territory',
        expect.stringMatching(/^(ENTITY_IS_DELETED|INVALID_CROSS_REFERENCE_KEY)$/),
        expect.any(String),
        expect.stringMatching(/(gone from|deleted in) Salesforce; refresh the plan and publish again\.$/),
      ],
      ['Account 1', 'Take out of territory', ...FOLLOWS],
      ['Account 1', 'Change owner', ...FOLLOWS],
    ]);
    expect(partial).toMatchObject({ state: 'partial', verified: { checked: 5, asPlanned: 5, differences: [] } });
    const [, ...others] = await owners();
    expect(others).toEqual([USER.bob, USER.bob]);
  });

  it('a new owner who was deactivated meanwhile', async () => {
    const user = at.client().sobject('User');
    before('setOwners', () => user.update({ Id: USER.bob, IsActive: false }));
    const partial = await at.publish({ owners: true });
    expect(refusals(partial)).toEqual(
      [1, 5, 6].map((n) => [
        `Account ${n}`,
        'Change owner',
        'INACTIVE_OWNER_OR_USER',
        'owner or user is inactive.',
        'Activate the user or give the territory another rep, then publish again.',
      ]),
    );
    expect(await at.orgRows()).toEqual(AFTER);
    await user.update({ Id: USER.bob, IsActive: true });
    expect(await goOn(partial.id)).toMatchObject({ state: 'done', failures: [], verified: { differences: [] } });
    expect(await owners()).toEqual([USER.bob, USER.bob, USER.bob]);
  });
});

describe('an API budget that runs out in the middle', () => {
  it.each([
    ["of this product's share", 0.95, 'API calls of the day are used: no more are spent here.'],
    ['of the whole org', 1, 'Salesforce refuses further API calls today'],
  ])('%s: what is written stays, the rest says why, and goes on', async (_, share, words) => {
    before('setOwners', () => {
      at.local.api.limit = Math.floor((at.local.api.used + (share < 1 ? 2 : 0)) / share);
    });
    const stopped = await at.publish({ owners: true, batchSize: 1 });
    expect(stopped).toMatchObject({
      state: 'partial',
      error: {
        code: 'org_limit',
        message: expect.stringContaining(words),
        action: expect.stringMatching(/24-hour limit/),
      },
      canGoOn: true,
    });
    at.local.api.limit = 100_000;
    expect(await at.orgRows()).toEqual(expect.arrayContaining(['1 East B', '5 East B', '6 East B']));
    expect(refusals(stopped).length).toBeGreaterThanOrEqual(2);
    for (const [, , code, message, action] of refusals(stopped)) {
      expect(code).toBe('org_limit');
      expect(message).toContain(words);
      expect(action).toMatch(/24-hour limit|looked up first/);
    }
    expect(await goOn(stopped.id)).toMatchObject({
      state: 'done',
      error: null,
      failures: [],
      verified: { differences: [] },
    });
    expect(await at.orgRows()).toEqual(AFTER);
    expect(await owners()).toEqual([USER.bob, USER.bob, USER.bob]);
  });
});
