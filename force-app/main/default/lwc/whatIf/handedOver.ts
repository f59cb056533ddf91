import { count, hours, usd } from 'c/bailiwick';
import type { MapPocket, ProposalResult } from 'c/bailiwick';
import { texts } from './texts';

/** The area of a territory that the plan does not have yet; null without one. */
export function newArea({ added, owners, after }: ProposalResult): MapPocket | null {
  const index = after.find(({ id }) => id === added?.id)?.index;
  if (!added || index === undefined) return null;
  const units = owners.flatMap((owner, unit) => (owner === index ? [unit] : []));
  return { id: 'newRep', label: added.place, units, kind: 'newRep' };
}

interface Part {
  accounts: number;
  salesUsd: number;
  workloadHours: number;
}

/** Who gives to a new territory, or else who takes over what; most accounts first. */
export function handedOver({ added, moves }: ProposalResult) {
  const parts = new Map<string, Part>();
  const add = (name: string, part: Part) => {
    const known = parts.get(name) ?? { accounts: 0, salesUsd: 0, workloadHours: 0 };
    parts.set(name, {
      accounts: known.accounts + part.accounts,
      salesUsd: known.salesUsd + part.salesUsd,
      workloadHours: known.workloadHours + part.workloadHours,
    });
  };
  if (added) for (const { name, ...part } of added.givers) add(name, part);
  else for (const move of moves) add(move.toName ?? texts.nobody, move);
  return [...parts]
    .sort(([, a], [, b]) => b.accounts - a.accounts)
    .map(([name, { accounts, salesUsd, workloadHours }]) => ({
      name,
      accounts: count(accounts),
      sales: usd(salesUsd),
      hours: hours(workloadHours),
    }));
}
