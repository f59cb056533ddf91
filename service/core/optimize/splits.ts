import type { AccountTable } from './readAccounts.ts';
import type { UnitTable } from './readUnits.ts';

/** Accounts of one unit that change hands together. */
export interface Part {
  readonly unit: number;
  readonly accounts: readonly number[];
}

interface Asked {
  readonly units: UnitTable;
  readonly accounts: AccountTable | null;
  /** Names of the balanced measures. */
  readonly measures: readonly string[];
  readonly k: number;
  /** Units that stay whole: locked ones and those of a group. */
  readonly isWhole: (unit: number) => boolean;
}

/** A unit above this share of a territory's target is split: fewer than ten such units cannot be balanced to ±5 %. */
const SPLIT_ABOVE = 0.1;
/** A part holds at most this share of a target: several fill a range of ±5 %, and smaller ones only make more of them. */
const PART_AT_MOST = 0.03;
/** More parts than this only slow the search down; the parts of a huge unit are larger instead. */
const MOST_PARTS = 12;
/** Parts grow by this factor until there are few enough. */
const WIDER = 1.5;

/** Account groups of the units too big for their territory; what no account holds stays with the unit. */
export function splitUnits({ units, accounts, measures, k, isWhole }: Asked): Part[] {
  if (!accounts) return [];
  const shares = measures.map((name) => {
    const total = units.measures.get(name)!.reduce((sum, value) => sum + value, 0);
    return total > 0 ? k / total : 0;
  });
  /** Largest share of a mean target that the amounts hold in any measure. */
  const size = (table: UnitTable['measures'], i: number) =>
    measures.reduce((most, name, m) => Math.max(most, table.get(name)![i]! * shares[m]!), 0);
  const accountsOf = new Map<number, number[]>();
  accounts.unitOf.forEach((unit, a) => {
    if (size(accounts.measures, a) <= 0 || size(units.measures, unit) <= SPLIT_ABOVE || isWhole(unit)) return;
    const list = accountsOf.get(unit);
    if (list) list.push(a);
    else accountsOf.set(unit, [a]);
  });
  const amounts = (a: number) => measures.map((name, m) => accounts.measures.get(name)![a]! * shares[m]!);
  return [...accountsOf]
    .sort(([u], [v]) => u - v)
    .flatMap(([unit, list]) => partsOf(list, amounts).map((group) => ({ unit, accounts: group })));
}

/** First fit, largest first; ties by order in the file. */
function partsOf(accounts: readonly number[], amounts: (a: number) => readonly number[]): number[][] {
  const sized = accounts.map((account) => ({ account, held: amounts(account) }));
  const order = sized.sort((p, q) => Math.max(...q.held) - Math.max(...p.held) || p.account - q.account);
  for (let most = PART_AT_MOST; ; most *= WIDER) {
    const parts: { accounts: number[]; held: number[] }[] = [];
    for (const { account, held } of order) {
      const fitting = parts.find((part) => part.held.every((value, m) => value + held[m]! <= most));
      if (fitting) {
        fitting.accounts.push(account);
        held.forEach((value, m) => (fitting.held[m]! += value));
      } else parts.push({ accounts: [account], held: [...held] });
      if (parts.length > MOST_PARTS) break;
    }
    if (parts.length <= MOST_PARTS) return parts.map((part) => part.accounts.sort((a, b) => a - b));
  }
}
