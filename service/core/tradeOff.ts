/** λ of the plans that are asked for, as multiples of the squared distance of today's map: from few changes to none counted. */
export const TRADE_OFF_FACTORS = [10, 1, 0.3, 0.1, 0] as const;
/** Repairs of so many moves stand beside them: the plans that change least. */
export const TRADE_OFF_REPAIRS = [3, 6, 10] as const;

/** Plans are the same to people where less than this share of the weight has another owner. */
const SAME = 0.01;
/** At most this many plans are told apart in one look. */
const MOST_PLANS = 6;
/** Figures this close, as a share, are equal: nobody gives up a plan for less. */
const EQUAL = 0.002;

/** What a plan costs and gives; shares as ratios, travel in hours a year. */
export interface TradeOffFigures {
  readonly onTarget: number;
  readonly accountsShare: number;
  readonly salesShare: number;
  readonly travelHours: number;
  /** Coefficient of variation of the first measure against its targets: 0 is even. */
  readonly spread: number;
}

export interface TradeOffPlan {
  /** How many moves it takes, or nothing for a whole plan. */
  readonly name: string;
  readonly owners: readonly number[];
  readonly figures: TradeOffFigures;
}

/**
 * The plans worth choosing between, fewest changes first: none that another, or the plan as it is (`today`), beats or
 * equals in accounts changing rep, territories on target and travel, no two that differ in less than 1 % of the weight,
 * at most six. Of two near duplicates the one with more territories on target stays, then the one that changes fewer
 * accounts. Empty where nothing does better than `today`.
 */
export function tradeOffs<Candidate extends TradeOffPlan>(
  candidates: readonly Candidate[],
  weight: ArrayLike<number>,
  today: TradeOffFigures,
): Candidate[] {
  const ranked = candidates
    .filter(({ figures }) => !isDominated(figures, today) && !isEqual(figures, today))
    .sort((a, b) => byWorth(a.figures, b.figures));
  const kept: Candidate[] = [];
  for (const plan of ranked) {
    if (kept.some((other) => differingShare(plan.owners, other.owners, weight) < SAME)) continue;
    if (ranked.some((other) => other !== plan && isDominated(plan.figures, other.figures))) continue;
    kept.push(plan);
  }
  while (kept.length > MOST_PLANS) kept.splice(mostCrowded(kept, weight), 1);
  return kept.sort((a, b) => a.figures.accountsShare - b.figures.accountsShare);
}

/** Share of the weight that has another owner in the second plan; 0 without any weight. */
export function differingShare(a: ArrayLike<number>, b: ArrayLike<number>, weight: ArrayLike<number>): number {
  let [differs, all] = [0, 0];
  for (let u = 0; u < weight.length; u++) {
    all += weight[u]!;
    if (a[u] !== b[u]) differs += weight[u]!;
  }
  return all > 0 ? differs / all : 0;
}

function byWorth(a: TradeOffFigures, b: TradeOffFigures): number {
  return b.onTarget - a.onTarget || a.accountsShare - b.accountsShare || a.travelHours - b.travelHours;
}

/** Is the other at least as good in everything, and better in something? */
function isDominated(plan: TradeOffFigures, other: TradeOffFigures): boolean {
  const noWorse =
    other.onTarget >= plan.onTarget &&
    other.accountsShare <= plan.accountsShare + EQUAL &&
    other.travelHours <= plan.travelHours * (1 + EQUAL);
  const better =
    other.onTarget > plan.onTarget ||
    other.accountsShare < plan.accountsShare - EQUAL ||
    other.travelHours < plan.travelHours * (1 - EQUAL);
  return noWorse && better;
}

/** Nothing to choose between: as many on target with as much driving, and nobody changes rep. */
function isEqual(a: TradeOffFigures, b: TradeOffFigures): boolean {
  return (
    a.onTarget === b.onTarget &&
    Math.abs(a.accountsShare - b.accountsShare) <= EQUAL &&
    Math.abs(a.travelHours - b.travelHours) <= b.travelHours * EQUAL
  );
}

/** The plan, first and last aside, whose neighbours in the order of changes are nearest to it. */
function mostCrowded(plans: readonly TradeOffPlan[], weight: ArrayLike<number>): number {
  const order = plans
    .map((_, i) => i)
    .sort((a, b) => plans[a]!.figures.accountsShare - plans[b]!.figures.accountsShare);
  let [least, at] = [Infinity, order[1]!];
  for (let i = 1; i < order.length - 1; i++) {
    const room = differingShare(plans[order[i - 1]!]!.owners, plans[order[i + 1]!]!.owners, weight);
    if (room < least) [least, at] = [room, order[i]!];
  }
  return at;
}

/** Σ over territories of (value ÷ target − 1)², its mean's root: how unevenly one measure lies; 0 without territories. */
export function spreadOf(deviations: readonly number[]): number {
  const finite = deviations.filter((deviation) => Number.isFinite(deviation));
  return finite.length > 0 ? Math.sqrt(finite.reduce((sum, d) => sum + d * d, 0) / finite.length) : 0;
}

/** What stands out about each of the plans to choose from; a plan of a few moves is called so. */
export function namesOf(plans: readonly TradeOffPlan[]): string[] {
  const whole = plans.filter(({ name }) => name === '').map(({ figures }) => figures);
  const most = Math.max(...whole.map(({ onTarget }) => onTarget));
  const gentlest = Math.min(
    ...whole.filter(({ onTarget }) => onTarget === most).map(({ accountsShare }) => accountsShare),
  );
  const nearest = Math.min(...whole.map(({ travelHours }) => travelHours));
  return plans.map(({ name, figures }) => {
    if (name !== '') return name;
    if (figures.onTarget === most && figures.accountsShare === gentlest) return 'Most on target';
    return figures.travelHours === nearest ? 'Least driving' : 'In between';
  });
}
