import { expect, test } from 'vitest';
import { movingPart, putBack } from '../../service/core/optimize/movingPart.ts';
import { gridProblem } from '../kit/gridProblem.ts';

const MAP = `
  A A B C D E
  A A B C D E`;
/** Only A and B may move anything; the others stay as they are. */
const part = (given: Parameters<typeof gridProblem>[1] = {}) => {
  const { problem, owners } = gridProblem(MAP);
  const locked = owners.map((owner) => owner > 1);
  return { owners, problem: { ...problem, locked, frozen: [false, false, true, true, true], ...given } };
};

test('the territories that may move, their units, and the targets of the whole map', () => {
  const { problem } = part();
  const found = movingPart(problem, 1)!;
  expect(found.territories).toEqual([0, 1]);
  expect(found.nodes).toEqual([0, 1, 2, 6, 7, 8]);
  expect(found.problem.k).toBe(2);
  // twelve units over five territories: 2.4 each, though the part alone would have 3
  expect(found.problem.measures[0]!.targets).toEqual([2.4, 2.4]);
  expect(found.problem.current).toEqual([0, 0, 1, 0, 0, 1]);
});

test('what the part becomes goes back into the map; the rest is as it was', () => {
  const { problem, owners } = part();
  const found = movingPart(problem, 1)!;
  const back = putBack(owners, found, [0, 1, 1, 0, 1, -1]);
  expect(back).toEqual([0, 1, 1, 2, 3, 4, 0, 1, -1, 2, 3, 4]);
});

test('none for a small map, a limit over everything, or where most may move', () => {
  expect(movingPart(part().problem)).toBeNull();
  expect(movingPart(part({ limits: { accountsShare: 0.1, salesShare: 0.1 } }).problem, 1)).toBeNull();
  const { problem } = gridProblem(MAP);
  expect(movingPart(problem, 1)).toBeNull();
});
