import type { PlanFigures } from 'c/bailiwick';

/** What stands on the upright axis. */
export type Upright = 'onTarget' | 'travelHours';

export interface Dot {
  key: string;
  letter: string;
  cx: number;
  cy: number;
  textX: number;
  textY: number;
}

/** The picture in its own units: width, height and room for the axes. */
export const WIDTH = 330;
export const HEIGHT = 182;
const LEFT = 54;
const RIGHT = 16;
const TOP = 38;
const BOTTOM = 30;
/** The least values stand clear of the axes, so that their names can be read. */
const INSET = 14;

/** Places of the plans: accounts changing rep to the right, territories on target or hours of driving upwards. */
export function dots(plans: readonly (PlanFigures & { letter: string })[], upright: Upright): Dot[] {
  const x = scale([0, ...plans.map(({ accountsShare }) => accountsShare)], LEFT + INSET, WIDTH - RIGHT);
  const y = scale(
    plans.map((plan) => plan[upright]),
    HEIGHT - BOTTOM - INSET,
    TOP,
  );
  return plans.map((plan) => {
    const [cx, cy] = [x(plan.accountsShare), y(plan[upright])];
    return { key: plan.letter, letter: plan.letter, cx, cy, textX: cx, textY: cy - 10 };
  });
}

/** The ends of both axes, with their values. */
export function axes(plans: readonly PlanFigures[], upright: Upright) {
  const values = plans.map((plan) => plan[upright]);
  return {
    x: [0, Math.max(...plans.map(({ accountsShare }) => accountsShare))],
    y: [Math.min(...values), Math.max(...values)],
    left: LEFT,
    right: WIDTH - RIGHT,
    bottom: HEIGHT - BOTTOM,
    top: TOP,
    below: HEIGHT - BOTTOM + 14,
    beside: LEFT - 6,
    lowest: HEIGHT - 3,
  };
}

function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return (value) => (most > least ? from + ((value - least) / (most - least)) * (to - from) : (from + to) / 2);
}
