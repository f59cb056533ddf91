import { describe, expect, it } from 'vitest';
import { account, id, USER } from '../kit/smallOrg.ts';
import { AFTER, BEFORE, request, SyncFixture } from '../kit/syncFixture.ts';
import { salesOps } from '../kit/syncWorld.ts';
import { orgFolder } from '../kit/testOrg.ts';

/**
 * An org without account teams, with public accounts, whose integration user sees neither the next step nor the territory
 * of a deal, and may not give records away. The product speaks an older version of the API.
 */
const at = new SyncFixture({ folder: orgFolder('bareOrg'), apiVersion: '58.0' });

async function takeBack(publishId: string) {
  const { id: backId } = await at.sync.takeBack(salesOps, publishId);
  await at.sync.idle();
  return (await at.sync.show(salesOps, backId))!;
}

describe('an integration user who may not give records away', () => {
  it('writes the associations, and says of every owner why it stays and what to do', async () => {
    const partial = await at.publish({ owners: true });
    expect(await at.orgRows()).toEqual(AFTER);
    expect(partial).toMatchObject({
      state: 'partial',
      outcomes: { written: 5, failed: 3, skipped: 0 },
      verified: { checked: 5, asPlanned: 5, differences: [], access: { asked: 3, blind: 0 } },
    });
    expect(partial.failures).toEqual(
      [1, 5, 6].map((n) => ({
        accountId: account(n),
        accountName: `Account ${n}`,
        what: 'Change owner',
        code: 'INSUFFICIENT_ACCESS_OR_READONLY',
        message: 'insufficient access rights on object id',
        action:
          'Give the integration user the permission "Transfer Record" and edit access to accounts, then publish again.',
      })),
    );
    expect(await at.ownerOf(1)).toBe(USER.ann);
  });

  it('takes back what was written', async () => {
    const { id: publishId } = await at.publish({ owners: true });
    expect(await takeBack(publishId)).toMatchObject({ state: 'done', outcomes: { written: 5, failed: 0, skipped: 0 } });
    expect(await at.orgRows()).toEqual(BEFORE);
  });

  it('goes on once the permission is there', async () => {
    const { id: publishId } = await at.publish({ owners: true });
    at.local.seed({
      PermissionSet: [{ Id: id('0PS', 'transfer'), Name: 'Transfer', PermissionsTransferAnyEntity: true }],
      PermissionSetAssignment: [{ AssigneeId: at.local.integrationUser.id, PermissionSetId: id('0PS', 'transfer') }],
    });
    await at.sync.goOn(salesOps, publishId);
    await at.sync.idle();
    expect(await at.sync.show(salesOps, publishId)).toMatchObject({
      state: 'done',
      failures: [],
      outcomes: { written: 8 },
      verified: { checked: 8, differences: [] },
    });
    expect(await Promise.all([1, 5, 6].map((n) => at.ownerOf(n)))).toEqual([USER.bob, USER.bob, USER.bob]);
    expect(await takeBack(publishId)).toMatchObject({ state: 'done' });
    expect(await Promise.all([1, 5, 6].map((n) => at.ownerOf(n)))).toEqual([USER.ann, USER.ann, USER.ann]);
  });
});

describe('what the org does not have', () => {
  it('refuses account teams before anything is written', async () => {
    await expect(at.sync.preview(salesOps, request({ teamRole: 'Sales Rep' }))).rejects.toMatchObject({
      code: 'bad_request',
      message: 'This org has no account teams that the integration user may write.',
      action: 'Turn on Account Teams in Setup, or publish without account teams.',
    });
    expect(await at.orgRows()).toEqual(BEFORE);
  });

  it('moves deals without the fields that are hidden, and leaves those alone', async () => {
    const preview = await at.sync.preview(salesOps, request({ deals: 'move' }));
    expect(preview.deals.map(({ name, action }) => `${name} ${action}`).sort()).toEqual(['Deal 1 move', 'Deal 2 stay']);
    const done = await at.publish({ deals: 'move' });
    expect(done).toMatchObject({ state: 'done', verified: { differences: [] } });
    at.local.addToken('dora', USER.director);
    const { records } = await at
      .client('dora')
      .query(`SELECT OwnerId, Territory2.Name FROM Opportunity WHERE Id = '${id('006', 'd1')}'`);
    expect(records).toMatchObject([{ OwnerId: USER.bob, Territory2: { Name: 'East A' } }]);
    await takeBack(done.id);
    expect((await at.room.opportunitiesById([id('006', 'd1') as never]))[0]).toMatchObject({ ownerId: USER.ann });
  });
});

describe('a field for the code', () => {
  it('that may only be read is refused row by row, and the rest is done', async () => {
    const partial = await at.publish({ stampField: 'Site' });
    expect(await at.orgRows()).toEqual(AFTER);
    expect(partial).toMatchObject({ state: 'partial', verified: { checked: 5, differences: [] } });
    expect(partial.failures.map(({ what, code, action }) => [what, code, action])).toEqual(
      Array.from({ length: 4 }, () => [
        'Stamp territory code',
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        'Give the integration user edit access to the named field (field-level security), then publish again.',
      ]),
    );
    expect(partial.failures[0]?.message).toContain('Unable to create/update fields: Site.');
  });

  it('that is hidden is refused before anything is written, by its name', async () => {
    await expect(at.sync.preview(salesOps, request({ stampField: 'AccountNumber' }))).rejects.toMatchObject({
      code: 'org_refused',
      message: expect.stringContaining('AccountNumber'),
      action: expect.stringContaining('field-level security'),
    });
  });
});
