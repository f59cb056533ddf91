import { percent } from '../core/findings.ts';
import type { Asked, AskedProblem } from './askedProblem.ts';
import type { Needed } from './proposalResult.ts';
import { territoryRows, type TerritoryRow } from './views.ts';

/** What else a reader must know of a computed plan, a sentence each. */
export function notes(
  asked: Asked,
  problem: AskedProblem,
  { needed, rows }: { needed: Needed | null; rows: readonly TerritoryRow[] },
): string[] {
  const { unreachable, problem: solved, start } = problem;
  const { market, geography } = asked;
  const list: string[] = [];
  if (needed && solved.limits) list.push(neededText(needed, asked, problem));
  if (unreachable.length > 0) {
    const [first] = unreachable;
    list.push(
      `${unreachable.length} ZIPs such as ${geography.ids[first!]} ${geography.names[first!]} stay without a rep: no home is near enough.`,
    );
  }
  if (start.added)
    list.push('The new territory has no rep and is not in the CRM yet: create it there before this plan is published.');
  if (asked.request.task.kind === 'leave')
    list.push('Everybody else keeps all ZIPs, so that this cover can be taken back as a whole.');
  list.push(...overloaded(asked, rows));
  const top = asked.request.rules.topAccounts;
  if (top > 0 && market.accounts.every(({ salesUsd }) => salesUsd <= 0))
    list.push('No account has sales, so no rep has a top account that could stay.');
  return list;
}

/** Above this share of their hours people are overloaded (product.md, bands). */
const OVERLOADED = 1.15;

/** Who is over the hours because somebody else is gone: said only where reps change. */
function overloaded({ plan, market, request }: Asked, rows: readonly TerritoryRow[]): string[] {
  if (!['leave', 'removeRep', 'merge', 'moveRep'].includes(request.task.kind)) return [];
  const before = territoryRows(plan, market);
  const over = rows.filter(
    ({ index, utilization }) => utilization > OVERLOADED && utilization > (before[index]?.utilization ?? 0) + 0.005,
  );
  if (over.length === 0) return [`Nobody who takes something goes over ${percent(OVERLOADED)} of the hours.`];
  const names = over.map(({ name, utilization }) => `${name} (${percent(utilization)})`).join(', ');
  return [`Over ${percent(OVERLOADED)} of their hours by this: ${names}. Nobody nearer has room.`];
}

function neededText(needed: Needed, { market }: Asked, { problem, start }: AskedProblem): string {
  const { limits } = problem;
  const total = market.inputs.accounts.reduce((sum, value) => sum + value, 0);
  const k = start.territories.length;
  const how = needed.off === 0 ? `All ${k}` : `${k - needed.off} of ${k}`;
  const extra = Math.max(0, needed.accountsShare - limits!.accountsShare);
  const more =
    extra > 0
      ? `, ${Math.ceil(extra * total)} accounts more than the limit allows`
      : '; it is the limit on sales or on the pipeline that forbids it';
  return (
    `${how} could be on target if ${percent(needed.accountsShare)} of accounts and ${percent(needed.salesShare)} of sales ` +
    `changed rep${more} (the least that the search found).`
  );
}
