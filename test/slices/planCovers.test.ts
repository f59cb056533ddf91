import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlanWorld, type Cover, type Refusal } from '../kit/planLife.ts';

const world = new PlanWorld();
beforeAll(() => world.open());
afterAll(() => world.close());

interface Split {
  takers: { name: string; accounts: number; utilizationAfter: number }[];
  stays: { zips: number; accounts: number };
}
type Row = { id: string; name: string; utilization: number };
const rowsOf = async (id: string) =>
  (await world.ops<{ territories: Row[] }>('GET', `/api/alignments/${id}/totals`)).json.territories;

/** Every row that the org holds of the team's territories, past the service. */
const placed = async () => {
  const rows = await world.house.query<{ ObjectId: string; Territory2Id: string }>(
    'SELECT ObjectId, Territory2Id FROM ObjectTerritory2Association ORDER BY ObjectId, Territory2Id',
  );
  return new Map(rows.map((row) => [`${row.ObjectId} ${row.Territory2Id}`, row.Territory2Id]));
};
const differences = (a: Map<string, string>, b: Map<string, string>) =>
  [...a.keys()].filter((key) => !b.has(key)).concat([...b.keys()].filter((key) => !a.has(key)));

/** A rep in the manager's branch, with some of her neighbours free to take over. */
async function absent() {
  const live = await world.live();
  return live.territories[world.indexOf(live, world.house.sample.planted.users.rep)]!;
}

async function covered(name: string, days: number): Promise<Cover & { split: Split }> {
  const territory = await absent();
  const body = { territoryId: territory.id, fromOn: world.day(1), backOn: world.day(1 + days) };
  const made = await world.manager<Cover & Refusal>('POST', `/api/teams/${world.teamId}/covers`, body);
  expect([name, made.status]).toEqual([name, 201]);
  const { alignmentId, proposalId } = made.json;
  await world.computed(proposalId);
  const taken = await world.manager<Split>('POST', `/api/covers/${made.json.id}/take`);
  expect([name, taken.status, taken.text.slice(0, 200)]).toEqual([name, 200, expect.any(String)]);
  for (const step of ['submit', 'announce', 'approve']) await world.step(alignmentId, step, { by: world.manager });
  expect((await world.schedule(alignmentId, world.day(1))).status).toBe(200);
  return { ...made.json, split: taken.json };
}

