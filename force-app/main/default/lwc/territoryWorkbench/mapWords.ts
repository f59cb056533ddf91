import { count, percent, plural, usd } from 'c/bailiwick';
import type { Card, Demand, GeographyData, Name } from 'c/bailiwick';
import type { WorkingPlan } from './workingPlan';

const OVERLOADED = 1.15;

/** The card of a ZIP: whose it is and what is in it. */
export function unitCard(
  unit: number,
  { units }: GeographyData,
  working: WorkingPlan,
  owners: readonly number[],
): Card {
  const territory = working.plan.territories[owners[unit] ?? -1];
  const { potentialUsd, accounts, providers, procedures } = working.inputs.inputs;
  const rep = territory?.repName ?? 'no rep';
  const { lockedUnits, lockedTerritories, overrides } = working.plan;
  const isLocked = lockedUnits.includes(unit) || lockedTerritories.includes(owners[unit] ?? -1);
  const held = overrides.filter((one) => one.unit === unit).length;
  return {
    title: `${units.ids[unit]} ${units.names[unit]}, ${units.states[unit]}`,
    lines: [
      territory ? `${territory.name} · ${rep}` : 'In no territory',
      `${usd(potentialUsd[unit] ?? 0)} market potential · ${count(procedures[unit] ?? 0)} procedures`,
      `${count(accounts[unit] ?? 0)} accounts · ${count(providers[unit] ?? 0)} providers`,
      ...(isLocked ? ['Locked in this plan'] : []),
      ...(held > 0 ? [`${plural(held, 'account')} held by name`] : []),
    ],
  };
}

/** The card of a ZIP in the market step: demand alone. */
export function demandCard(unit: number, { units }: GeographyData, demand: Demand): Card {
  const title = `${units.ids[unit]} ${units.names[unit]}, ${units.states[unit]}`;
  if (demand.noData[unit]) return { title, lines: ['No claims data for this ZIP'] };
  const lines = [
    `${usd(demand.opportunityUsd[unit] ?? 0)} market potential`,
    `${count(demand.procedures[unit] ?? 0)} procedures · ${count(demand.providers[unit] ?? 0)} providers`,
  ];
  const [low, high] = [demand.interval?.low[unit], demand.interval?.high[unit]];
  if (low !== undefined && high !== undefined && high > 0) lines.push(`between ${usd(low)} and ${usd(high)}`);
  const change = demand.change?.[unit];
  if (change !== undefined && change !== null)
    lines.push(`${change > 0 ? '+' : '−'}${percent(Math.abs(change))} against the period before`);
  if (demand.suppressed[unit]) lines.push('Part estimated: small cells are never shown');
  return { title, lines };
}

/** Names on the map, the busiest first, each with its hours used. */
export function territoryNames(
  working: WorkingPlan,
  utilization: readonly number[],
  unitsOf: readonly (readonly number[])[],
  focus: number | null,
): Name[] {
  return working.plan.territories
    .map((territory, i) => ({
      text: territory?.name ?? '',
      note: `${percent(utilization[i] ?? 0)} of hours${working.plan.lockedTerritories.includes(i) ? ' · locked' : ''}`,
      tone: (utilization[i] ?? 0) > OVERLOADED ? ('bad' as const) : ('plain' as const),
      units: unitsOf[i] ?? [],
      focus: i === focus,
      rank: utilization[i] ?? 0,
    }))
    .sort((a, b) => b.rank - a.rank);
}

/** Each territory against its targets, under its index in the plan. */
export function deviationsOf(
  bars: readonly { index: number; workloadDeviation: number; potentialDeviation: number }[],
): { workload: number[]; potential: number[] } {
  const [workload, potential]: [number[], number[]] = [[], []];
  for (const { index, workloadDeviation, potentialDeviation } of bars) {
    if (index < 0) continue;
    workload[index] = workloadDeviation;
    potential[index] = potentialDeviation;
  }
  return { workload, potential };
}
