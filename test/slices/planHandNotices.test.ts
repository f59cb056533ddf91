import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlanWorld, type Plan, type Refusal } from '../kit/planLife.ts';

const world = new PlanWorld();
beforeAll(() => world.open());
afterAll(() => world.close());

interface Task {
  Id: string;
  OwnerId: string;
  Subject: string;
  Description: string;
}
const told = () =>
  world.house.query<Task & Record<string, string>>(
    `SELECT Id, OwnerId, Subject, Description FROM Task WHERE Subject LIKE '%your accounts%' ORDER BY Id`,
  );
/** Messages of a step, past those that were there before it. */
async function toldBy(work: () => Promise<unknown>): Promise<Task[]> {
  const before = new Set((await told()).map(({ Id }) => Id));
  await work();
  await world.look();
  return (await told()).filter(({ Id }) => !before.has(Id));
}
const both = () => [world.house.sample.planted.users.rep, world.house.sample.planted.users.neighborRep].sort();
const owners = (tasks: readonly Task[]) => tasks.map(({ OwnerId }) => OwnerId).sort();
const partOf = (plan: Plan, userId: string) => ({
  part: { territoryIds: [plan.territories[world.indexOf(plan, userId)]!.id], states: [] },
});

describe('a plan that is published by hand', () => {
  test('without an announcement is told to each rep afterwards, once, by whom, and again to nobody', async () => {
    const { users } = world.house.sample.planted;
    const plan = await world.draft('By hand');
    const tasks = await toldBy(() => world.publish(plan.id));
    expect(owners(tasks)).toEqual(both());
    const [person] = await world.house.query<{ Name: string }>(`SELECT Name FROM User WHERE Id = '${users.salesOps}'`);
    for (const { Subject, Description } of tasks) {
      expect(Subject).toContain('your accounts have changed with "By hand"');
      expect(Description).toContain('"By hand" has changed what you work');
      expect(Description).toContain(`${person!.Name} published it on`);
      expect(Description).toContain('Salesforce has it already');
      expect(Description).not.toContain('Nothing has changed');
      expect(Description).toMatch(/(get|hand over) \d+ accounts? (from|to) \w/);
    }
    const life = await world.life(plan.id);
    expect(life.notices.map(({ kind, state }) => [kind, state])).toEqual([['change', 'sent'], ['change', 'sent']]); // prettier-ignore
    expect(life.steps.filter(({ what }) => what === 'notified')).toHaveLength(2);

    // nothing is new: nobody's access is asked about again; after a restart the store knows who was told
    const { org } = world.service.house;
    const { access } = org;
    let asked = 0;
    Object.assign(org, { access: (...args: Parameters<typeof access>) => (asked++, access(...args)) });
    await world.look();
    Object.assign(org, { access });
    expect(asked).toBe(0);
    expect(await toldBy(() => world.restart())).toEqual([]);
  });

  test('after an announcement tells nobody again, as a whole or by parts', async () => {
    const { users } = world.house.sample.planted;
    for (const by of ['whole', 'part']) {
      const plan = await world.draft(`Announced ${by}`);
      await world.step(plan.id, 'submit');
      expect(owners(await toldBy(() => world.step(plan.id, 'announce')))).toEqual(both());
      const more = by === 'part' ? partOf(plan, users.rep) : {};
      expect([by, await toldBy(() => world.publish(plan.id, world.ops, more))]).toEqual([by, []]);
      await world.forward(2);
      expect(await toldBy(() => Promise.resolve())).toEqual([]);
    }
  });

  test('by a part is told, and so is the next part', async () => {
    const { users } = world.house.sample.planted;
    const plan = await world.draft('In two parts', { count: 12 });
    const third = plan.territories.find((each) => each!.repId !== null && !both().includes(each!.repId))!;
    const units = plan.owners.flatMap((owner, unit) => (plan.territories[owner]?.id === third.id ? [unit] : []));
    const to = plan.territories[world.indexOf(plan, users.neighborRep)]!.id;
    const { version } = await world.plan(plan.id);
    const moves = units.slice(0, 12).map((unit) => ({ unit: world.zips[unit]!, from: third.id, to }));
    await world.ops('POST', `/api/alignments/${plan.id}/moves`, { version, moves });
    const first = await toldBy(() => world.publish(plan.id, world.ops, partOf(plan, users.rep)));
    expect(owners(first)).toEqual(both());
    expect(first[0]!.Subject).toContain('"In two parts"');
    const part = { territoryIds: [third.id], states: [] };
    const next = await toldBy(() => world.publish(plan.id, world.ops, { part }));
    expect(owners(next)).toEqual([users.neighborRep, third.repId!].sort());
  });

  test('tells nobody where the team does not, where it was taken back, or where the live plan is written once more', async () => {
    await world.settings({ tellReps: false });
    const quiet = await world.draft('Quiet', { count: 12 });
    expect(await toldBy(() => world.publish(quiet.id))).toEqual([]);
    await world.settings({ tellReps: true });

    const back = await world.draft('There and back', { count: 12 });
    const tasks = await toldBy(async () => {
      const { id } = (await world.publish(back.id)).json;
      await world.ops('POST', `/api/publishes/${id}/take-back`);
      await world.service.house.sync.idle();
    });
    expect(tasks).toEqual([]);

    const live = await world.live();
    await world.emptyInOrg(live.territories[world.indexOf(live, world.house.sample.planted.users.rep)]!.id);
    const again = await toldBy(async () => expect((await world.publish(live.id)).status).toBe(202));
    expect(again).toEqual([]);
  });
});

describe('a single account', () => {
  test('reassigned from its page is told to both reps, and named only to whom may see it', async () => {
    const live = await world.live();
    const { users } = world.house.sample.planted;
    const [from, to] = [users.rep, users.neighborRep].map((id) => live.territories[world.indexOf(live, id)]!);
    const [account] = await world.house.query<{ Id: string; Name: string }>(
      `SELECT Id, Name FROM Account WHERE Id IN (SELECT ObjectId FROM ObjectTerritory2Association WHERE Territory2Id = '${from!.id}') AND OwnerId = '${users.rep}' ORDER BY Id LIMIT 1`,
    );
    const body = {
      teamId: world.teamId,
      version: live.version,
      to: to!.id,
      scope: 'account',
      reason: null,
      dryRun: false,
    };
    const tasks = await toldBy(async () => {
      const answer = await world.ops<Refusal>('POST', `/api/accounts/${account!.Id}/reassign`, body);
      expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
      await world.service.house.sync.idle();
    });
    expect(owners(tasks)).toEqual(both());
    for (const { OwnerId, Subject, Description } of tasks) {
      const access = await world.service.house.org.access(OwnerId as never, [account!.Id as never]);
      const isSeen = access.get(account!.Id as never)?.read === true;
      expect([OwnerId, `${Subject} ${Description}`.includes(account!.Name)]).toEqual([OwnerId, isSeen]);
    }
    const loser = tasks.find(({ OwnerId }) => OwnerId === users.rep)!;
    expect(loser.Description).toContain(`You hand over 1 account to ${to!.name}`);
    expect(loser.Description).toContain('A reassignment has changed what you work');
  });
});
