import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_TRAVEL } from '../../service/core/travel.ts';
import { PlanWorld, type Plan, type Refusal } from '../kit/planLife.ts';

const world = new PlanWorld();
/** Approved, and computed for before it was. */
let held: Plan;
let proposal: string;
let parameters: unknown;

beforeAll(async () => {
  await world.open();
  held = await world.draft('Held');
  const asked = {
    alignmentId: held.id,
    version: held.version,
    preset: 'fewestChanges',
    task: { kind: 'repair', moves: 1 },
  };
  proposal = (await world.ops<{ id: string }>('POST', '/api/proposals', asked)).json.id;
  await world.computed(proposal);
  parameters = (await world.ops<{ parameters: unknown }>('GET', `/api/insights/${held.id}/parameters`)).json.parameters;
  for (const step of ['submit', 'announce', 'approve']) await world.step(held.id, step);
});
afterAll(() => world.close());

/** Everything that the plan is, and everything that was ever done to it. */
async function contents(id: string) {
  const [plan, edits] = [await world.plan(id), await world.ops('GET', `/api/alignments/${id}/edits`)];
  return JSON.stringify([plan, edits.json]);
}

/** What each route is asked about the plan that is held; an audit only reads, alert rules are the team's. */
function bodies(
  plan: Plan,
): Record<string, { url: string; body: unknown } | 'knows no plan' | 'leads it through its life'> {
  const [first, second] = plan.territories;
  const of = (path: string, body: unknown) => ({ url: `/api/alignments/${plan.id}${path}`, body });
  const at = { version: plan.version };
  return {
    'POST /api/alignments': { url: '/api/alignments', body: { teamId: world.teamId, name: 'Clone', from: plan.id } },
    'POST /api/alignments/import': 'knows no plan',
    'POST /api/alignments/{id}/moves': of('/moves', { ...at, moves: world.movesOf(plan, 1) }),
    'POST /api/alignments/{id}/locks': of('/locks', { ...at, lockedUnits: [world.zips[0]], lockedTerritories: [] }),
    'POST /api/alignments/{id}/territories': of('/territories', {
      ...at,
      changes: [
        { id: first!.id, name: { from: first!.name, to: 'Another name' } },
        { id: second!.id, targetShare: { from: 1, to: 0.7 }, repId: { from: second!.repId, to: null } },
      ],
    }),
    'POST /api/proposals': {
      url: '/api/proposals',
      body: { alignmentId: plan.id, ...at, preset: 'balanced', task: { kind: 'addRep' } },
    },
    'POST /api/proposals/{id}/accept': { url: `/api/proposals/${proposal}/accept`, body: at },
    'POST /api/proposals/{id}/cancel': { url: `/api/proposals/${proposal}/cancel`, body: {} },
    'POST /api/proposals/{id}/draft': { url: `/api/proposals/${proposal}/draft`, body: { name: 'Its own', plan: 0 } },
    'PUT /api/insights/{id}/parameters': { url: `/api/insights/${plan.id}/parameters`, body: { ...at, parameters } },
    'POST /api/insights/{id}/parameters/preview': {
      url: `/api/insights/${plan.id}/parameters/preview`,
      body: { parameters },
    },
    'POST /api/insights/{id}/audit': 'knows no plan',
    'PUT /api/insights/{id}/alerts': 'knows no plan',
    'POST /api/insights/{id}/parameters/roads': {
      url: `/api/insights/${plan.id}/parameters/roads`,
      body: { travel: DEFAULT_TRAVEL },
    },
    'POST /api/publishes/preview': { url: '/api/publishes/preview', body: { alignmentId: plan.id, ...at } },
    'POST /api/publishes/preview.csv': { url: '/api/publishes/preview.csv', body: { alignmentId: plan.id, ...at } },
    'POST /api/publishes': { url: '/api/publishes', body: { alignmentId: plan.id, ...at, previewHash: 'none' } },
    'POST /api/alignments/{id}/steps': 'leads it through its life',
    'POST /api/alignments/{id}/schedule': 'leads it through its life',
    'POST /api/alignments/{id}/unschedule': 'leads it through its life',
    'POST /api/alignments/{id}/try-again': of('/try-again', {}),
  };
}

/** Routes whose address or body names no plan: they work on files, records, claims, the live plan or settings. */
const APART = /^\w+ \/api\/(imports?|intake|uploads?|import-jobs|claims|markets?|registry|corrections|geography|setup|field-mapping|mapping|sync-runs|teams|feedback|covers|publishes\/.id.|accounts|demand|match\w*|population|laboratories|specialt\w+)(\/|$)/; // prettier-ignore

