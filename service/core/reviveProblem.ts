import { Forbidden, type Problem } from './optimize/problem.ts';

/** A problem that came through a thread's door: the copy has the data of its classes, and gets their methods back. */
export function reviveProblem(copy: Problem): Problem {
  if (copy.forbidden) Object.setPrototypeOf(copy.forbidden, Forbidden.prototype);
  return copy;
}
