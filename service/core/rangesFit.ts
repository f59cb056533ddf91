import { BailiwickError } from './errors.ts';
import { measureWord } from './measureWords.ts';
import { Plan } from './optimize/plan.ts';
import { corridors, type Problem } from './optimize/problem.ts';

/**
 * Do the target ranges and the rules on least and most leave room? With travel the totals are those of today's owners.
 * @throws BailiwickError infeasible naming the measure, the territory or the sum, and what to do
 */
export function assertRangesFit(problem: Problem, owners: readonly number[], names: readonly string[]): void {
  const ruled = problem.measures.some(({ min, max }) => min || max);
  if (!ruled) return;
  const plan = new Plan(problem, owners);
  corridors(problem, plan.loads).forEach((row, m) => {
    const { name, tolerance } = problem.measures[m]!;
    const total = row.reduce((sum, _, j) => sum + plan.loads[m * plan.k + j]!, 0);
    const empty = row.findIndex(({ low, high }) => low > high);
    const round = (value: number) => Math.round(value).toLocaleString('en-US');
    if (empty >= 0) {
      const { target } = row[empty]!;
      throw new BailiwickError(
        'infeasible',
        `The least and most of ${measureWord(name)} asked for ${names[empty]} lie outside its target range of ${round(target * (1 - tolerance))} to ${round(target * (1 + tolerance))}.`,
        { action: 'Widen the target range, or change the least or most.' },
      );
    }
    const free = problem.measures[m]!.perUnit.reduce((sum, value, u) => sum + (owners[u]! < 0 ? value : 0), 0);
    const least = row.reduce((sum, { low }) => sum + low, 0);
    const most = row.reduce((sum, { high }) => sum + high, 0);
    if (least > (total + free) * (1 + 1e-9) || most < total * (1 - 1e-9))
      throw new BailiwickError(
        'infeasible',
        `All territories together must have ${round(least)} to ${round(most)} of ${measureWord(name)}, but there is ${round(total)}.`,
        { action: least > total ? 'Lower the least of some territories.' : 'Raise the most of some territories.' },
      );
  });
}