describe('a plan that is held', () => {
  test('no route changes it: every one that writes was tried or knows no plan', async () => {
    const { json } = await world.house.withHeader(null)<{ paths: Record<string, Record<string, unknown>> }>('GET', '/api/openapi.json'); // prettier-ignore
    const writes = Object.entries(json.paths).flatMap(([path, methods]) =>
      Object.keys(methods).flatMap((method) => (method === 'get' ? [] : [`${method.toUpperCase()} ${path}`])),
    );
    for (const stage of ['approved', 'scheduled']) {
      if (stage === 'scheduled') await world.schedule(held.id, world.day(30));
      held = await world.plan(held.id);
      expect(held.stage).toBe(stage);
      const before = await contents(held.id);
      const known = bodies(held);
      expect(writes.filter((write) => !(write in known) && !APART.test(write))).toEqual([]);
      let refused = 0;
      for (const write of writes) {
        const asked = known[write];
        if (typeof asked !== 'object') continue;
        const { status, text } = await world.ops(write.split(' ')[0]!, asked.url, asked.body);
        if (status === 409) refused++;
        expect([write, status < 500, text.includes('nternal')]).toEqual([write, true, false]);
        expect([write, await contents(held.id)]).toEqual([write, before]);
      }
      // moves, locks, territories, parameters, a computation, a computed plan, a stale preview, a try that nothing waits for
      expect(refused).toBe(8);
    }
    await world.ops('POST', `/api/alignments/${held.id}/unschedule`, {});
    expect((await world.life(held.id)).stage).toBe('approved');
  });

  test('accepted feedback does not change it either: it is open again, and says why', async () => {
    const { users } = world.house.sample.planted;
    const live = await world.live();
    const to = live.territories[world.indexOf(live, users.neighborRep)]!.id;
    const { json } = await world.rep<{ territories: { topAccounts: { id: string }[] }[] }>('GET', `/api/users/${users.rep}/territory`); // prettier-ignore
    const accountId = json.territories[0]!.topAccounts[0]!.id;
    const body = {
      accountId,
      teamId: world.teamId,
      toTerritoryId: to,
      reason: 'distance',
      text: 'It is too far from me.',
    };
    const said = await world.rep<{ id: string }>('POST', '/api/feedback', body);
    expect(said.status).toBe(201);
    const before = await contents(held.id);
    const about = `/api/feedback/${said.json.id}/decision`;
    const accepted = await world.ops<Refusal>('POST', about, { verdict: 'accepted', draftId: held.id });
    expect(accepted.status < 300 || accepted.status === 409).toBe(true);
    expect(await contents(held.id)).toBe(before);
    const { feedback } = (await world.rep<{ feedback: { id: string; state: string }[] }>('GET', '/api/feedback')).json;
    expect(feedback.find(({ id }) => id === said.json.id)).toMatchObject({ state: 'open' });
    // where no draft is named it goes into one that can be changed
    expect((await world.ops('POST', about, { verdict: 'accepted' })).status).toBe(200);
    expect(await contents(held.id)).toBe(before);
  });

  test('says what to do', async () => {
    const { status, json } = await world.move(await world.plan(held.id));
    expect([status, json.error.code]).toEqual([409, 'conflict']);
    expect(json.error.message).toContain('is approved');
    expect(json.error.action).toContain('Take the approval back');
  });
});

