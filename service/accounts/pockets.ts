import type { Geography } from '../core/geography.ts';
import type { Vector } from '../core/measures.ts';

/** Worth a look, not a register. */
const MOST_POCKETS = 8;
/** Nobody was there for longer than this: a C customer is due every three months (workload.ts), twice missed. */
const QUIET_DAYS = 180;
const DAY_MS = 86_400_000;

export interface PocketAccount {
  readonly unit: number;
  readonly salesUsd: number;
  readonly lastActivity?: string | null;
}

export interface Pocket {
  readonly zip: string;
  readonly town: string;
  readonly potentialUsd: number;
  readonly accounts: number;
  readonly why: 'noAccount' | 'noSales' | 'quiet';
}

/**
 * ZIPs of a territory with potential that nobody works: no account, no sales, or no activity for half a year where the CRM
 * keeps activities at all. The greatest potential first; sums over ZIPs, from cells that are guarded already.
 */
export function pockets(units: readonly number[], { accounts, potentialUsd, geography, at }: PocketsOf): Pocket[] {
  const keepsActivity = accounts.some(({ lastActivity }) => lastActivity);
  const since = new Date(at.getTime() - QUIET_DAYS * DAY_MS).toISOString().slice(0, 10);
  const byUnit = new Map<number, PocketAccount[]>();
  for (const account of accounts) byUnit.set(account.unit, [...(byUnit.get(account.unit) ?? []), account]);
  return units
    .flatMap((unit): Pocket[] => {
      const inside = byUnit.get(unit) ?? [];
      const isQuiet = keepsActivity && inside.every(({ lastActivity }) => (lastActivity ?? '') < since);
      const sales = inside.reduce((sum, { salesUsd }) => sum + salesUsd, 0);
      const why = inside.length === 0 ? 'noAccount' : sales <= 0 ? 'noSales' : isQuiet ? 'quiet' : null;
      const potential = potentialUsd[unit] ?? 0;
      if (!why || potential <= 0) return [];
      const [zip, town] = [geography.ids[unit] ?? '', geography.names[unit] ?? ''];
      return [{ zip, town, potentialUsd: potential, accounts: inside.length, why }];
    })
    .sort((a, b) => b.potentialUsd - a.potentialUsd || a.zip.localeCompare(b.zip))
    .slice(0, MOST_POCKETS);
}

interface PocketsOf {
  readonly accounts: readonly PocketAccount[];
  readonly potentialUsd: Vector;
  readonly geography: Pick<Geography, 'ids' | 'names'>;
  readonly at: Date;
}
