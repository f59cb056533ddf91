import { pieces } from '../contiguity.ts';
import { Nearest } from '../nearest.ts';
import { Energy } from './energy.ts';
import { FREE } from './instance.ts';
import { sharesOfArea } from './passOn.ts';
import type { Plan } from './plan.ts';
import { repair } from './repair.ts';
import { tryStarts, type Start, type Trial } from './trials.ts';

/** A vacancy is worth trials from this part of a mean territory on, and while all together hold not more than so many. */
const LEAST = 0.5;
const MOST = 8;
/** Divisions of each kind that are tried: those by room and those by distance. */
const TRIED = 2;
const LENGTH = { rounds: 2, part: 0.1, again: 3 };

/**
 * Gives units that nobody has, as those of a rep who left, to the territories around them: as much to each as it has room
 * for or can pass on over few borders, or each unit to the nearest. Both are tried, and what hands over least stays.
 * Without a trial, and where little is vacant, each unit goes to the nearest. Returns the moves tried.
 */
export function fillVacancies(plan: Plan, trial: Trial): number {
  const areas = vacantAreas(plan);
  const nearest: Start = () => {
    repair(plan, (u, j) => plan.squaredKm(u, j));
    return areas.flatMap((units) => units.map((u) => plan.owner[u]!));
  };
  const held = areas.reduce((sum, units) => sum + territoriesIn(plan, units), 0);
  if (held === 0 || held > MOST || trial.effort === 0) {
    nearest();
    return 0;
  }
  const byRoom: Start = () => {
    for (const units of areas) divide(plan, units, sharesOfArea(plan, units));
    return nearest();
  };
  return tryStarts(plan, Array<Start[]>(TRIED).fill([byRoom, nearest]).flat(), { trial, ...LENGTH });
}

function vacantAreas(plan: Plan): number[][] {
  const { partOf, fixed } = plan.instance;
  const vacant = [...plan.owner.keys()].filter((u) => plan.owner[u]! < 0 && partOf[u]! < 0 && fixed[u] === FREE);
  return pieces(vacant, plan.problem.neighbors).filter((units) => territoriesIn(plan, units) >= LEAST);
}

/** What units hold, in mean territories. */
function territoriesIn({ weight, k }: Plan, units: readonly number[]): number {
  return k * units.reduce((sum, u) => sum + weight[u]!, 0);
}

/**
 * The area in parts of these shares, each growing from where its territory touches the area: the territory that lacks the
 * largest part of its share takes the unit nearest to there. Nobody takes more than a share; the rest stays vacant.
 */
function divide(plan: Plan, area: readonly number[], shares: ReadonlyMap<number, number>): void {
  const { offsets, targets } = plan.instance;
  const energy = new Energy(plan);
  const isOpen = new Set(area);
  const growths = new Map<number, Growth>();
  for (const [j, share] of shares) if (share > 0) growths.set(j, new Growth(energy, j, share));
  for (const u of area)
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) growths.get(plan.owner[targets[at]!]!)?.touch(u);
  for (const growth of growths.values()) growth.begin();
  for (;;) {
    let [most, next]: [number, Growth | undefined] = [0, undefined];
    for (const growth of growths.values()) if (growth.lacks > most) [most, next] = [growth.lacks, growth];
    if (!next) return;
    const u = next.grow(isOpen);
    if (u !== undefined) isOpen.delete(u);
  }
}

/** What one territory takes of an area. */
class Growth {
  /** The part of its share that it has not; nothing where it cannot grow. */
  lacks = 1;
  private readonly energy: Energy;
  private readonly territory: number;
  private readonly share: number;
  private readonly frontier = new Nearest();
  private readonly touched: number[] = [];
  /** Where it touches the area, in the middle. */
  private readonly middle = new Float64Array(3);

  constructor(energy: Energy, territory: number, share: number) {
    this.energy = energy;
    this.territory = territory;
    this.share = share;
  }

  touch(u: number): void {
    this.touched.push(u);
  }

  begin(): void {
    const { xyz } = this.energy.plan.instance;
    for (const u of this.touched) for (let d = 0; d < 3; d++) this.middle[d]! += xyz[u * 3 + d]! / this.touched.length;
    for (const u of this.touched) this.reach(u);
  }

  /** Takes the open unit at its rim that is nearest to where it began, if there is one. */
  grow(isOpen: ReadonlySet<number>): number | undefined {
    const { plan } = this.energy;
    const { offsets, targets } = plan.instance;
    let u = this.frontier.pop();
    while (u !== undefined && !(isOpen.has(u) && this.energy.allowed(u, this.territory))) u = this.frontier.pop();
    if (u === undefined) {
      this.lacks = 0;
      return undefined;
    }
    plan.move(u, this.territory);
    this.lacks -= plan.weight[u]! / this.share;
    for (let at = offsets[u]!; at < offsets[u + 1]!; at++) this.reach(targets[at]!);
    return u;
  }

  private reach(u: number): void {
    const { plan } = this.energy;
    const { xyz } = plan.instance;
    if (plan.owner[u]! >= 0) return;
    let away = 0;
    for (let d = 0; d < 3; d++) away += (xyz[u * 3 + d]! - this.middle[d]!) ** 2;
    this.frontier.push(u, away);
  }
}
