import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlanWorld, type Plan, type Refusal } from '../kit/planLife.ts';

const world = new PlanWorld();
beforeAll(() => world.open());
afterAll(() => world.close());

describe('the life of a plan', () => {
  test('goes step by step from draft to approved, each with who, when and note, and back with a reason', async () => {
    const plan = await world.draft('Spring');
    const first = await world.life(plan.id);
    expect(first).toMatchObject({ stage: 'draft', can: ['submit', 'drop', 'schedule'] });
    expect([first.touched, first.accounts > 0]).toEqual([2, true]);

    expect((await world.step(plan.id, 'approve')).status).toBe(409);
    await world.step(plan.id, 'submit', { note: 'Please look at Boston.' });
    const bare = await world.step(plan.id, 'return', { by: world.manager });
    expect([bare.status, bare.json.error.message]).toEqual([400, expect.stringContaining('say why')]);
    expect((await world.step(plan.id, 'return', { by: world.manager, note: 'Cohasset stays.' })).json.stage).toBe(
      'draft',
    );
    await world.step(plan.id, 'submit');
    expect((await world.step(plan.id, 'announce', { by: world.manager })).json.stage).toBe('announced');
    const approved = await world.step(plan.id, 'approve', { by: world.manager, note: 'Fine.' });
    expect(approved.json).toMatchObject({ stage: 'approved', approval: { missing: [] } });
    const { path, steps } = await world.life(plan.id);
    expect(path.find(({ isNow }) => isNow)).toMatchObject({ stage: 'approved', note: 'Fine.', byName: expect.stringMatching(/\w/) as string }); // prettier-ignore
    expect(steps.map(({ what }) => what).filter((what) => what !== 'notified')).toEqual(['submitted', 'returned', 'submitted', 'announced', 'approved']); // prettier-ignore
    expect(steps[1]).toMatchObject({ note: 'Cohasset stays.' });

    expect((await world.step(plan.id, 'revoke')).status).toBe(400);
    expect((await world.step(plan.id, 'revoke', { note: 'Too early.' })).json.stage).toBe('announced');
    expect((await world.step(plan.id, 'drop')).json.state).toBe('archived');
  });

  test('a step on a version that has changed since is refused, and so is one by a manager of another branch', async () => {
    const plan = await world.draft('Stale');
    const late = await world.ops<Refusal>('POST', `/api/alignments/${plan.id}/steps`, { step: 'submit', version: plan.version - 1 }); // prettier-ignore
    expect([late.status, late.json.error.code]).toEqual([409, 'alignment_stale']);
    await world.step(plan.id, 'submit');
    const [other] = await world.house.query<{ Id: string }>(
      `SELECT Id FROM User WHERE Title LIKE 'Regional Manager%' AND Id != '${world.house.sample.planted.users.manager}' ORDER BY Id`,
    );
    const foreign = await world.step(plan.id, 'approve', { by: world.house.api(other!.Id) });
    expect([foreign.status, foreign.json.error.message]).toEqual([
      403,
      expect.stringContaining('nothing in your branch'),
    ]);
  });

  test('a plan that reaches beyond a branch is approved once everybody concerned has, in this version', async () => {
    const plan = await world.draft('Both coasts');
    const far = plan.territories.findIndex((each) => each!.name !== '' && !isNear(plan, each!.id));
    const unit = plan.owners.findIndex((owner) => owner === far);
    const near = world.indexOf(plan, world.house.sample.planted.users.rep);
    const moves = [{ unit: world.zips[unit]!, from: plan.territories[far]!.id, to: plan.territories[near]!.id }];
    await world.ops('POST', `/api/alignments/${plan.id}/moves`, { version: plan.version, moves });
    await world.step(plan.id, 'submit');
    const half = await world.step(plan.id, 'approve', { by: world.manager });
    expect(half.json.stage).toBe('review');
    expect(half.json.approval.missing).toEqual([plan.territories[far]!.name]);
    // an edit after it: what was approved is not what stands there now
    const edited = await world.plan(plan.id);
    await world.move(edited);
    expect((await world.life(plan.id)).approval.approvals).toEqual([expect.objectContaining({ isCurrent: false })]);
    expect((await world.step(plan.id, 'approve')).json.stage).toBe('approved');
  });

  /** In the manager's region, as far as its name says. */
  function isNear(plan: Plan, id: string): boolean {
    const { users } = world.house.sample.planted;
    const parents = plan.territories.map((each) => each as unknown as { id: string; parentId: string });
    const own = parents[world.indexOf(plan, users.rep)]!.parentId;
    return parents.find((each) => each.id === id)!.parentId === own;
  }

  test('where the approver has to be another, neither author nor last editor approves', async () => {
    await world.settings({ approverIsAnother: true });
    const plan = await world.draft('Four eyes', { by: world.manager });
    await world.step(plan.id, 'submit', { by: world.manager });
    const own = await world.step(plan.id, 'approve', { by: world.manager });
    expect([own.status, own.json.error.code]).toEqual([403, 'forbidden']);
    // whoever changes it last counts as author too
    await world.move(await world.plan(plan.id));
    expect((await world.step(plan.id, 'approve')).status).toBe(403);
    await world.move(await world.plan(plan.id), { by: world.manager });
    expect((await world.step(plan.id, 'approve')).json.stage).toBe('approved');
    await world.settings({ approverIsAnother: false });
  });

  test('says that only an approval is missing before it is published, and who may give it', async () => {
    const plan = await world.draft('Who is next');
    expect((await world.life(plan.id)).needsApproval).toBe(false);
    await world.settings({ approvalRequired: true });
    const waiting = async () => {
      const { needsApproval, approval } = await world.life(plan.id);
      return [needsApproval, approval.approvers];
    };
    expect(await waiting()).toEqual([true, []]);
    expect((await world.publish(plan.id)).status).toBe(409);
    await world.step(plan.id, 'submit');
    const { manager } = world.house.sample.planted.users;
    const [person] = await world.house.query<{ Name: string }>(`SELECT Name FROM User WHERE Id = '${manager}'`);
    expect(await waiting()).toEqual([true, [person!.Name]]);
    await world.step(plan.id, 'approve');
    expect(await waiting()).toEqual([false, []]);
    await world.settings({ approvalRequired: false });
  });

  test('can be cloned at any state, and the clone is a draft', async () => {
    const plan = await world.draft('Mother');
    for (const step of ['submit', 'announce', 'approve']) await world.step(plan.id, step);
    const clone = await world.ops<Plan>('POST', '/api/alignments', {
      teamId: world.teamId,
      name: 'Child',
      from: plan.id,
    });
    expect([clone.status, clone.json.stage, clone.json.owners]).toEqual([201, 'draft', plan.owners]);
    expect((await world.move(clone.json)).status).toBe(200);
  });
});

describe('settings', () => {
  test('are changed by Sales Ops on a version, and each change stands in the log', async () => {
    const url = `/api/teams/${world.teamId}/plan-settings`;
    const body = (await world.ops<{ version: number; settings: object }>('GET', url)).json;
    expect((await world.manager('PUT', url, { ...body.settings, version: body.version })).status).toBe(403);
    const saved = await world.ops<{ settings: { introductionDays: number } }>('PUT', url, { ...body.settings, introductionDays: 21, version: body.version }); // prettier-ignore
    expect([saved.status, saved.json.settings.introductionDays]).toEqual([200, 21]);
    expect((await world.ops('PUT', url, { ...body.settings, version: body.version })).status).toBe(409);
    expect(
      (await world.ops('PUT', url, { ...body.settings, introductionDays: 0, version: body.version + 1 })).status,
    ).toBe(400);
  });
});
