import { itemsOf, loadsOf } from './figures.ts';
import type { FileGround } from './fileProblem.ts';
import type { Part } from './splits.ts';

export interface OwnedPart extends Part {
  readonly owner: number;
}

/** Parts that are not with their unit, without those that balance does not need: every account given away costs a call. */
export function neededParts(
  ground: FileGround,
  { owners, parts }: { owners: Int32Array; parts: readonly OwnedPart[] },
): OwnedPart[] {
  const { accounts, measures, roster, ranges, units } = ground;
  const k = roster.names.length;
  const amountsOf = (part: Part) =>
    measures.map(({ name }) => {
      const values = accounts!.measures.get(name.toLowerCase())!;
      return part.accounts.reduce((sum, a) => sum + values[a]!, 0);
    });
  const away = parts
    .filter(({ unit, owner }) => owner !== owners[unit])
    .map((part) => ({ part, amounts: amountsOf(part) }));
  if (away.length === 0) return [];
  const loads = loadsOf(itemsOf({ units, accounts, measures }, []), owners, k);
  const shift = (amounts: readonly number[], from: number, to: number) =>
    amounts.forEach((amount, m) => {
      loads[m * k + from]! -= amount;
      loads[m * k + to]! += amount;
    });
  const off = (j: number) =>
    measures.reduce((sum, _, m) => {
      const at = m * k + j;
      const beyond = Math.max(0, ranges.low[at]! - loads[at]!, loads[at]! - ranges.high[at]!);
      return sum + (ranges.target[at]! > 0 ? beyond / ranges.target[at]! : 0);
    }, 0);
  for (const { part, amounts } of away) shift(amounts, owners[part.unit]!, part.owner);
  const size = (amounts: readonly number[]) => Math.max(...amounts.map((amount, m) => amount / ranges.target[m * k]!));
  const needed = new Set(away);
  const order = [...away].sort((p, q) => size(p.amounts) - size(q.amounts));
  // one part at home can make room for another
  for (let count = -1; count !== needed.size;) {
    count = needed.size;
    for (const one of order) {
      if (!needed.has(one)) continue;
      const [home, to] = [owners[one.part.unit]!, one.part.owner];
      const before = off(home) + off(to);
      shift(one.amounts, to, home);
      if (off(home) + off(to) <= before + 1e-12) needed.delete(one);
      else shift(one.amounts, home, to);
    }
  }
  return away.filter((one) => needed.has(one)).map(({ part }) => part);
}
