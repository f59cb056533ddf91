import type { Territory } from './alignment.ts';
import { deviations, utilization } from './balance.ts';
import { connectedMoves, type Handover } from './connectedMoves.ts';
import { dollars, percent, placeOfUnits } from './findings.ts';
import type { Neighbors } from './geography.ts';
import { addUnit, unitTravelHours, type Measure, type TerritoryTotals, type UnitInputs } from './measures.ts';
import type { TravelSettings } from './travel.ts';

/** Neighbouring units that go together from one territory to another, with what goes with them and what it is good for. */
export interface MoveGroup {
  readonly units: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly accounts: number;
  readonly salesUsd: number;
  readonly potentialUsd: number;
  /** Hours a year that the giving territory is relieved of; the taking one's where nobody gives. */
  readonly workloadHours: number;
  /** Change of all driving in hours a year; negative saves. */
  readonly travelHours: number;
  /** Territories in every target range after this move and those before it in the list; one that wants nothing does not count. */
  readonly onTarget: number;
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
  /** What counts as on target. */
  readonly measures: readonly { readonly name: Measure; readonly tolerance: number }[];
  /** Moves in the order in which they are meant; absent: one for each connected part of the difference, most hours first. */
  readonly moves?: readonly Handover[];
}

/**
 * The moves between two plans as groups, each with its reason in figures. Every group is told as it stands in the list:
 * its figures are those after all groups before it.
 */
export function explain(input: ExplainInput): MoveGroup[] {
  const running = input.totalsBefore.map((totals) => ({ ...totals }));
  return (input.moves ?? groups(input)).map((move) => told(input, running, move));
}

/** Connected parts of the difference, most hours first. */
function groups({ before, after, neighbors, inputs }: ExplainInput): Handover[] {
  const hours = ({ units }: Handover) =>
    units.reduce((sum, unit) => sum + (inputs.callHours[unit] ?? 0) + (inputs.caseHours[unit] ?? 0), 0);
  return connectedMoves(before, after, neighbors)
    .map((move) => ({ move, hours: hours(move) }))
    .sort((a, b) => b.hours - a.hours || (a.move.units[0] ?? 0) - (b.move.units[0] ?? 0))
    .map(({ move }) => move);
}

/** Tells one move and lets the running totals follow it. */
function told(input: ExplainInput, running: TerritoryTotals[], move: Handover): MoveGroup {
  const { units, from, to } = move;
  const { inputs } = input;
  const sum = (vector: readonly number[]) => units.reduce((total, unit) => total + (vector[unit] ?? 0), 0);
  const given = moved(input, running, { units, index: from, sign: -1 });
  const taken = moved(input, running, { units, index: to, sign: 1 });
  const facts = {
    ...move,
    accounts: sum(inputs.accounts),
    salesUsd: sum(inputs.salesUsd),
    potentialUsd: sum(inputs.potentialUsd),
    workloadHours: Math.abs(from >= 0 ? given.hours : taken.hours),
    travelHours: given.travel + taken.travel,
    onTarget: onTarget(input, running),
  };
  return { ...facts, sentence: sentence(input, facts, { given, taken }) };
}

interface Change {
  readonly before: number;
  readonly after: number;
  readonly hours: number;
  readonly travel: number;
}

function moved(
  input: ExplainInput,
  running: TerritoryTotals[],
  { units, index, sign }: { units: readonly number[]; index: number; sign: 1 | -1 },
): Change {
  const seat = input.territories[index];
  const totals = running[index];
  if (!seat || !totals) return { before: 0, after: 0, hours: 0, travel: 0 };
  const before = { ...totals };
  for (const unit of units)
    addUnit(totals, input.inputs, unit, {
      travelHours: unitTravelHours(input.inputs, unit, seat, input.travel),
      sign,
    });
  return {
    before: utilization(before, seat),
    after: utilization(totals, seat),
    hours: totals.workloadHours - before.workloadHours,
    travel: totals.travelHours - before.travelHours,
  };
}

function onTarget({ territories, measures }: ExplainInput, totals: readonly TerritoryTotals[]): number {
  const all = measures.map(({ name, tolerance }) =>
    deviations(totals, territories, name).map((deviation) => Math.abs(deviation) <= tolerance + 1e-9),
  );
  return territories.filter(({ targetShare }, j) => targetShare > 0 && all.every((within) => within[j])).length;
}

type Facts = Omit<MoveGroup, 'sentence'>;

function sentence(input: ExplainInput, facts: Facts, { given, taken }: { given: Change; taken: Change }): string {
  const { territories, inputs, cities } = input;
  const { units, from, to } = facts;
  const what = placeOfUnits(units, cities, inputs.callHours);
  const accounts = counted(facts.accounts, 'account');
  const [go, lose] = units.length === 1 ? ['goes', 'loses'] : ['go', 'lose'];
  const rep = `${accounts} change${Math.round(facts.accounts) === 1 ? 's' : ''} rep`;
  const taker = territories[to]?.name ?? 'nobody';
  const goes = `${taker} goes from ${percent(taken.before)} to ${percent(taken.after)}`;
  const wanted = territories.filter(({ targetShare }) => targetShare > 0).length;
  const gain = `${driving(facts.travelHours)}; ${facts.onTarget} of ${wanted} are then on target.`;
  if (to < 0) return `${what} ${lose} ${territories[from]?.name ?? 'their rep'} (${accounts}); ${gain}`;
  if (from < 0) {
    return `${what} that nobody covers (${dollars(facts.potentialUsd)} of market potential, ${accounts}) ${go} to ${taker}: ${goes} of its hours, ${gain}`;
  }
  const giver = territories[from]?.name ?? 'nobody';
  const move = `${what} ${go} from ${giver} to ${taker} (${rep}, ${counted(facts.workloadHours, 'hour')} a year)`;
  // A territory that is given up has no hours to fill any more.
  if (territories[from]?.targetShare === 0) return `${move}: ${goes} of its hours, ${gain}`;
  const gives = `${giver} goes from ${percent(given.before)} to ${percent(given.after)} of its hours`;
  return `${move}: ${gives}, ${goes}, ${gain}`;
}

function counted(amount: number, one: string): string {
  const n = Math.round(amount);
  return `${n} ${one}${n === 1 ? '' : 's'}`;
}

function driving(hours: number): string {
  const size = Math.round(Math.abs(hours));
  if (size === 0) return 'with as much driving';
  return `with ${counted(size, 'hour')} ${hours > 0 ? 'more' : 'less'} driving a year`;
}
