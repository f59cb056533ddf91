/** plan.json: everything that `check` needs to prove the plan; no dates, so that the same inputs give the same bytes. */
export interface PlanFile {
  /** Σ p·d² + λ·(moved share), in km². */
  readonly objective: number;
  /** No plan inside the target ranges at these centres has a smaller objective: LB(prices). */
  readonly bound: number;
  /** objective ÷ bound − 1; null unless every territory is inside its target range. */
  readonly gap: number | null;
  readonly boundKind: 'box-dual';
  /**
   * The part of the gap that contiguity costs: what the cheapest territory that borders each unit costs above the
   * cheapest of all at the prices, summed, ÷ bound; null where no gap is told.
   */
  readonly contiguity: number | null;
  /** What the target ranges cost at least: LB(prices) ÷ LB(no prices) − 1; null where nothing is to compare with. */
  readonly corridorPrice: number | null;
  readonly disruption: PlanDisruption;
  readonly centers: Readonly<Record<string, readonly [number, number]>>;
  readonly prices: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly measures: readonly PlanMeasure[];
  readonly totals: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly outside: readonly { readonly territory: string; readonly cause: string; readonly proof: boolean }[];
  /** Pairs added to make the map one piece. */
  readonly bridges: readonly (readonly [string, string])[];
  /** Units of which overrides.csv gives accounts to other territories. */
  readonly splits: readonly string[];
  /** The rules kept, as their lines read. */
  readonly rules: readonly string[];
  readonly effort: number;
  readonly seed: number;
  /** Steps done; a plan taken early says so. */
  readonly steps: number;
  readonly stopped: boolean;
  readonly engineVersion: string;
  readonly inputHash: string;
}

export interface PlanMeasure {
  readonly name: string;
  readonly tolerance: number;
  readonly targets: Readonly<Record<string, number>>;
}

export interface PlanDisruption {
  /** Weight of what changes territory against squared distance, in km². */
  readonly lambda: number;
  /** Where λ comes from: a multiple of today's spread, or the request. */
  readonly preset: Preset | 'given' | 'none';
  /** Share of the weight p that is not with today's territory. */
  readonly moved: number;
}

/** λ as a multiple of Σ p·d² of today's map at its own centres. */
export const PRESETS = { fewestChanges: 30, balanced: 0.3, cleanSlate: 0 } as const;

export type Preset = keyof typeof PRESETS;

/** An objective below this is rounding of places: every unit lies at its centre. In km². */
export const NEGLIGIBLE_KM2 = 1e-9;
