import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlanWorld, type Cover, type Plan } from '../kit/planLife.ts';

const world = new PlanWorld();
beforeAll(() => world.open());
afterAll(() => world.close());

/** Every row that the org holds of territories, past the service. */
const placed = async () =>
  (await world.house.query<{ ObjectId: string; Territory2Id: string }>('SELECT ObjectId, Territory2Id FROM ObjectTerritory2Association')) // prettier-ignore
    .map(({ ObjectId, Territory2Id }) => `${ObjectId} ${Territory2Id}`)
    .sort();
const ownersOf = (plan: Plan) => plan.owners.map((owner) => plan.territories[owner]?.id ?? null);
const coverOf = async (id: string) => (await world.life(id)).cover!;

/** A cover that nobody has published yet, and who takes over in it. */
async function planned(days = 30) {
  const live = await world.live();
  const absent = live.territories[world.indexOf(live, world.house.sample.planted.users.rep)]!;
  const body = { territoryId: absent.id, fromOn: world.day(1), backOn: world.day(days) };
  const made = (await world.ops<Cover>('POST', `/api/teams/${world.teamId}/covers`, body)).json;
  await world.computed(made.proposalId);
  await world.ops('POST', `/api/covers/${made.id}/take`);
  const plan = await world.plan(made.alignmentId);
  const [was, is] = [ownersOf(live), ownersOf(plan)];
  const gained = (id: string) => is.filter((owner, unit) => owner === id && was[unit] !== id).length;
  const takers = plan.territories.filter((each) => gained(each!.id) > 0).sort((a, b) => gained(b!.id) - gained(a!.id));
  return { plan, absent, live, takers: takers.map((each) => each!) };
}
const publishPart = async ({ id }: Plan, territoryId: string) => {
  const answer = await world.publish(id, world.ops, { part: { territoryIds: [territoryId], states: [] } });
  expect([answer.status, answer.text.slice(0, 200)]).toEqual([202, expect.any(String)]);
  await world.look();
};
async function over(days = 30): Promise<void> {
  world.forward(days);
  await world.look();
  await world.look();
}

describe('a leave cover of which somebody publishes a part by hand', () => {
  test('says which, and that part comes back on the day, one after the other where there were several', async () => {
    const before = await placed();
    const { plan, live, takers } = await planned();
    expect(takers.length).toBeGreaterThan(1);
    const [first, second] = [takers[0]!, takers[1]!];
    await publishPart(plan, first.id);
    const one = await placed();
    expect(one).not.toEqual(before);
    expect(await coverOf(plan.id)).toMatchObject({ state: 'covering', reason: `Published for ${first.name} only: exactly that goes back.` }); // prettier-ignore
    expect((await world.plan(plan.id)).state).toBe('draft');
    await publishPart(plan, second.id);
    expect(await placed()).not.toEqual(one);
    expect(await coverOf(plan.id)).toMatchObject({ state: 'covering', reason: expect.stringContaining(`${second.name}, ${first.name} only`) as string }); // prettier-ignore

    await world.restart();
    await over();
    expect(await coverOf(plan.id)).toMatchObject({ state: 'ended', reason: null, stayed: [] });
    expect(await placed()).toEqual(before);
    expect((await world.live()).id).toBe(live.id);
    // its rest is closed with it: published after the leave it would never come back
    expect((await world.plan(plan.id)).state).toBe('archived');
  });

  test('comes back by plans where others have published since, and what they moved on stays and is told', async () => {
    const { plan, absent, live, takers } = await planned();
    const [first, second] = [takers[0]!, takers[1]!];
    await publishPart(plan, first.id);
    await publishPart(plan, second.id);
    const during = await world.live();
    const was = ownersOf(live);
    const unit = ownersOf(during).findIndex((id, k) => id === first.id && was[k] === absent.id);
    const zip = world.zips[unit]!;
    const other = (await world.ops<Plan>('POST', '/api/alignments', { teamId: world.teamId, name: 'For good', from: during.id })).json; // prettier-ignore
    const moves = [{ unit: zip, from: first.id, to: second.id }];
    await world.ops('POST', `/api/alignments/${other.id}/moves`, { version: other.version, moves });
    expect((await world.publish(other.id)).status).toBe(202);

    await over();
    const ended = await coverOf(plan.id);
    expect(ended).toMatchObject({ state: 'ended', stayed: [expect.stringContaining(zip) as string] });
    const now = ownersOf(await world.live());
    expect(now.flatMap((id, k) => (id !== was[k] ? [k] : []))).toEqual([unit]);
    expect(now[unit]).toBe(second.id);
  });

  test('that was a part of its accounts comes back as well; taken back in part, the rest of it comes back', async () => {
    const before = await placed();
    const { plan, takers } = await planned();
    const moved = Object.keys(await world.movedBy(plan.id)).slice(0, 3);
    await world.publish(plan.id, world.ops, { accountIds: moved });
    await world.look();
    expect(await placed()).not.toEqual(before);
    expect((await coverOf(plan.id)).reason).toContain('some of its accounts only');
    await over();
    expect(await coverOf(plan.id)).toMatchObject({ state: 'ended', stayed: [] });
    expect(await placed()).toEqual(before);

    const whole = await planned();
    const { id } = (await world.publish(whole.plan.id)).json;
    await world.look();
    await world.ops('POST', `/api/publishes/${id}/take-back`, { territoryIds: [takers[0]!.id] });
    await world.service.house.sync.idle();
    expect(await placed()).not.toEqual(before);
    await over();
    expect((await coverOf(whole.plan.id)).state).toBe('ended');
    expect(await placed()).toEqual(before);
  });
});
