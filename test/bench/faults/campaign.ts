import { sql } from 'drizzle-orm';
import { Connection } from 'jsforce';
import type { LocalOrg } from '../../../service/local/org/org.ts';
import type { Store } from '../../../service/store/store.ts';
import { rowsOf } from './rowsOf.ts';
import type { Sync } from '../../../service/sync/sync.ts';
import { account, USER } from '../../kit/smallOrg.ts';
import { DRAFT, freshPlans, salesOps, TEAM, type FakePlans } from '../../kit/syncWorld.ts';
import { bookkeeping } from './bookkeeping.ts';
import { expected } from './expected.ts';
import { Mortal } from './mortal.ts';
import { differences, snapshot, type Snapshot } from './snapshot.ts';
import { orderRefusals, orderTrouble } from './trouble.ts';
import { openService, type Login } from './service.ts';
import { drawOf, drawPlan, PRIVATE_KEY, startWorld, territoryOf, type Draw, type Plan } from './world.ts';

export interface RunReport {
  readonly seed: number;
  readonly trouble: readonly string[];
  readonly deaths: number;
  /** How often the service was killed with -9, and how often it ended by itself because the org stayed in trouble. */
  readonly kills: number;
  readonly gaveUp: number;
  readonly wrong: readonly string[];
}

const MIN_ACCOUNTS = 12;
const MORE_ACCOUNTS = 40;
const LATEST_DEATH = 30;
const MAX_TRIES = 25;
const MOST_LIVES = 12;
/** Exit code of a service that ends by itself because the org stayed in trouble through all its tries. */
export const GAVE_UP = 75;

export interface World {
  readonly draw: Draw;
  readonly plan: Plan;
  readonly local: LocalOrg;
  store: Store;
  readonly plans: FakePlans;
  /** What the runs ask for; the same for every process of a run. */
  readonly request: { alignmentId: string; version: number } & Plan['options'];
  readonly attempt: Attempt;
  deaths: number;
  kills: number;
  gaveUp: number;
  /** What a process of its own left behind that no service may. */
  readonly broken: string[];
}

export type Job = 'publish' | 'takeBack';
/** Starts a job in a process that dies somewhere, as often as it likes. */
export type Attempt = (world: World, job: Job) => Promise<void>;

/** One seeded run: a publish and its taking back, with trouble of the org and deaths of the service in both. */
export async function runSeed(store: Store, seed: number, attempt: Attempt = dieInside): Promise<RunReport> {
  const draw = drawOf(seed);
  const plan = drawPlan(draw, MIN_ACCOUNTS + Math.floor(draw() * MORE_ACCOUNTS));
  const local = await startWorld(draw, plan);
  try {
    await store.db.execute(sql`truncate publish_row, bulk_job, publish, row_ledger, assignment_log`);
    const plans = freshPlans({ ...plan.before });
    const request = { alignmentId: DRAFT, version: 1, ...plan.options };
    const world: World = {
      draw,
      plan,
      local,
      store,
      plans,
      request,
      attempt,
      deaths: 0,
      kills: 0,
      gaveUp: 0,
      broken: [],
    };
    await (await service(world)).adopt(salesOps, TEAM);
    const before = await snapshot(local);
    plans.wishes = plan.wishes;
    await orderRefusals(local, plan);
    const trouble = await orderTrouble(local, draw);
    const wrong = await publishPart(world, before);
    if ((await kindsOf(world.store)).rows.length > 0) {
      const others = await othersChange(world);
      trouble.push(...(await orderTrouble(local, draw)));
      wrong.push(...(await takeBackPart(world, { before, others })));
    }
    const { deaths, kills, gaveUp, broken } = world;
    return { seed, trouble, deaths, kills, gaveUp, wrong: [...wrong, ...broken] };
  } finally {
    await local.close();
  }
}

function service({ local, store, plans, plan }: World, mortal?: Mortal): Promise<Sync> {
  return again(() => openService({ store, plans, login: loginOf(local), bulkFrom: plan.bulkFrom }, mortal));
}

export const loginOf = (local: LocalOrg): Login => ({
  url: local.url,
  username: local.integrationUser.username,
  privateKey: PRIVATE_KEY,
});

/** As a user would: once more while the org is in trouble. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let k = 1; ; k++) {
    try {
      return await work();
    } catch (error) {
      if (k >= MAX_TRIES) throw error;
    }
  }
}

/** Begins a job unless it has been begun. */
export async function begin(sync: Sync, { store, request }: Pick<World, 'store' | 'request'>, job: Job): Promise<void> {
  const { rows } = await kindsOf(store);
  if (rows.some(({ kind }) => kind === job)) return;
  if (job === 'takeBack') return void (await sync.takeBack(salesOps, rows[0]?.id ?? ''));
  const { previewHash } = await sync.preview(salesOps, request);
  await sync.publish(salesOps, { ...request, previewHash });
}

