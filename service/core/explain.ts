import { difference, type Territory } from './alignment.ts';
import { utilization } from './balance.ts';
import { pieces } from './contiguity.ts';
import { dollars, percent, placeOfUnits } from './findings.ts';
import type { Neighbors } from './geography.ts';
import { addUnit, unitTravelHours, type TerritoryTotals, type UnitInputs } from './measures.ts';
import type { TravelSettings } from './travel.ts';

/** Neighbouring units that go together from one territory to another, with what goes with them. */
export interface MoveGroup {
  readonly units: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly accounts: number;
  readonly salesUsd: number;
  readonly potentialUsd: number;
  /** Hours a year that the giving territory is relieved of; the taking one's where nobody gives. */
  readonly workloadHours: number;
  readonly sentence: string;
}

export interface ExplainInput {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly territories: readonly Territory[];
  readonly totalsBefore: readonly TerritoryTotals[];
  readonly inputs: UnitInputs;
  readonly travel: TravelSettings;
  readonly neighbors: Neighbors;
  readonly cities: readonly string[];
}

/**
 * The moves between two plans as groups, most hours first, each with its reason in figures. A group's utilizations are
 * those of moving this group alone.
 */
export function explain(input: ExplainInput): MoveGroup[] {
  const byPair = new Map<string, number[]>();
  for (const { unit, from, to } of difference(input.before, input.after)) {
    const pair = `${from} ${to}`;
    byPair.set(pair, [...(byPair.get(pair) ?? []), unit]);
  }
  return [...byPair]
    .flatMap(([pair, units]) => {
      const [from = -1, to = -1] = pair.split(' ').map(Number);
      return pieces(units, input.neighbors).map((piece) => group(input, piece, from, to));
    })
    .sort((a, b) => b.workloadHours - a.workloadHours || (a.units[0] ?? 0) - (b.units[0] ?? 0));
}

function group(input: ExplainInput, units: number[], from: number, to: number): MoveGroup {
  const { inputs } = input;
  const sum = (vector: readonly number[]) => units.reduce((total, unit) => total + (vector[unit] ?? 0), 0);
  const given = changed(input, units, from, -1);
  const taken = changed(input, units, to, 1);
  const hours = from >= 0 ? given.hours : taken.hours;
  return {
    units,
    from,
    to,
    accounts: sum(inputs.accounts),
    salesUsd: sum(inputs.salesUsd),
    potentialUsd: sum(inputs.potentialUsd),
    workloadHours: Math.abs(hours),
    sentence: sentence(input, {
      units,
      from,
      to,
      given,
      taken,
      accounts: sum(inputs.accounts),
      potential: sum(inputs.potentialUsd),
    }),
  };
}

interface Change {
  readonly before: number;
  readonly after: number;
  readonly hours: number;
}

function changed(input: ExplainInput, units: readonly number[], index: number, sign: 1 | -1): Change {
  const seat = input.territories[index];
  const totals = input.totalsBefore[index];
  if (!seat || !totals) return { before: 0, after: 0, hours: 0 };
  const after = { ...totals };
  for (const unit of units)
    addUnit(after, input.inputs, unit, {
      travelHours: unitTravelHours(input.inputs, unit, seat, input.travel),
      sign,
    });
  return {
    before: utilization(totals, seat),
    after: utilization(after, seat),
    hours: after.workloadHours - totals.workloadHours,
  };
}

interface Told {
  readonly units: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly given: Change;
  readonly taken: Change;
  readonly accounts: number;
  readonly potential: number;
}

function sentence({ territories, inputs, cities }: ExplainInput, told: Told): string {
  const { units, from, to, given, taken } = told;
  const what = placeOfUnits(units, cities, inputs.callHours);
  const accounts = `${told.accounts} account${told.accounts === 1 ? '' : 's'}`;
  const taker = territories[to]?.name ?? 'nobody';
  const goes = `${taker} goes from ${percent(taken.before)} to ${percent(taken.after)}`;
  if (from < 0) {
    return `${what} that nobody covers (${dollars(told.potential)} of market potential, ${accounts}) go to ${taker}: ${goes} of its hours.`;
  }
  const giver = territories[from]?.name ?? 'nobody';
  return (
    `${what} go from ${giver} to ${taker} (${accounts} change rep, ${Math.round(Math.abs(given.hours))} hours a year): ` +
    `${giver} goes from ${percent(given.before)} to ${percent(given.after)} of its hours, ${goes}.`
  );
}
