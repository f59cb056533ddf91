import type { Demand, Volume } from './unitInputs.ts';

/**
 * What a manager knows better than the claims about one provider or facility: its yearly procedures times a factor (1.4: claims
 * miss 40 % of what they show; 0: it has closed), or the share of it that can be reached at all.
 */
export interface Correction {
  readonly id: string;
  /** The record that it is about, and every key under which claims may know it. */
  readonly keys: readonly string[];
  readonly kind: 'volume' | 'access';
  /** Ratio: of the procedures for 'volume' (0 or more), of the market potential for 'access' (0 to 1). */
  readonly factor: number;
}

/** What one correction changes, for the list beside the figures. */
export interface CorrectionEffect {
  readonly id: string;
  /** The keys under which claims know it; none where they do not: then nothing changes. */
  readonly keys: readonly string[];
  readonly proceduresBefore: number;
  readonly proceduresAfter: number;
  readonly opportunityUsdBefore: number;
  readonly opportunityUsdAfter: number;
}

const NOTHING: Volume = { procedures: 0, opportunityUsd: 0, involvedProcedures: 0 };

/**
 * Volumes with all corrections applied, in their order: a volume correction scales procedures and potential alike, an access
 * correction the potential alone. All keys of a record change together; each effect is told once, whatever the number of keys.
 */
export function correctedVolumes(
  volumes: ReadonlyMap<string, Volume>,
  corrections: readonly Correction[],
): { volumes: ReadonlyMap<string, Volume>; effects: CorrectionEffect[] } {
  if (corrections.length === 0) return { volumes, effects: [] };
  const result = new Map(volumes);
  const effects = corrections.map((correction): CorrectionEffect => {
    const known = [...new Set(correction.keys)].filter((key) => result.has(key));
    // Two keys of one record may share one volume (an alias) or hold one each (two NPIs of a hospital).
    const distinct = new Map(known.map((key) => [volumes.get(key), result.get(key) ?? NOTHING]));
    const before = added([...distinct.values()]);
    for (const key of known) result.set(key, corrected(result.get(key) ?? NOTHING, correction));
    const after = added([...distinct.values()].map((volume) => corrected(volume, correction)));
    return {
      id: correction.id,
      keys: known,
      proceduresBefore: before.procedures,
      proceduresAfter: after.procedures,
      opportunityUsdBefore: before.opportunityUsd,
      opportunityUsdAfter: after.opportunityUsd,
    };
  });
  return { volumes: result, effects };
}

function corrected({ procedures, opportunityUsd, involvedProcedures }: Volume, { kind, factor }: Correction): Volume {
  const share = kind === 'volume' ? factor : 1;
  return {
    procedures: procedures * share,
    opportunityUsd: opportunityUsd * factor,
    involvedProcedures: involvedProcedures * share,
  };
}

function added(volumes: readonly Volume[]): Volume {
  return volumes.reduce(
    (sum, next) => ({
      procedures: sum.procedures + next.procedures,
      opportunityUsd: sum.opportunityUsd + next.opportunityUsd,
      involvedProcedures: sum.involvedProcedures + next.involvedProcedures,
    }),
    NOTHING,
  );
}

/** Where the corrected volume lies: shares of one correction's potential and procedures by unit index; they add up to 1 or less. */
export type UnitShares = ReadonlyMap<number, number>;

/**
 * Demand of every unit after the corrections: each unit gets its share of what an effect changed, and never falls below zero.
 * What lies outside of the geography changes nothing.
 */
export function correctedDemand<D extends Pick<Demand, 'potentialUsd' | 'procedures'>>(
  demand: D,
  effects: readonly CorrectionEffect[],
  sharesOf: (effect: CorrectionEffect) => UnitShares,
): D {
  if (effects.length === 0) return demand;
  const [potentialUsd, procedures] = [[...demand.potentialUsd], [...demand.procedures]];
  for (const effect of effects) {
    for (const [unit, share] of sharesOf(effect)) {
      add(potentialUsd, unit, share * (effect.opportunityUsdAfter - effect.opportunityUsdBefore));
      add(procedures, unit, share * (effect.proceduresAfter - effect.proceduresBefore));
    }
  }
  return { ...demand, potentialUsd, procedures };
}

function add(vector: number[], unit: number, change: number): void {
  const value = vector[unit];
  if (value !== undefined) vector[unit] = Math.max(0, value + change);
}
