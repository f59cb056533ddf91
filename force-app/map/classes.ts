import { SEQUENTIAL } from './scale.ts';

export interface Step {
  /** Values above `from` up to `to` have this colour. */
  readonly from: number;
  readonly to: number;
  readonly color: string;
}

/** How values are cut into classes: equally many units each, equally wide, or at bounds that somebody chose. */
export interface Classing {
  readonly method: 'quantile' | 'equal' | 'own';
  /** Own upper bounds, rising; what lies above the last one is a class of its own. */
  readonly breaks?: readonly number[];
}

export const BY_QUANTILE: Classing = { method: 'quantile' };
/** More own bounds than colours cannot be told apart. */
export const MOST_BREAKS = SEQUENTIAL.length - 1;

/** Classes over the positive values; zero has a swatch of its own and is left out. None without positive values. */
export function stepsOf(values: readonly (number | null)[], { method, breaks = [] }: Classing): Step[] {
  if (method === 'quantile') return quantileSteps(values);
  const most = values.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  if (most <= 0) return [];
  if (method === 'own' && breaks.length > 0) return colored([...breaks, Math.max(most, breaks.at(-1) ?? 0)]);
  return colored(SEQUENTIAL.map((_, i) => roundUp((most * (i + 1)) / SEQUENTIAL.length)));
}

/**
 * Steps with about equally many units each, bounds rounded to two digits so that a legend reads well.
 * Zero has a swatch of its own and is left out; fewer distinct values make fewer steps, none make none.
 */
export function quantileSteps(values: readonly (number | null)[], colors: readonly string[] = SEQUENTIAL): Step[] {
  const sorted = values.filter((value) => value !== null && value > 0).sort((a, b) => (a ?? 0) - (b ?? 0)) as number[];
  const last = sorted.at(-1);
  if (last === undefined) return [];
  const bounds = colors.map((_, i) =>
    roundUp(sorted[Math.ceil(((i + 1) * sorted.length) / colors.length) - 1] ?? last),
  );
  return colored(bounds, colors);
}

/** One step up to each distinct bound, its colour as far along the scale as the step is. */
function colored(bounds: readonly number[], colors: readonly string[] = SEQUENTIAL): Step[] {
  const distinct = [...new Set(bounds)];
  return distinct.map((to, i) => ({
    from: distinct[i - 1] ?? 0,
    to,
    color: colors[Math.round((i * (colors.length - 1)) / Math.max(1, distinct.length - 1))] ?? '#999999',
  }));
}

export function colorOf(value: number, steps: readonly Step[]): string {
  return steps.find(({ to }) => value <= to)?.color ?? steps.at(-1)?.color ?? '#eeeeee';
}

function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(12));
}

const SIZES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6 };

/**
 * Bounds as somebody types them: "10k, 50k; 1.5M" or "1,000 5,000". A thousands comma is one only between a digit and
 * exactly three more. Answers what is wrong with them, or rising numbers.
 */
export function parseBreaks(text: string): { breaks: number[] } | { problem: string } {
  const plain = text.replace(/(\d),(?=\d{3}(?!\d))/g, '$1');
  const parts = plain.split(/[\s;,]+/).filter((part) => part !== '');
  if (parts.length === 0) return { problem: 'Type one or more upper bounds, such as 10k, 50k, 200k.' };
  const breaks: number[] = [];
  for (const part of parts) {
    const [, digits, size = ''] = /^\$?(\d+(?:\.\d+)?)([kKmM]?)$/.exec(part) ?? [];
    if (digits === undefined) return { problem: `“${part}” is not a number.` };
    const value = Number(digits) * (SIZES[size.toLowerCase()] ?? 1);
    if (value <= (breaks.at(-1) ?? 0)) return { problem: `Bounds rise from above 0: “${part}” does not.` };
    breaks.push(value);
  }
  if (breaks.length > MOST_BREAKS) return { problem: `At most ${MOST_BREAKS} bounds: more colours look alike.` };
  return { breaks };
}
