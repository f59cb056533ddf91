import { account, USER } from '../../kit/smallOrg.ts';
import { A, B } from '../../kit/syncWorld.ts';
import type { Snapshot } from './snapshot.ts';
import { REPS, territoryOf, type Plan } from './world.ts';

const TEAM = new Set<string>([A, B]);
const CODES: Readonly<Record<string, string>> = { [A]: 'East_A', [B]: 'East_B' };

/**
 * The org as it must be after the publish, worked out from the plan and the org before it by rules of its own, not by the
 * product's code: ours move, what others and rules wrote stays, refused accounts stay wholly as they were.
 */
export function expected(before: Snapshot, plan: Plan, isOurs: (line: string) => boolean): Snapshot {
  const places = [...before.places];
  const owners = new Map(before.owners);
  const stamps = new Map(before.stamps);
  const deals = new Map(before.deals);
  let team = [...before.team];
  for (let n = 1; n <= plan.size; n++) {
    const wish = plan.wishes[n];
    const id = account(n);
    if (wish === '?') continue;
    const to = territoryOf(wish);
    const mine = places.filter((line) => line.startsWith(`${id} `) && TEAM.has(line.split(' ')[1] ?? ''));
    const isThere = mine.some((line) => line.split(' ')[1] === to);
    const leaving = mine.filter((line) => line.split(' ')[1] !== to && isOurs(line));
    const moves = to !== null && !isThere;
    // a refused account: nothing of it that has to be written can be
    if (plan.refused.has(n)) continue;
    for (const line of leaving) places.splice(places.indexOf(line), 1);
    if (moves) places.push(`${id} ${to} Territory2Manual`);
    const rep = to === null ? undefined : REPS[to];
    const former = before.owners.get(id) ?? '';
    const changesOwner = plan.options.owners && rep !== undefined && former !== rep && (moves || isRep(former));
    if (changesOwner) owners.set(id, rep);
    if (changesOwner) team = team.filter((line) => !line.startsWith(`${id} ${rep} `));
    const isStamped =
      plan.options.stampField !== null && (to !== null || Object.values(CODES).includes(stamps.get(id) ?? ''));
    if (isStamped) stamps.set(id, to === null ? null : (CODES[to] ?? null));
    if (
      plan.options.teamRole !== null &&
      rep !== undefined &&
      owners.get(id) !== rep &&
      !team.some((line) => line.startsWith(`${id} ${rep} `))
    )
      team.push(`${id} ${rep} ${plan.options.teamRole} Read -`);
    const deal = dealOf(before, n);
    const leaver = leaving[0]?.split(' ')[1];
    const handsOver = changesOwner || (moves && leaver !== undefined);
    const isLeavers =
      deal !== undefined &&
      ((changesOwner && deal.owner === former) || (moves && leaver !== undefined && deal.owner === REPS[leaver]));
    if (deal && rep && plan.options.deals === 'move' && handsOver && isLeavers && deal.owner !== rep)
      deals.set(deal.id, rep);
  }
  return { ...before, places: places.sort(), owners, stamps, deals, team: team.sort() };
}

const isRep = (userId: string): boolean => userId === USER.ann || userId === USER.bob;

function dealOf(before: Snapshot, n: number): { id: string; owner: string } | undefined {
  const found = [...before.deals].find(
    ([id]) => id.includes(`0d${n}`) && id.slice(3, 15).replace(/^0+/, '') === `d${n}`,
  );
  return found && { id: found[0], owner: found[1] };
}
