import { BailiwickError } from '../core/errors.ts';
import type { AccountId, TeamId, TerritoryId } from '../core/ids.ts';
import type { RequestUser } from '../http/identity.ts';
import type { Effect, PlanningPorts } from './ports.ts';
import type { Sights } from './sights.ts';

interface OutlookDeps {
  readonly ports: Pick<PlanningPorts, 'effect' | 'drafts' | 'places'>;
  readonly sights: Sights;
}

/** What accepting feedback would do to both territories: in the draft that it would go into, else on the live plan. */
export function createOutlook({ ports, sights }: OutlookDeps) {
  return async (
    user: RequestUser,
    id: string,
    { toTerritoryId, draftId }: { toTerritoryId?: string | undefined; draftId?: string | undefined },
  ): Promise<Effect> => {
    const found = await sights.decidable(user, id);
    const to = toTerritoryId ?? found.toTerritoryId;
    if (to === null || (found.accountId === null && found.zips.length === 0))
      throw new BailiwickError('bad_request', 'Nothing would move: nobody said where it should be.', {
        action: 'Pick a territory.',
      });
    const teamId = found.teamId as TeamId;
    if (draftId !== undefined && !(await ports.drafts(teamId)).some((draft) => draft.id === draftId))
      throw new BailiwickError('not_found', 'There is no such draft.', { action: 'Pick another draft.' });
    return ports.effect({
      teamId,
      accountId: found.accountId as AccountId | null,
      zips: found.zips,
      to: to as TerritoryId,
      draftId: draftId ?? null,
    });
  };
}

export type Outlook = ReturnType<typeof createOutlook>;