describe('a leave cover', () => {
  test('splits the territory, nobody beyond 115 %; only these territories are published; it returns by itself after a restart', async () => {
    const territory = await absent();
    const [before, live] = [await placed(), await world.live()];
    const cover = await covered('Twelve weeks', 84);
    const rows = await rowsOf(cover.alignmentId);
    const was = new Map((await rowsOf(live.id)).map((row) => [row.id, row]));
    const takers = rows.filter(({ id, utilization }) => utilization > was.get(id)!.utilization + 1e-6);
    expect(takers.length).toBeGreaterThan(0);
    for (const { name, utilization } of takers) expect([name, utilization <= 1.15]).toEqual([name, true]);
    expect(cover.split.takers.map(({ name }) => name).sort()).toEqual(takers.map(({ name }) => name).sort());
    // more than her neighbours can do: the rest stays with her, and is said so
    const { stays } = cover.split;
    expect(stays.zips).toBeGreaterThan(0);

    world.forward(1);
    await world.look();
    const begun = await world.life(cover.alignmentId);
    expect(begun).toMatchObject({ state: 'archived', cover: { state: 'covering' } });
    const during = await placed();
    const touched = new Set([territory.id, ...takers.map(({ id }) => id)]);
    const moved = differences(before, during);
    expect(moved.length).toBeGreaterThan(10);
    expect(moved.map((key) => key.split(' ')[1]!).filter((id) => !touched.has(id))).toEqual([]);
    expect([...during.values()].filter((id) => id === territory.id)).toHaveLength(stays.accounts);

    world.forward(83);
    await world.look();
    expect((await world.life(cover.alignmentId)).cover?.state).toBe('covering');
    await world.restart();
    world.forward(1);
    await world.look();
    await world.look();
    const ended = await world.life(cover.alignmentId);
    expect(ended.cover).toMatchObject({ state: 'ended', stayed: [] });
    expect(differences(before, await placed())).toEqual([]);
    expect((await world.live()).id).toBe(live.id);
    expect(ended.steps.map(({ what }) => what)).toEqual(expect.arrayContaining(['coverPlanned', 'approved', 'scheduled', 'coverBegan', 'coverEnded'])); // prettier-ignore
  });

  test('what others changed and published meanwhile stays, and is told', async () => {
    const territory = await absent();
    const live = await world.live();
    const cover = await covered('Meanwhile', 30);
    world.forward(1);
    await world.look();
    expect((await world.life(cover.alignmentId)).cover?.state).toBe('covering');
    // one of the ZIPs that were covered goes on to somebody else for good, and something else changes hands too
    const during = await world.live();
    const unit = live.owners.findIndex((owner) => live.territories[owner]?.id === territory.id && owner >= 0);
    const holder = during.territories[during.owners[unit]!]!;
    const other = during.territories.find((each) => each!.id !== holder.id && each!.id !== territory.id)!;
    const draft = (await world.ops<{ id: string; version: number }>('POST', '/api/alignments', { teamId: world.teamId, name: 'For good', from: during.id })).json; // prettier-ignore
    const zip = world.zips[unit]!;
    await world.ops('POST', `/api/alignments/${draft.id}/moves`, { version: draft.version, moves: [{ unit: zip, from: holder.id, to: other.id }] }); // prettier-ignore
    expect((await world.publish(draft.id)).status).toBe(202);

    world.forward(30);
    await world.look();
    await world.look();
    const { cover: ended } = await world.life(cover.alignmentId);
    expect(ended).toMatchObject({ state: 'ended', stayed: [expect.stringContaining(zip) as string] });
    const after = await world.live();
    const ownersOf = (plan: typeof after) => plan.owners.map((owner) => plan.territories[owner]?.id ?? null);
    const [then, now] = [ownersOf(live), ownersOf(after)];
    expect(now[unit]).toBe(other.id);
    expect(now.flatMap((id, k) => (id !== then[k] ? [k] : []))).toEqual([unit]);
    const rows = await world.house.query(`SELECT Id FROM ObjectTerritory2Association WHERE Territory2Id = '${territory.id}'`); // prettier-ignore
    expect(rows.length).toBeGreaterThan(0);
  });

  test('that somebody publishes by hand ends by itself too; an end that Salesforce refuses is told and tried again', async () => {
    const live = await world.live();
    const before = await placed();
    const tier = live.territories.find((each) => each!.name === 'Southern Tier')!;
    const body = { territoryId: tier.id, fromOn: world.day(1), backOn: world.day(9) };
    const made = (await world.ops<Cover>('POST', `/api/teams/${world.teamId}/covers`, body)).json;
    await world.computed(made.proposalId);
    await world.ops('POST', `/api/covers/${made.id}/take`);
    expect((await world.publish(made.alignmentId)).status).toBe(202);
    await world.look();
    expect((await world.life(made.alignmentId)).cover).toMatchObject({ state: 'covering' });
    expect(differences(before, await placed()).length).toBeGreaterThan(0);

    world.forward(9);
    const { org } = world.service.house;
    const { createAssociations } = org;
    const refused = {
      ok: false as const,
      code: 'LOCKED',
      message: 'Somebody else holds the row.',
      action: 'Try again.',
    };
    Object.assign(org, { createAssociations: (rows: unknown[]) => Promise.resolve(rows.map(() => refused)) });
    await world.look();
    Object.assign(org, { createAssociations });
    const failed = (await world.life(made.alignmentId)).cover;
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringContaining('refused') as string });
    await world.look();
    const told = await world.house.query("SELECT Id FROM Task WHERE Subject LIKE '%did not end%'");
    expect(told.length).toBeGreaterThan(0);
    const again = await world.ops<Refusal>('POST', `/api/covers/${made.id}/try-again`);
    expect([again.status, again.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
    await world.look();
    expect((await world.life(made.alignmentId)).cover).toMatchObject({ state: 'ended' });
    expect(differences(before, await placed())).toEqual([]);
  });

  test('is refused beyond the branch, backwards and for the past', async () => {
    const territory = await absent();
    const url = `/api/teams/${world.teamId}/covers`;
    const ask = (by: typeof world.ops, change: object) =>
      by<Refusal>('POST', url, { territoryId: territory.id, fromOn: world.day(1), backOn: world.day(9), ...change });
    const live = await world.live();
    const { users } = world.house.sample.planted;
    const [other] = await world.house.query<{ Id: string }>(
      `SELECT Id FROM User WHERE Title LIKE 'Regional Manager%' AND Id != '${users.manager}' ORDER BY Id`,
    );
    expect((await ask(world.house.api(other!.Id), {})).status).toBe(403);
    expect((await ask(world.manager, { backOn: world.day(1) })).status).toBe(400);
    expect((await ask(world.manager, { fromOn: '2020-01-01', backOn: '2020-02-01' })).status).toBe(400);
    expect((await ask(world.manager, { territoryId: live.territories[0]!.id.replace(/.$/, 'Z') })).status).toBe(404);
    expect((await world.ops<{ covers: unknown[] }>('GET', url)).json.covers).toHaveLength(3);
  });
});
