import { filled, percent, points } from 'c/bailiwick';
import type { CausedFigure, DriftCause, PlanDrift } from 'c/bailiwick';
import { texts } from './texts';

export const WORDS: Readonly<Record<CausedFigure['measure'], string>> = {
  workloadHours: 'hours',
  potentialUsd: texts.marketPotential,
};
const CAUSES: Readonly<Record<DriftCause, string>> = {
  demand: 'demand',
  accounts: 'accounts',
  reps: texts.repsAndZips,
  parameters: texts.whatHoursAreMadeOf,
};
/** Causes below half a point are nobody's business. */
const NOTICED = 0.005;

/** “demand +12, accounts −3”: parts of a change in points of the whole. */
export function lineOf({ parts }: CausedFigure, whole = 1): string {
  const named = (Object.keys(CAUSES) as DriftCause[])
    .map((cause) => ({ cause, share: whole > 0 ? parts[cause] / whole : 0 }))
    .filter(({ share }) => Math.abs(share) >= NOTICED)
    .sort((a, b) => Math.abs(b.share) - Math.abs(a.share));
  return named.map(({ cause, share }) => `${CAUSES[cause]} ${points(share)}`).join(', ') || texts.nothingToSpeakOf;
}

const [WIDTH, HEIGHT, EDGE] = [84, 22, 2];

/** A small line over the points of a trend, and the same in words. */
function trendLine(values: readonly number[]) {
  if (values.length < 2) return null;
  const [low, high] = [Math.min(0.7, ...values), Math.max(1.3, ...values)];
  const x = (i: number) => EDGE + (i / (values.length - 1)) * (WIDTH - 2 * EDGE);
  const y = (value: number) => HEIGHT - EDGE - ((value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  return {
    box: `0 0 ${WIDTH} ${HEIGHT}`,
    line: values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' '),
    middle: y(1),
    end: WIDTH,
    text: filled(texts.trendInOfTarget, values.map((value) => percent(value)).join(', ')),
  };
}

/** Who left the target range, the farthest off first. */
export function rowsOf({ territories, trend }: PlanDrift) {
  const order = new Map((trend.at(-1)?.points ?? []).map(({ id }, index) => [id, index]));
  return territories
    .filter(({ hasLeft }) => hasLeft)
    .sort((a, b) => Math.abs(b.after - 1) - Math.abs(a.after - 1))
    .map((one) => {
      const share = one.measure === 'workloadHours' ? 'workloadOfTarget' : 'potentialOfTarget';
      const values = trend.flatMap(({ points: all }) => all.find(({ id }) => id === one.id)?.[share] ?? []);
      return {
        id: one.id,
        key: `${one.id} ${one.measure}`,
        index: order.get(one.id) ?? -1,
        title: filled(texts.ofTarget, one.name, WORDS[one.measure], percent(one.before), percent(one.after)),
        why: filled(texts.pointsOfTarget, lineOf(one)),
        trend: trendLine(values),
      };
    });
}
