import type { AccountId, UserId } from '../core/ids.ts';
import type { Verified } from '../store/tables/sync.ts';
import type { SyncDeps } from './ports.ts';

/** Up to here every account is asked about; above, a part of each territory, and a button asks about the rest. */
const ALL_UP_TO = 2_000;
const OF_EACH_TERRITORY = 50;
/** Salesforce works out sharing in the background; after these pauses (about half a minute) it is said to be late. */
const PAUSES_MS = [1_000, 3_000, 8_000, 20_000];
/** Names said; the rest is a number. */
const MAX_SAID = 20;

export interface Gain {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly territoryId: string;
}
type Rep = { readonly id: UserId; readonly name: string };

/** Spread over the list, so that not only the first accounts of a territory are asked about. */
function sampled<T>(list: readonly T[], size: number): T[] {
  if (list.length <= size) return [...list];
  return Array.from({ length: size }, (_, k) => list[Math.floor((k * list.length) / size)]!);
}

/**
 * Asks Salesforce whether the reps see the accounts that came to them, again after pauses while some do not: sharing is
 * worked out in the background. Territories without a rep are not asked about.
 */
export async function checkAccess(
  deps: SyncDeps,
  gains: readonly Gain[],
  reps: ReadonlyMap<string, Rep>,
  { all = false } = {},
): Promise<{ access: Verified['access']; blind: string[] }> {
  const asked = gains.filter(({ territoryId }) => reps.has(territoryId));
  const isWhole = all || asked.length <= ALL_UP_TO;
  const lists = [...Map.groupBy(asked, ({ territoryId }) => territoryId).values()];
  const part = lists.flatMap((list) => (isWhole ? list : sampled(list, OF_EACH_TERRITORY)));
  let blind = await unseen(deps, part, reps);
  for (const pause of PAUSES_MS) {
    if (blind.length === 0) break;
    await deps.sleep(pause);
    deps.org.forgetAccess();
    blind = await unseen(deps, blind, reps);
  }
  const said = blind
    .slice(0, MAX_SAID)
    .map(({ accountName, territoryId }) => `${reps.get(territoryId)?.name} cannot see ${accountName} yet.`);
  const more = blind.length - said.length;
  return {
    access: { asked: part.length, of: asked.length, blind: blind.length },
    blind: more > 0 ? [...said, `${more} more accounts are not seen by their rep yet.`] : said,
  };
}

async function unseen({ org }: SyncDeps, gains: readonly Gain[], reps: ReadonlyMap<string, Rep>): Promise<Gain[]> {
  const found: Gain[] = [];
  for (const [territoryId, list] of Map.groupBy(gains, (gain) => gain.territoryId)) {
    const rep = reps.get(territoryId);
    if (!rep) continue;
    const access = await org.access(
      rep.id,
      list.map(({ accountId }) => accountId),
    );
    found.push(...list.filter(({ accountId }) => !access.get(accountId)?.read));
  }
  return found;
}
