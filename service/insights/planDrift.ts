import { BailiwickError } from '../core/errors.ts';
import { CAUSES, type Caused } from '../core/driftCauses.ts';
import { balanceView } from '../core/balanceView.ts';
import type { FieldDrift } from '../core/fieldState.ts';
import type { TeamId } from '../core/ids.ts';
import { change } from '../core/trend.ts';
import { unreachedSales } from '../core/waitingCost.ts';
import type { Store } from '../store/store.ts';
import { DEFAULT_TOLERANCE } from '../core/balance.ts';
import type { DriftAnswer, DriftSince } from './driftSchemas.ts';
import { hundredths, ratio } from './flags.ts';
import { createKept } from './kept.ts';
import { aligned, packed, unpacked } from './pictures.ts';
import { foundOf } from './planField.ts';
import type { InsightPlan, TeamInsightPorts } from './ports.ts';
import { addPicture, listPictures, pictureState, type PictureHead, type PicturePoint } from './store.ts';

export const DRIFT_MEASURES = ['workloadHours', 'potentialUsd'] as const;

/** Points of a trend that are answered: a year of weeks. */
const MOST_POINTS = 52;

/** What the live plan of a team was and is: pictures whenever something has changed, and what differs between two of them. */
export function createPlanDrift({ store, ports, now }: { store: Store; ports: TeamInsightPorts; now: () => Date }) {
  const compared = createKept<readonly FieldDrift[]>();
  const seen = new Map<string, string>();
  let last: Promise<unknown> = Promise.resolve();

  /** Takes a picture where something is other than in the last one. @returns all of the live plan; null without one */
  function look(teamId: TeamId): Promise<{ plan: InsightPlan; pictures: PictureHead[]; isNew: boolean } | null> {
    const turn = last.then(() => lookNow(teamId));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function lookNow(teamId: TeamId) {
    const plan = await ports.live(teamId);
    if (!plan) return null;
    const [market, accounts] = await Promise.all([ports.market(plan), ports.accountsRevision()]);
    const pictures = await listPictures(store, teamId, plan.id);
    const key = JSON.stringify([plan.id, plan.version, market.revision, accounts]);
    if (seen.get(teamId) === key && pictures.length > 0) return { plan, pictures, isNew: false };
    const { text, contentHash } = await packed(await ports.state(plan));
    const isNew = pictures.at(-1)?.contentHash !== contentHash;
    if (isNew) {
      const picture = { teamId, alignmentId: plan.id, planName: plan.name, at: now(), contentHash, state: text };
      pictures.push(await addPicture(store, { ...picture, points: await pointsOf(plan) }));
    }
    seen.set(teamId, key);
    return { plan, pictures, isNew };
  }

  async function pointsOf(plan: InsightPlan): Promise<PicturePoint[]> {
    const { seats, sums } = foundOf(plan, await ports.market(plan));
    const none = seats.map(() => 0);
    const rows = balanceView(sums, { seats, varianceUsd2: none, unplacedShare: 0, quotas: seats.map(() => null) });
    return rows.map(({ workloadHours, potentialUsd, ofTarget }, j) => ({
      id: plan.territories[j]!.id,
      name: plan.territories[j]!.name,
      workloadHours: hundredths(workloadHours),
      potentialUsd: hundredths(potentialUsd),
      workloadOfTarget: ratio(ofTarget.workloadHours ?? 0),
      potentialOfTarget: ratio(ofTarget.potentialUsd ?? 0),
    }));
  }

  /** @throws BailiwickError not_ready for a team without a live plan */
  async function show(teamId: TeamId, since: DriftSince, ranges: Ranges = DEFAULT_RANGES): Promise<DriftAnswer> {
    const looked = await look(teamId);
    if (!looked)
      throw new BailiwickError('not_ready', 'This team has no live plan yet.', { action: 'Publish a plan first.' });
    const { plan, pictures } = looked;
    const after = pictures.at(-1)!;
    const before = since === 'live' ? pictures[0]! : (pictures.at(-2) ?? after);
    const { territories, drifts } = await between(before, after);
    const rows = drifts.flatMap(({ ofTarget }, m) =>
      ofTarget.map((caused, j) => rowOf(caused, { ...territories[j]!, measure: DRIFT_MEASURES[m]!, ranges })),
    );
    return {
      planName: plan.name,
      since: before.id === after.id ? null : before.at.toISOString(),
      now: after.at.toISOString(),
      nation: drifts.map(({ nation }, m) => ({
        measure: DRIFT_MEASURES[m]!,
        ...rounded(nation, hundredths),
        change: change(nation.after, nation.before),
      })),
      territories: rows,
      waitingUsd: await waiting(plan, new Set(rows.flatMap(({ id, hasLeft }) => (hasLeft ? [id] : [])))),
      trend: pictures.slice(-MOST_POINTS).map(({ at, points }) => ({
        at: at.toISOString(),
        points: points.map(({ name: _, ...point }) => point),
      })),
    };
  }

  /** What differs between two pictures, and why; with one picture alone nothing does. */
  async function between(before: PictureHead, after: PictureHead) {
    if (before.id === after.id) {
      const territories = after.points.map(({ id, name }) => ({ id, name }));
      return { territories, drifts: DRIFT_MEASURES.map((measure) => unchanged(after.points, measure)) };
    }
    const [was, is] = await Promise.all([stateOf(before), stateOf(after)]);
    const both = aligned(was, is);
    const ground = { geography: ports.geography, territories: both.territories };
    const drifts = await compared.of(`${before.id} ${after.id}`, () =>
      ports.inThread<FieldDrift[]>({ kind: 'drift', states: both.states, ground, measures: DRIFT_MEASURES }),
    );
    return { territories: both.territories.map((id, j) => ({ id, name: both.names[j]! })), drifts };
  }

  async function stateOf({ id }: PictureHead) {
    const text = await pictureState(store, id);
    if (text !== null) return unpacked(text);
    throw new BailiwickError('not_found', 'What the plan was made of then is no longer at hand.', {
      action: 'Compare with the plan as it went live.',
    });
  }

  /** What those above their hours do not reach, of the territories that left their range. */
  async function waiting(plan: InsightPlan, left: ReadonlySet<string>) {
    const found = foundOf(plan, await ports.market(plan));
    const over = plan.territories.flatMap(({ id }, j) => (left.has(id) ? [j] : []));
    const { low, high } = unreachedSales(over, found);
    return { low: hundredths(low), high: hundredths(high) };
  }

  return { look, show, idle: () => last };
}

export type PlanDrift = ReturnType<typeof createPlanDrift>;

export type Ranges = Readonly<Record<(typeof DRIFT_MEASURES)[number], number>>;
const DEFAULT_RANGES: Ranges = DEFAULT_TOLERANCE;

function rowOf(
  caused: Caused,
  { id, name, measure, ranges }: { id: string; name: string; measure: keyof Ranges; ranges: Ranges },
) {
  const isInside = (share: number) => Math.abs(share - 1) <= ranges[measure];
  const hasLeft = isInside(caused.before) && !isInside(caused.after);
  return { id, name, measure, ...rounded(caused, ratio), hasLeft };
}

function rounded({ before, after, parts }: Caused, to: (value: number) => number) {
  const [demand, accounts, reps, parameters] = CAUSES.map((cause) => to(parts[cause])) as [
    number,
    number,
    number,
    number,
  ];
  return { before: to(before), after: to(after), parts: { demand, accounts, reps, parameters } };
}

function unchanged(points: readonly PicturePoint[], measure: (typeof DRIFT_MEASURES)[number]): FieldDrift {
  const parts = { demand: 0, accounts: 0, reps: 0, parameters: 0 };
  const still = (value: number): Caused => ({ before: value, after: value, parts });
  const share = measure === 'workloadHours' ? 'workloadOfTarget' : 'potentialOfTarget';
  return {
    ofTarget: points.map((point) => still(point[share])),
    nation: still(points.reduce((sum, point) => sum + point[measure], 0)),
  };
}
