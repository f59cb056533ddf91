import { expect } from 'vitest';
import { BailiwickError } from '../../service/core/errors.ts';
import { solveTexts, type Asked, type PlanTexts } from './planTexts.ts';

const HOURS = { measures: [{ name: 'hours', tolerance: 0.1 }] };

/** A row of units, each touching the next. */
export function row(
  hours: readonly (number | string)[],
  more = '',
  cells: (u: number) => string = () => '',
): PlanTexts {
  return {
    units: `unit,lat,lon,hours${more}\n${hours.map((value, u) => `u${u},40,${-75 + u / 10},${value}${cells(u)}`).join('\n')}`,
    edges: `unit,unit\n${hours
      .slice(1)
      .map((_, u) => `u${u},u${u + 1}`)
      .join('\n')}`,
  };
}

export const ones = (n: number) => Array<number>(n).fill(1);
/** Expects a refusal with this message and something to do. */
export const refuses = (texts: PlanTexts, asked: Asked, message: string | RegExp) => {
  let caught: unknown = null;
  try {
    solveTexts(texts, { ...HOURS, ...asked });
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(BailiwickError);
  expect((caught as BailiwickError).message).toMatch(message);
  expect((caught as BailiwickError).action).toBeTruthy();
};
/** Solves, and expects that the check finds nothing untrue. */
export const holds = (texts: PlanTexts, asked: Asked = {}) => {
  const solved = solveTexts(texts, { ...HOURS, ...asked });
  expect(solved.untrue()).toEqual([]);
  return solved;
};
