import { createHash } from 'node:crypto';
import { DEFAULT_TOLERANCE } from '../core/balance.ts';
import { BailiwickError } from '../core/errors.ts';
import { AUDIT_EFFORT, mapFigures, type BestPlan, type Ranges } from '../core/mapAudit.ts';
import { bordering, DEFAULT_SIZE_LIMITS, sizeVerdicts } from '../core/sizing.ts';
import type { TravelReport } from '../core/travelCheck.ts';
import { todaysMap } from '../core/todaysMap.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Audit } from './answers.ts';
import { createKept } from './kept.ts';
import { foundOf } from './planField.ts';
import type { InsightMarket, InsightPlan, TeamInsightPorts } from './ports.ts';
import { whiteSpaceQuery, type AuditBody } from './schemas.ts';
import type { WhiteSpaceView } from './whiteSpaceView.ts';

const SEED = 1;
/** Pockets that one page names. */
const POCKETS = 3;
export const AUDIT_RANGES: Ranges = (['workloadHours', 'potentialUsd'] as const).map((measure) => ({
  measure,
  tolerance: DEFAULT_TOLERANCE[measure],
}));

/** How fair today's map is, what it leaves uncovered, and what a good plan with the same seats would gain. */
export function createAudit(ports: TeamInsightPorts, { space, now }: { space: WhiteSpaceView; now: () => Date }) {
  const kept = createKept<Audit>();
  const { geography } = ports;

  /** Says how far it is until it is there; asked again with the same body it goes on. */
  async function ask(user: RequestUser, id: string, body: AuditBody) {
    const plan = await basisOf(await ports.plan(user, id), body);
    const [market, accounts] = await Promise.all([ports.market(plan), ports.accountsRevision()]);
    const rests = JSON.stringify([id, plan.version, body, market.revision, accounts, market.callPlan, market.travel]);
    const key = createHash('sha256').update(rests).digest('hex').slice(0, 32);
    const asked = kept.ask(`${id} ${key}`, (seen) => compute({ plan, market, key, basis: body.basis }, seen));
    return asked.state === 'done'
      ? { state: asked.state, share: 1, audit: asked.answer }
      : { state: asked.state, share: asked.share, audit: null };
  }

  /** The plan itself, or its territories over the map that the owners of accounts make; a ZIP sheet becomes a draft first. */
  async function basisOf(plan: InsightPlan, { basis }: AuditBody): Promise<InsightPlan> {
    if (basis === 'plan') return plan;
    return { ...plan, owners: await fromOwners(plan), overrides: [] };
  }

  /** Each account with the territory whose rep owns it in the CRM; a ZIP follows most of its accounts. */
  async function fromOwners({ territories }: InsightPlan): Promise<number[]> {
    const repAt = new Map(
      territories.flatMap(({ repId }, j) => (repId === null ? [] : [[repId as string, j] as const])),
    );
    const accounts = (await ports.accounts()).map(({ unit, ownerId }) => ({
      unit,
      territory: repAt.get(ownerId) ?? -1,
    }));
    return todaysMap(accounts, geography.neighbors);
  }

  interface Job {
    readonly plan: InsightPlan;
    readonly market: InsightMarket;
    readonly key: string;
    readonly basis: AuditBody['basis'];
  }

  async function compute({ plan, market, key, basis }: Job, seen: (share: number) => void): Promise<Audit> {
    const found = foundOf(plan, market);
    const pockets = space.present(await space.of({ ...plan, id: `${plan.id}:${key}` }, whiteSpaceQuery.parse({})));
    const free = plan.owners.flatMap((owner, unit) =>
      owner < 0 && found.inputs.potentialUsd[unit]! > 0 ? [unit] : [],
    );
    const { best, impossible } = await bestOf({ plan, market }, seen);
    const around = bordering(plan.owners, geography.neighbors, plan.territories.length);
    const seated = found.sums.map(({ workloadHours }, j) => ({ ...found.seats[j]!, workloadHours }));
    const name = (j: number) => plan.territories[j]!.name;
    return {
      key,
      basis,
      planName: plan.name,
      at: now().toISOString(),
      source: market.source,
      today: mapFigures(found, AUDIT_RANGES),
      withoutOwner: {
        units: free.length,
        potentialUsd: free.reduce((sum, unit) => sum + found.inputs.potentialUsd[unit]!, 0),
      },
      demandUsd: pockets.demandUsd,
      uncoveredUsd: pockets.uncoveredUsd,
      pockets: pockets.pockets.slice(0, POCKETS),
      furtherPockets: Math.max(0, pockets.pockets.length - POCKETS),
      merges: sizeVerdicts(seated, around, DEFAULT_SIZE_LIMITS).flatMap(({ mergeWith, capacityShare }, j) =>
        mergeWith !== null && mergeWith > j ? [{ a: name(j), b: name(mergeWith), share: capacityShare }] : [],
      ),
      best: best && gainOf(best, plan),
      impossible,
      travel: await travelOf(plan),
    };
  }

  async function bestOf({ plan, market }: Pick<Job, 'plan' | 'market'>, seen: (share: number) => void) {
    const found = foundOf(plan, market);
    const ground = {
      ...{ geography, owners: plan.owners, ranges: AUDIT_RANGES, travel: market.travel, overrides: plan.overrides },
      territories: plan.territories.map(({ name }) => name),
    };
    try {
      const options = { seed: SEED, effort: AUDIT_EFFORT };
      return {
        best: await ports.inThread<BestPlan>({ kind: 'bestPlan', found, ground, options }, seen),
        impossible: null,
      };
    } catch (error) {
      if (!(error instanceof BailiwickError)) throw error;
      return { best: null, impossible: error.message };
    }
  }

  async function travelOf(plan: InsightPlan) {
    const { state, territories } = await ports.state(plan);
    const { ids, lat, lon, areaKm2 } = geography;
    const ground = { geography: { ids, lat, lon, areaKm2 }, territories };
    const { checked, median, p90 } = await ports.inThread<TravelReport>({ kind: 'travel', state, ground });
    return { checked: checked.length, territories: territories.length, median, p90 };
  }

  /** @throws BailiwickError not_found for one that nobody asked for since the service started */
  function known(id: string, key: string): Audit {
    const audit = kept.find(`${id} ${key}`);
    if (audit) return audit;
    throw new BailiwickError('not_found', 'This audit is no longer at hand.', { action: 'Ask for it again.' });
  }

  return { ask, known };
}

export type AuditView = ReturnType<typeof createAudit>;

/** What a good plan would change, without the plan itself: a proposal makes one to keep. */
function gainOf({ owners, ...gain }: BestPlan, plan: InsightPlan) {
  return { ...gain, zips: owners.filter((owner, unit) => owner !== plan.owners[unit]).length };
}
