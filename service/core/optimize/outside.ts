import type { Figures } from './figures.ts';
import type { FileGround } from './fileProblem.ts';
import type { Proof } from './impossible.ts';

/** A territory outside its range: how far, why, and the smallest relaxation that helps. */
export interface Outside {
  readonly territory: string;
  readonly cause: string;
  /** True only where a proof forbids every plan inside the ranges; else the cause is a price. */
  readonly proof: boolean;
}

interface Found {
  readonly figures: Figures;
  readonly proofs: readonly Proof[];
  /** Territory of each unit. */
  readonly owners: ArrayLike<number>;
}

/** Every territory that is off target in some measure, in territory order. */
export function outsideOf(ground: FileGround, { figures, proofs, owners }: Found): Outside[] {
  const k = ground.roster.names.length;
  const off = new Map<number, number[]>();
  for (const at of figures.outside) off.set(at % k, [...(off.get(at % k) ?? []), Math.floor(at / k)]);
  return [...off]
    .sort(([a], [b]) => a - b)
    .map(([j, measures]) => {
      const deviations = measures.map((m) => deviation(ground, figures, { m, j }));
      const proof = proofs.find(
        ({ territory, units }) =>
          territory === j || (territory === null && (units.length === 0 || units.some((u) => owners[u] === j))),
      );
      const held = `${deviations.map(({ relax }) => relax).join(' and ')} would hold it`;
      const why = proof
        ? `impossible: ${proof.sentence}; ${proof.relax}; ${held}`
        : `a price: the search found nothing nearer with this effort; ${held}`;
      return {
        territory: ground.roster.names[j]!,
        cause: `${deviations.map(({ text }) => text).join(', ')}: ${why}.`,
        proof: proof !== undefined,
      };
    });
}

function deviation({ measures, ranges, roster }: FileGround, { loads }: Figures, { m, j }: { m: number; j: number }) {
  const { name, tolerance } = measures[m]!;
  const at = m * roster.names.length + j;
  const ratio = ranges.target[at]! > 0 ? loads[at]! / ranges.target[at]! - 1 : 0;
  const text = `${name} ${ratio > 0 ? '+' : '−'}${(Math.abs(ratio) * 100).toFixed(1)} % of target`;
  // inside the tolerance only a rule min or max can be broken
  const byRule = Math.abs(ratio) <= tolerance;
  const relax = byRule
    ? `a ${ratio > 0 || loads[at]! > ranges.high[at]! ? 'max' : 'min'} of ${loads[at]!.toPrecision(6)} on ${name}`
    : `±${(Math.ceil(Math.abs(ratio) * 1000 - 1e-6) / 10).toFixed(1)} % on ${name}`;
  return { text, relax };
}
