import type { BailiwickMap, ColorBy, Demand, GeographyData, Paint } from 'c/bailiwick';
import { deviationsOf } from './mapWords';
import { utilizations, type WorkingPlan } from './workingPlan';
import type { Bars } from './planBoard';

/** What the units are coloured by; a difference is territories where only what changed has colour. */
export type Coloring = ColorBy | 'difference';

/** What is painted. */
export interface Canvas {
  readonly shown: WorkingPlan;
  readonly owners: readonly number[];
  readonly bars: Bars;
  readonly isMarket: boolean;
  readonly colorBy: Coloring;
  readonly selected: number | null;
  /** Owners before, in the indices of the plan shown; null where nothing is compared. */
  readonly before: readonly number[] | null;
  readonly demand: Demand | null;
  /** A territory more than the plan has. */
  readonly isAdding: boolean;
}

/** Chooses colours for a plan as it is opened, keeps them while it is edited, and for the team where they can stay. */
export class Painter {
  private readonly map: BailiwickMap;
  private readonly geography: GeographyData;
  private colors: number[] = [];
  private team = '';

  constructor(map: BailiwickMap, geography: GeographyData) {
    this.map = map;
    this.geography = geography;
  }

  choose({ plan, draft }: WorkingPlan): void {
    const known = plan.teamId === this.team ? this.colors : [];
    this.colors = this.colorsOf(draft.owners, plan.territories.length, known);
    this.team = plan.teamId;
  }

  paintOf({ shown, owners, bars, isMarket, colorBy, selected, before, demand, isAdding }: Canvas): Paint {
    const isDifference = colorBy === 'difference' && !isMarket;
    const ghost = before?.some((owner, unit) => owner !== owners[unit]) ? before : null;
    return {
      colorBy: isMarket ? 'demand' : colorBy === 'difference' ? 'territory' : colorBy,
      owners,
      colors: isAdding ? this.colorsOf(owners, Math.max(...owners) + 1, this.colors) : this.colors,
      utilization: utilizations(bars),
      deviation: deviationsOf(bars),
      plan: shown.plan,
      vacant: shown.plan.territories.flatMap((territory, i) => (territory?.vacant ? [i] : [])),
      demand: demandOf(shown, isMarket ? demand : null),
      focus: isMarket || isDifference ? null : selected,
      ghost,
      changedFrom: isDifference ? before : null,
    };
  }

  /** Neighbours never share one; what has a colour keeps it. */
  private colorsOf(owners: readonly number[], count: number, known: readonly number[]): number[] {
    const { core } = this.map;
    return core.territoryColors(core.touchingTerritories(owners, count, this.geography.units.neighbors), known);
  }
}

function demandOf({ inputs }: WorkingPlan, demand: Demand | null) {
  if (!demand) return { values: inputs.inputs.potentialUsd, suppressed: [], noData: [] };
  const { opportunityUsd, procedures, total, suppressed, noData, change } = demand;
  // A file without money still shows where the work is.
  const inProcedures = total.opportunityUsd === 0;
  const values = inProcedures ? procedures : opportunityUsd;
  return { values, inProcedures, suppressed, noData, change: change ?? null };
}