describe('where only approved plans are published', () => {
  test('a draft is refused, by hand and with a part of it, and nothing is left over', async () => {
    await world.settings({ approvalRequired: true });
    const draft = await world.draft('Not approved');
    const plans = async () =>
      (await world.ops<{ alignments: Plan[] }>('GET', `/api/alignments?team=${world.teamId}`)).json.alignments
        .filter(({ state }) => state !== 'archived')
        .map(({ id }) => id)
        .sort();
    const before = await plans();
    const whole = await world.publish(draft.id);
    expect([whole.status, whole.json.error.message]).toEqual([409, expect.stringContaining('only approved plans')]);
    const part = { territoryIds: [draft.territories[0]!.id], states: [] };
    const request = { alignmentId: draft.id, version: draft.version, part };
    const { previewHash } = (await world.ops<{ previewHash: string }>('POST', '/api/publishes/preview', request)).json;
    const some = await world.ops<Refusal>('POST', '/api/publishes', { ...request, previewHash });
    expect([some.status, some.json.error.code]).toEqual([409, 'conflict']);
    expect(await plans()).toEqual(before);
    expect((await world.schedule(draft.id, world.day(1))).status).toBe(409);
  });

  test('a reassignment from an account page stays possible, unless the team forbids that too', async () => {
    const { users } = world.house.sample.planted;
    const live = await world.live();
    const [, to] = [
      live.territories[world.indexOf(live, users.rep)]!,
      live.territories[world.indexOf(live, users.neighborRep)]!,
    ];
    const { json } = await world.rep<{ territories: { topAccounts: { id: string }[] }[] }>('GET', `/api/users/${users.rep}/territory`); // prettier-ignore
    const [first, second] = json.territories[0]!.topAccounts;
    const give = async (accountId: string) => {
      const { version } = await world.live();
      const body = { teamId: world.teamId, version, to: to.id, scope: 'account', dryRun: false };
      return world.ops<Refusal>('POST', `/api/accounts/${accountId}/reassign`, body);
    };
    const free = await give(first!.id);
    expect([free.status, free.text.slice(0, 80)]).toEqual([expect.any(Number), expect.any(String)]);
    expect(free.status).toBeLessThan(300);
    await world.service.house.sync.idle();
    await world.settings({ smallChangesAreFree: false });
    const refused = await give(second!.id);
    expect([refused.status, refused.json.error.message]).toEqual([409, expect.stringContaining('only approved plans')]);
    await world.settings({ smallChangesAreFree: true });
  });

  test('the approved plan is published, and the live one again and again', async () => {
    const { id } = held;
    // another plan went live meanwhile: what was approved is still what stands there
    expect((await world.publish(id)).status).toBe(202);
    expect((await world.plan(id)).state).toBe('live');
    expect((await world.publish(id)).status).toBe(202);
    const steps = (await world.life(id)).steps.map(({ what }) => what);
    expect(steps.at(-1)).toBe('wentLive');
    await world.settings({ approvalRequired: false });
  });
});

describe('a rep', () => {
  const routes = ['', '/inputs', '/totals', '/findings', '/limits', '/edits', '/versions', '/plan.txt', '/zips.csv', '/territories.geojson', '/life', '/reps', '/accounts?unit=02110']; // prettier-ignore

  test('knows nothing of a plan before it is announced, and of an announced one only what concerns her', async () => {
    const plan = await world.draft('Quiet plan');
    const [third] = await world.house.query<{ Id: string }>(
      `SELECT Id FROM User WHERE Title LIKE '%Rep%' AND Id NOT IN ('${world.house.sample.planted.users.rep}', '${world.house.sample.planted.users.neighborRep}') AND IsActive = true ORDER BY Id`,
    );
    const other = world.house.api(third!.Id);
    const listed = async (ask: typeof other) =>
      (await ask<{ alignments: Plan[] }>('GET', '/api/alignments')).json.alignments.some(({ id }) => id === plan.id);
    const isHidden = async (ask: typeof other) => {
      expect(await listed(ask)).toBe(false);
      for (const route of routes) {
        const { status, text } = await ask('GET', `/api/alignments/${plan.id}${route}`);
        expect([route, status === 404 || status === 403, text.includes('Quiet')]).toEqual([route, true, false]);
      }
    };
    for (const step of ['submit', 'announce', 'approve']) {
      if (step !== 'approve') await isHidden(other);
      if (step !== 'approve' && (await world.plan(plan.id)).stage !== 'announced') await isHidden(world.rep);
      await world.step(plan.id, step);
    }
    // approved: those whose territories change see them, as they will be
    await isHidden(other);
    expect([await listed(world.rep), await listed(world.neighbor)]).toEqual([true, true]);
    const seen = (await world.rep<Plan>('GET', `/api/alignments/${plan.id}`)).json;
    const shown = seen.territories.filter((each) => each !== null);
    expect(shown.map((each) => each.repId)).toEqual([world.house.sample.planted.users.rep]);
    expect(seen.owners.filter((owner) => owner >= 0 && seen.territories[owner] === null)).toEqual([]);
    for (const route of ['/life', '/edits', '/plan.txt'])
      expect((await world.rep('GET', `/api/alignments/${plan.id}${route}`)).status).toBe(403);
    await world.step(plan.id, 'revoke', { note: 'Only a test.' });
    await world.step(plan.id, 'return', { note: 'Only a test.' });
    await isHidden(world.rep);
  });
});
