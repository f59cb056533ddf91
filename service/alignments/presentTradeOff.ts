import { disruption } from '../core/disruption.ts';
import { namesOf, spreadOf, type TradeOffFigures, type TradeOffPlan } from '../core/tradeOff.ts';
import { rowsAfter, inRange } from './proposalResult.ts';
import type { Asked, AskedProblem } from './askedProblem.ts';
import type { StoredResult } from './storedResult.ts';
import type { TerritoryRow } from './views.ts';

export type Candidate = TradeOffPlan;

/** A found plan with the figures that it is chosen by; its owners by the problem's index, all units. */
export function candidate(
  asked: Asked,
  problem: AskedProblem,
  { name, owners }: { name: string; owners: readonly number[] },
): Candidate {
  const moved = disruption(asked.plan.owners, owners, asked.market.inputs);
  return { name, owners, figures: { ...figures(asked, rowsAfter(asked, problem, owners)), ...moved } };
}

function figures(
  { request }: Asked,
  rows: readonly TerritoryRow[],
): Omit<TradeOffFigures, 'accountsShare' | 'salesShare'> {
  return {
    onTarget: rows.filter((row) => request.measures.every((measure) => inRange(row, measure))).length,
    travelHours: rows.reduce((sum, { travelHours }) => sum + travelHours, 0),
    spread: spreadOf(rows.map(({ deviation }) => deviation.workloadHours)),
  };
}

/** Figures of the plan as it is, against which the others are chosen. */
export function figuresToday(asked: Asked, problem: AskedProblem): TradeOffFigures {
  return { ...figures(asked, rowsAfter(asked, problem, problem.start.owners)), accountsShare: 0, salesShare: 0 };
}

/** The plans to choose from, fewest changes first, and today beside them. */
export function presentTradeOff(
  asked: Asked,
  { today, plans, stopped }: { today: TradeOffFigures; plans: readonly Candidate[]; stopped: boolean },
): StoredResult {
  const names = namesOf(plans);
  const view = {
    territories: asked.plan.territories.length,
    today,
    plans: plans.map(({ figures: own, owners }, i) => ({ name: names[i]!, ...own, owners })),
    stopped,
  };
  return { owners: plans[0]?.owners ?? asked.plan.owners, choices: plans.map(({ owners }) => owners), view };
}
