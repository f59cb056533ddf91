import { proposalBody } from './alignments/proposalSchemas.ts';
import type { StoredAlignment } from './alignments/store.ts';
import { difference } from './core/alignment.ts';
import { coverWithin } from './core/coverWithin.ts';
import { BailiwickError } from './core/errors.ts';
import type { TeamId } from './core/ids.ts';
import { DEFAULT_SIZE_LIMITS } from './core/sizing.ts';
import type { LifeSideDeps } from './lifeSide.ts';
import type { CoverPlanPorts, CoverSplit } from './planning/covers.ts';

/** Share of her hours from which a rep is overloaded: nobody is filled beyond it. */
const FULL = DEFAULT_SIZE_LIMITS.overloaded;

/** Leave covers in the words of plans and computations. */
export function coverPlans(deps: LifeSideDeps): CoverPlanPorts {
  const { alignments, proposals, views, plans } = deps;
  const live = async (teamId: TeamId) => {
    const id = await plans.live(teamId);
    if (id !== null) return alignments.find(id);
    throw new BailiwickError('not_ready', 'This team has no live plan yet.', { action: 'Publish a plan first.' });
  };
  return {
    territory: async (teamId, id) => {
      const plan = await live(teamId);
      const found = plan.territories.find((each) => each.id === id);
      if (found) return { name: found.name, repName: found.repName, liveId: plan.id };
      throw new BailiwickError('not_found', 'The live plan has no such territory.', {
        action: 'Pick one of the list.',
      });
    },
    begin: async (user, { teamId, territoryId, name }) => {
      const plan = await live(teamId);
      const draft = await alignments.create(user, { teamId, name, from: plan.id });
      const { territories: rows } = await views.rows(user, draft.id);
      // whoever is full takes nothing
      const free = rows.filter(({ utilization }) => utilization < FULL).map(({ id }) => id);
      const bounds = free
        .filter((id) => id !== territoryId)
        .map((id) => ({ territory: id, measure: 'workloadHours', min: null, max: FULL * hoursOf(draft, id) }));
      const asked = await proposals.ask(
        user,
        proposalBody.parse({
          ...{ alignmentId: draft.id, version: draft.version, preset: 'fewestChanges' },
          rules: { bounds, onlyTerritories: [...new Set([territoryId, ...free])] },
          task: { kind: 'leave', territory: territoryId },
        }),
      );
      return { alignmentId: draft.id, proposalId: asked.id };
    },
    take: async (user, { alignmentId, proposalId, territoryId }) => {
      const before = await alignments.find(alignmentId);
      await proposals.accept(user, proposalId, { version: before.version, plan: 0 });
      const taken = await alignments.find(alignmentId);
      const absent = before.territories.findIndex(({ id }) => id === territoryId);
      const market = await deps.market(before);
      const { geography } = deps;
      const ground = { ...market, geography, territories: before.territories, overrides: taken.overrides };
      const { owners, stays } = coverWithin({
        ...ground,
        before: before.owners,
        after: taken.owners,
        absent,
        limit: FULL,
      });
      const idAt = (index: number) => before.territories[index]?.id ?? null;
      if (stays.length > 0)
        await alignments.move(user, alignmentId, {
          version: taken.version,
          moves: difference(taken.owners, owners).map(({ unit, from, to }) => ({
            ...{ unit: geography.ids[unit]!, from: idAt(from), to: idAt(to) },
          })),
          overrides: [],
          note: `Nobody near has room for ${stays.length} ZIPs within ${FULL * 100} % of the hours: they stay with the rep on leave.`,
        });
      return splitOf(deps, { before, after: await alignments.find(alignmentId), absent });
    },
  };
}

const hoursOf = ({ territories }: StoredAlignment, id: string): number =>
  territories.find((each) => each.id === id)?.capacityHours ?? 0;

/** Who takes how much, by accounts as they are today. */
async function splitOf(
  { plans, views }: LifeSideDeps,
  { before, after, absent }: { before: StoredAlignment; after: StoredAlignment; absent: number },
): Promise<CoverSplit> {
  const territoryId = before.territories[absent]!.id;
  const [was, is] = [await views.figures(before), await views.figures(after)];
  const live = await plans.live(before.teamId);
  const { version: liveVersion } = await plans.alignment(live ?? before.id);
  const own = (await plans.desired(live ?? before.id, liveVersion)).filter((each) => each.territoryId === territoryId);
  const mine = new Set(own.map(({ accountId }) => accountId));
  const now = (await plans.desired(after.id, after.version)).filter(({ accountId }) => mine.has(accountId));
  const inTerritory = (id: string) => now.filter((each) => each.territoryId === id).length;
  const zipsOf = (index: number) =>
    after.owners.filter((owner, unit) => owner === index && before.owners[unit] === absent).length;
  const takers = after.territories.flatMap(({ id, name, repName }, index) => {
    const [zips, accounts] = [zipsOf(index), inTerritory(id)];
    if (index === absent || zips + accounts === 0) return [];
    const figures = { utilizationBefore: was[index]!.utilization, utilizationAfter: is[index]!.utilization };
    return [{ name, repName, zips, accounts, ...figures }];
  });
  return { version: after.version, takers, stays: { zips: zipsOf(absent), accounts: inTerritory(territoryId) } };
}
