import { BY_QUANTILE, stepsOf, type Classing, type Step } from './classes.ts';
import type { Units } from './geographyData.ts';

/** A number of each unit, to colour by. */
export interface MeasurePaint {
  /** What it is, such as "Market potential". */
  readonly label: string;
  readonly unit: 'usd' | 'count' | 'hours';
  /** What is counted, such as "procedures"; empty for dollars and hours. */
  readonly noun?: string;
  /** Null where this user may not see it. */
  readonly values: readonly (number | null)[];
  readonly suppressed: readonly (number | boolean | null)[];
  readonly noData: readonly (number | boolean | null)[];
  readonly classing?: Classing;
  /** False where units of a county must not be added up, as a provider may work in several. */
  readonly isAdditive?: boolean;
  /** Set where the values are those of each unit's county. */
  readonly isByCounty?: boolean;
}

const steps = new WeakMap<readonly unknown[], Map<string, Step[]>>();

/** The classes of a measure, worked out once for the same values. */
export function measureSteps({ values, classing = BY_QUANTILE }: MeasurePaint): Step[] {
  const cut = steps.get(values) ?? new Map<string, Step[]>();
  steps.set(values, cut);
  const key = JSON.stringify(classing);
  const found = cut.get(key) ?? stepsOf(values, classing);
  cut.set(key, found);
  return found;
}

interface CountyIndex {
  readonly of: readonly number[];
  readonly count: number;
}
const indices = new WeakMap<readonly string[], CountyIndex>();
const ofCounties = new WeakMap<MeasurePaint, MeasurePaint>();

/** The same measure by county: every unit has the value of its county, classes are cut over counties. Null where it cannot be added up. */
export function byCounty(measure: MeasurePaint, { counties }: Pick<Units, 'counties'>): MeasurePaint | null {
  if (measure.isAdditive === false) return null;
  const earlier = ofCounties.get(measure);
  if (earlier) return earlier;
  const { of, count } = countyIndex(counties);
  const totals = new Array<number | null>(count).fill(null);
  const isSuppressed = new Array<boolean>(count).fill(false);
  const hasData = new Array<boolean>(count).fill(false);
  of.forEach((county, unit) => {
    const value = measure.values[unit] ?? null;
    if (value !== null) totals[county] = (totals[county] ?? 0) + value;
    if (measure.suppressed[unit]) isSuppressed[county] = true;
    if (!measure.noData[unit]) hasData[county] = true;
  });
  const { classing = BY_QUANTILE } = measure;
  const cuts = stepsOf(totals, classing);
  const values = of.map((county) => totals[county] ?? null);
  steps.set(values, new Map([[JSON.stringify(classing), cuts]]));
  const made: MeasurePaint = {
    ...measure,
    classing,
    values,
    suppressed: of.map((county) => isSuppressed[county] ?? false),
    noData: of.map((county) => !hasData[county]),
    isByCounty: true,
  };
  ofCounties.set(measure, made);
  return made;
}

function countyIndex(counties: readonly string[]): CountyIndex {
  const earlier = indices.get(counties);
  if (earlier) return earlier;
  const numbers = new Map<string, number>();
  const of = counties.map((county) => {
    const number = numbers.get(county) ?? numbers.size;
    numbers.set(county, number);
    return number;
  });
  const made = { of, count: numbers.size };
  indices.set(counties, made);
  return made;
}