const kindsOf = async (store: Store) => ({
  rows: await rowsOf<{ id: string; kind: Job }>(store, sql`select id, kind from publish order by at desc`),
});

/** Dies inside this process: at any call, and again while resuming. */
const dieInside: Attempt = async (world, job) => {
  const { draw } = world;
  // a job that stalls outlives any number of short lives: somewhere dying has an end
  for (let life = 0; life < MOST_LIVES; life++) {
    const mortal = new Mortal(1 + Math.floor(draw() * LATEST_DEATH), draw() < 0.5 ? 'before' : 'after');
    const sync = await service(world, mortal);
    const work = life > 0 ? sync.resume() : again(() => begin(sync, world, job));
    await Promise.race([mortal.died, work.then(() => sync.idle())]);
    if (!mortal.isDead) return;
    world.deaths++;
  }
};

/** A job that dies on its way; then the org is well again, and a new process brings it to its end. */
async function survive(world: World, job: Job): Promise<void> {
  await world.attempt(world, job);
  world.local.faults.clear();
  // the client of this bench looks in by a token of its own, which trouble may have ended
  world.local.addToken('secret', world.local.integrationUser.id);
  await orderRefusals(world.local, world.plan);
  const healthy = await service(world);
  await healthy.resume();
  await healthy.idle();
  // where the process died before it had noted anything, the user asks once more
  await begin(healthy, world, job);
  await healthy.idle();
  for (let k = 0; k < 3; k++) {
    const [latest] = await healthy.list(salesOps, TEAM);
    if (!latest?.canGoOn) return;
    await healthy.goOn(salesOps, latest.id);
    await healthy.idle();
  }
}

async function publishPart(world: World, before: Snapshot): Promise<string[]> {
  const { plan, local, request } = world;
  await survive(world, 'publish');
  const ours = (line: string): boolean => isOurs(plan, line);
  const after = await snapshot(local);
  const wrong = differences(expected(before, plan, ours), after);
  wrong.push(...(await bookkeeping(world)));
  const repeat = await (await service(world)).preview(salesOps, request);
  const left = [...repeat.add, ...repeat.remove, ...repeat.owners].filter(
    ({ accountId }) => !isRefused(plan, accountId),
  );
  wrong.push(...left.map(({ accountName }) => `a repeat would write ${accountName} again`));
  return wrong.map((line) => `publish: ${line}`);
}

const isRefused = (plan: Plan, accountId: string): boolean => [...plan.refused].some((n) => account(n) === accountId);

function isOurs(plan: Plan, line: string): boolean {
  const [accountId, territoryId, cause] = line.split(' ');
  const n = Object.keys(plan.before).find((each) => account(Number(each)) === accountId);
  return cause === 'Territory2Manual' && territoryOf(plan.before[Number(n)]) === territoryId;
}

/** Somebody else gives accounts to the director meanwhile. */
async function othersChange({ draw, plan, local, store }: World): Promise<Set<string>> {
  const rows = await rowsOf<{ account_id: string }>(
    store,
    sql`select account_id from publish_row where action = 'setOwner' and outcome = 'written'`,
  );
  const changed = rows.map((row) => row.account_id).filter(() => draw() < 0.15);
  local.addToken('dora', USER.director);
  const conn = new Connection({ instanceUrl: local.url, accessToken: 'dora', version: '66.0' });
  for (const Id of changed)
    await conn
      .sobject('Account')
      .update({ Id, OwnerId: USER.director }, { headers: { 'Sforce-Auto-Assign': 'FALSE' } });
  return new Set(plan.size > 0 ? changed : []);
}

interface Former {
  readonly before: Snapshot;
  readonly others: ReadonlySet<string>;
}

async function takeBackPart(world: World, { before, others }: Former): Promise<string[]> {
  const { local } = world;
  await survive(world, 'takeBack');
  const { store } = world;
  const after = await snapshot(local);
  const known = (line: string): boolean => ![...others].some((id) => line.includes(id));
  const wrong = differences(before, after).filter(known);
  for (const id of others) if (after.owners.get(id) !== USER.director) wrong.push(`took ${id} from the director`);
  wrong.push(...(await bookkeeping(world)));
  const rows = await rowsOf<{ account_id: string }>(
    store,
    sql`select account_id from publish_row where code = 'changed_since'`,
  );
  const listed = new Set(rows.map((row) => row.account_id));
  wrong.push(...[...others].filter((id) => !listed.has(id)).map((id) => `${id} was changed since and is not listed`));
  return wrong.map((line) => `take back: ${line}`);
}
