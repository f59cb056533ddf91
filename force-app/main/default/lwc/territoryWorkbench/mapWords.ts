import { count, filled, percent, plural, usd } from 'c/bailiwick';
import type { Card, Demand, GeographyData, Name } from 'c/bailiwick';
import type { WorkingPlan } from './workingPlan';
import { texts } from './texts';

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
  const rep = territory?.repName ?? texts.noRep;
  const { lockedUnits, lockedTerritories, overrides } = working.plan;
  const isLocked = lockedUnits.includes(unit) || lockedTerritories.includes(owners[unit] ?? -1);
  const held = overrides.filter((one) => one.unit === unit).length;
  return {
    title: `${units.ids[unit]} ${units.names[unit]}, ${units.states[unit]}`,
    lines: [
      territory ? `${territory.name} · ${rep}` : texts.inNoTerritory,
      filled(texts.marketPotentialProcedures, usd(potentialUsd[unit] ?? 0), count(procedures[unit] ?? 0)),
      filled(texts.accountsProviders, count(accounts[unit] ?? 0), count(providers[unit] ?? 0)),
      ...(isLocked ? [texts.lockedInThisPlan] : []),
      ...(held > 0 ? [filled(texts.heldByName2, plural(held, texts.account))] : []),
    ],
  };
}

/** The card of a ZIP in the market step: demand alone. */
export function demandCard(unit: number, { units }: GeographyData, demand: Demand): Card {
  const title = `${units.ids[unit]} ${units.names[unit]}, ${units.states[unit]}`;
  if (demand.noData[unit]) return { title, lines: [texts.noClaimsDataForThisZip] };
  const lines = [
    filled(texts.marketPotential, usd(demand.opportunityUsd[unit] ?? 0)),
    filled(texts.proceduresProviders, count(demand.procedures[unit] ?? 0), count(demand.providers[unit] ?? 0)),
  ];
  const [low, high] = [demand.interval?.low[unit], demand.interval?.high[unit]];
  if (low !== undefined && high !== undefined && high > 0) lines.push(filled(texts.betweenAnd, usd(low), usd(high)));
  const change = demand.change?.[unit];
  if (change !== undefined && change !== null)
    lines.push(filled(texts.againstThePeriodBefore, change > 0 ? '+' : '−', percent(Math.abs(change))));
  if (demand.suppressed[unit]) lines.push(texts.partEstimatedSmallCellsAreNever);
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
      note: filled(
        texts.ofHours,
        percent(utilization[i] ?? 0),
        working.plan.lockedTerritories.includes(i) ? ` ${texts.locked2}` : '',
      ),
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
