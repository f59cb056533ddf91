import { quantile } from '../timing.ts';
import type { Figures } from './figures.ts';
import type { Run } from './run.ts';

const percent = (ratio: number | null, digits = 1) =>
  ratio === null || !Number.isFinite(ratio) ? '–' : `${(ratio * 100).toFixed(digits)} %`;
const balance = ({ within5, within10, within15 }: Figures) =>
  [within5, within10, within15].map((share) => percent(share, 1)).join(' / ');

/** The gap; in brackets where a territory is outside its ranges, because then it proves nothing. */
function gap(run: Run, tolerance: number): string {
  return isInside(run, tolerance) ? percent(run.overBound, 2) : `(${percent(run.overBound, 2)})`;
}

const isInside = ({ plan }: Run, tolerance: number) => plan.worst <= tolerance + 1e-9;

/** One seed in one line. */
export function seedLine(run: Run, tolerance: number): string {
  const { plan } = run;
  return [
    `  seed ${run.seed}: ${run.seconds.toFixed(1)} s`,
    `in ±5/10/15 % ${balance(plan)}`,
    `worst ${percent(plan.worst)}`,
    plan.broken === 0 ? 'contiguous' : `${plan.broken} BROKEN`,
    ...(run.overBound === null ? [] : [`gap ${gap(run, tolerance)}`, `price ${percent(run.price, 2)}`]),
    `${plan.squaredKm.toFixed(0)} km², cut ${percent(plan.cutEdges)}`,
    `${run.peakMb.toFixed(0)} MB`,
    ...(run.belowExact === null ? [] : [`bound ${percent(run.belowExact, 3)} below the exact LP`]),
    ...(run.aboveBest === null ? [] : [`${percent(run.aboveBest, 2)} above the best contiguous plan`]),
    ...(run.moved === null ? [] : [`moved ${percent(run.moved, 2)}, flow LP ${percent(run.hops, 2)}`]),
  ].join('; ');
}

/** Median and worst of all seeds, and the plain rivals' medians. */
export function summary(runs: readonly Run[], tolerance: number): string {
  const both = (value: (run: Run) => number | null, isMore: boolean, tell: (value: number) => string) => {
    const sorted = runs
      .map((run) => value(run) ?? NaN)
      .filter(Number.isFinite)
      .sort((a, b) => a - b);
    if (sorted.length === 0) return '–';
    return `${tell(quantile(sorted, 0.5))} / ${tell(isMore ? sorted[0]! : sorted.at(-1)!)}`;
  };
  const share = (value: number) => percent(value);
  const lines = [
    `  median / worst: ${both(
      (run) => run.seconds,
      false,
      (value) => `${value.toFixed(1)} s`,
    )}`,
    `±5 % ${both((run) => run.plan.within5, true, share)}`,
    `±10 % ${both((run) => run.plan.within10, true, share)}`,
    `±15 % ${both((run) => run.plan.within15, true, share)}`,
    `gap ${both(
      (run) => (isInside(run, tolerance) ? run.overBound : null),
      false,
      (value) => percent(value, 2),
    )} of ${runs.filter((run) => isInside(run, tolerance)).length} seeds inside`,
    `${both(
      (run) => run.peakMb,
      false,
      (value) => `${value.toFixed(0)} MB`,
    )}`,
  ];
  if (runs.some(({ moved }) => moved !== null)) {
    lines.push(
      `moved ${both(
        (run) => run.moved,
        false,
        (value) => percent(value, 2),
      )}`,
    );
    lines.push(
      `moved ÷ flow ${both(
        (run) => (run.hops ? run.moved! / run.hops : null),
        false,
        (value) => value.toFixed(2),
      )}`,
    );
  }
  return [lines.join('; '), rival('bisection', runs), rival('greedy', runs)].filter((line) => line !== '').join('\n');
}

/** What a plain method makes of the same numbers: medians. */
function rival(name: 'bisection' | 'greedy', runs: readonly Run[]): string {
  const found = runs.flatMap((run) => (run[name] ? [{ plan: run.plan, rival: run[name] }] : []));
  if (found.length === 0) return '';
  const median = (value: (pair: (typeof found)[number]) => number) =>
    quantile(
      found.map(value).sort((a, b) => a - b),
      0.5,
    );
  const distance = median((pair) => pair.rival.squaredKm / pair.plan.squaredKm);
  return `  ${name} alone: ±5 % ${percent(median((pair) => pair.rival.within5))}, ±15 % ${percent(median((pair) => pair.rival.within15))}, worst ${percent(
    median((pair) => pair.rival.worst),
    0,
  )}, squared distance x ${distance.toFixed(2)}`;
}
