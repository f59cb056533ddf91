import type { Random } from '../random.ts';
import { beginAnew, type Started } from './anew.ts';
import { begin } from './begin.ts';
import { Best } from './best.ts';
import { Energy } from './energy.ts';
import { lightenRegion, shapeRegion, solveRegion, type Turn } from './neighbourhood.ts';
import { Plan } from './plan.ts';
import { polish } from './polish.ts';
import { isFromToday, type EngineOptions } from './problem.ts';
import { groupsOf, isMost, regionsHandedOver, regionsWithin } from './regions.ts';
import { COLD, EDGE, FROZEN, gripFor, HOT, LUKEWARM, MANY, MARGIN, shapeChainsFor, triesFor } from './schedule.ts';
import { reshape } from './reshape.ts';
import { costsOf, risenMost } from './risen.ts';
import { anneal } from './search.ts';
import { sharingProblem, type Way } from './sharing.ts';

/** Part of the first search where there are many territories. */
const MANY_PART = 0.4;
/** From this part of a search from nothing on it aims less and less inside the ranges. */
const SETTLING = 0.3;
/** Rounds over the regions that are still off target, and borders between what is off and what is solved again with it, by turns. */
const ROUNDS = 20;
const HOPS = 4;
/** From today's map most is off by little: the first round tries less. */
const FIRST_PART = 0.5;
/** A round that brings less than this, as `Energy.outside`, was in vain; so many in a row are the last. */
const VAIN = 0.01;
const VAIN_ROUNDS = 12;
const VAIN_ROUNDS_OF_TODAY = 7;
const VAIN_ROUNDS_OF_A_PART = 5;
/** Regions that are begun anew for shape, the starts that are tried on each, and what part of the effort each is worth. */
const ANEW_ROUNDS = 2;
const ANEW_STARTS = 3;
const ANEW_EFFORT = 0.2;
/** Borders more after each turn of all widths in vain: where territories stand in a row, as on a coast, little is near. */
const FURTHER = 2;
/** Territories that are searched for shape together. */
const SHAPE_SIZE = 20;

export interface ImproveOptions extends Omit<EngineOptions, 'seed'> {
  readonly random: Random;
  /** Prices of the transport problem (measure * k + territory), as shares of the totals in km². */
  readonly prices?: Float64Array;
  /** Is this a part of a map, which is only searched from where it is? */
  readonly isPart?: boolean | undefined;
}

/** Part of the progress that a phase stands for. */
export type Span = readonly [number, number];

/** One round over regions. */
interface Round extends Pick<Turn, 'effort' | 'turn' | 'inVain'> {
  readonly phase: string;
  readonly span: Span;
}

/** The phases on one plan, each from the best plan so far. */
export class Improvement {
  steps = 0;
  readonly energy: Energy;
  /** What each territory costs in distance after the search over the whole plan. */
  private searched: Float64Array;
  private readonly plan: Plan;
  private readonly best: Best;
  private readonly options: ImproveOptions;
  private readonly tries: number;

  constructor(plan: Plan, options: ImproveOptions) {
    this.plan = plan;
    this.options = options;
    this.energy = new Energy(plan, options.prices);
    this.best = new Best(plan, this.energy);
    this.searched = costsOf(plan);
    this.tries = triesFor(plan, options.effort);
  }

  /** Territories off target in the best plan. */
  off(): number {
    return this.plan.k - this.best.onTarget;
  }

  /** The search over the whole plan. */
  search(start: number, [from, to]: Span): void {
    if (this.stop()) return;
    this.steps += anneal(this.plan, this.energy, {
      tries: this.plan.k > MANY ? this.tries * MANY_PART : this.tries,
      start,
      end: COLD,
      ...gripFor(this.plan, this.options.isPart),
      random: this.options.random,
      after: (share) => {
        this.best.keep();
        this.aim(share);
        this.report('balance', from + (to - from) * share);
        return this.stop();
      },
    });
    this.best.restore();
    this.searched = costsOf(this.plan);
  }

  /**
   * A range a little narrower than it is settles sooner, but at its full width there is more to choose from: the search
   * begins with the one and ends with the other, unless targets move with the owners.
   */
  private aim(share: number): void {
    const { reserve, isDrifting } = this.energy;
    if (share <= SETTLING || isDrifting || this.plan.k > MANY || isFromToday(this.plan.problem)) return;
    const least = Math.min(MARGIN, Math.max(EDGE, reserve));
    this.energy.aim(MARGIN + ((least - MARGIN) * (share - SETTLING)) / (1 - SETTLING));
  }

  /** Regions off target are solved again, turn by turn. */
  mend([from, to]: Span, part: number): void {
    if (this.options.effort === 0) return;
    const most = this.steps + part * this.tries;
    const step = (to - from) / ROUNDS;
    const fromToday = isFromToday(this.plan.problem);
    const mostInVain = fromToday ? VAIN_ROUNDS_OF_TODAY : this.options.isPart ? VAIN_ROUNDS_OF_A_PART : VAIN_ROUNDS;
    let inVain = 0;
    for (
      let turn = 0;
      turn < ROUNDS && inVain < mostInVain && this.off() > 0 && !this.stop() && this.steps < most;
      turn++
    ) {
      this.best.restore();
      const before = this.best.outside;
      const regions = this.regions(turn, inVain);
      if (turn > 0 && fromToday && isMost(this.plan, regions)) return;
      const effort = this.options.effort * (turn === 0 && fromToday ? FIRST_PART : 1);
      const span: Span = [from + turn * step, from + (turn + 1) * step];
      this.each(regions, solveRegion, { phase: 'squeeze', effort, turn, inVain, span });
      inVain = this.best.outside < before - VAIN ? 0 : inVain + 1;
    }
  }

  /** What is off target with what is around it; further where that was in vain, unless that is most of the map. */
  private regions(turn: number, inVain: number): number[][] {
    const near = 1 + (turn % HOPS);
    const wide = near + FURTHER * Math.floor(inVain / HOPS);
    const hops = isFromToday(this.plan.problem) ? Array.from({ length: wide }, (_, i) => wide - i) : [wide, near];
    return regionsWithin(this.plan, this.energy, hops);
  }

  /** What it took in distance to bring all on target is sought again: where it rose most, regions are begun anew. */
  anew([from, to]: Span): void {
    const { plan, energy, best, stop } = this;
    if (this.options.effort === 0 || plan.k > MANY) return;
    const done = new Set<number>();
    for (let round = 0; round < ANEW_ROUNDS && !stop(); round++) {
      best.restore();
      const region = risenMost(energy, this.searched, done);
      if (!region) return;
      for (const j of region) done.add(j);
      this.report('anew', from + ((to - from) * round) / ANEW_ROUNDS);
      this.steps += beginAnew(plan, energy, region, {
        first: round * ANEW_STARTS,
        count: ANEW_STARTS,
        price: Infinity,
        stop,
        isEnough: () => false,
        solve: (part, start) => this.solvePart(part, start),
      });
      energy.refresh();
      best.keep();
    }
  }

  private solvePart(plan: Plan, start: number): Started {
    const { effort, random } = this.options;
    const how: ImproveOptions = { effort: effort * ANEW_EFFORT, random, shouldStop: this.stop, isPart: true };
    const part = new Improvement(plan, { ...how, prices: begin(plan, start, how) });
    part.search(HOT, [0, 1]);
    part.mend([0, 1], 1);
    part.best.restore();
    return { state: part.best.state, steps: part.steps };
  }

  /** Where everything is on target, chains of moves look for better shape, or on a large map groups of territories do. */
  shape(span: Span): void {
    if (this.options.effort === 0 || this.stop() || this.off() > 0) return;
    this.best.restore();
    const { effort } = this.options;
    const tries = shapeChainsFor(this.plan, effort);
    // regions also draw out of the reserve what stands in it
    if (tries === 0 || this.energy.reserve > 0)
      this.each(groupsOf(this.plan, SHAPE_SIZE), shapeRegion, { phase: 'shape', effort, turn: 0, inVain: 0, span });
    if (tries > 0) this.reshape(tries, span);
  }

  private reshape(tries: number, [from, to]: Span): void {
    this.steps += reshape(this.plan, this.energy, {
      ...{ tries, start: LUKEWARM, end: FROZEN, random: this.options.random },
      after: (share) => {
        this.best.keep();
        this.report('shape', from + (to - from) * share);
        return this.stop();
      },
    });
    this.energy.refresh();
    this.best.keep();
  }

  /**
   * Where not all can be on target: what is off goes to those around it that have room or are off anyway, as long as no
   * fewer are on target. Goes on from the plan as it stands. From today's map that would hand over more for nobody's target.
   */
  share(span: Span, way: Way, part: number): void {
    const { plan, energy, best, stop } = this;
    const { effort, random } = this.options;
    if (effort === 0 || stop() || this.off() === 0 || isFromToday(plan.problem)) return;
    best.adopt();
    // prices of who is given up would go on pulling: all begin anew
    const sharing = new Improvement(new Plan(sharingProblem(energy, way), plan.owner), {
      ...{ effort, random, shouldStop: stop },
      onProgress: ({ phase, share }) => this.report(phase, share),
    });
    const [outside, off] = [sharing.best.outside, this.off()];
    sharing.mend(span, part);
    this.steps += sharing.steps;
    if (sharing.best.outside >= outside) return;
    sharing.best.restore();
    plan.set(sharing.plan.owner);
    energy.refresh();
    if (plan.k - energy.onTarget() > off) best.restore();
    else best.adopt();
  }

  /** From today's map: where most changes rep, the same ranges are sought with less. */
  lighten(span: Span): void {
    const { effort } = this.options;
    if (effort === 0 || this.stop()) return;
    this.best.restore();
    const regions = regionsHandedOver(this.plan);
    this.each(regions, lightenRegion, { phase: 'lighten', effort, turn: 0, inVain: 0, span });
  }

  finish(): void {
    this.best.restore();
    polish(this.plan, this.energy, this.stop);
  }

  report(phase: string, share: number): void {
    this.options.onProgress?.({ phase, share, onTarget: this.best.onTarget, territories: this.plan.k });
  }

  private each(
    regions: readonly (readonly number[])[],
    solve: typeof solveRegion,
    { phase, span: [from, to], ...attempt }: Round,
  ): void {
    const { random, isPart } = this.options;
    const step = (to - from) / regions.length;
    for (const [i, region] of regions.entries()) {
      if (this.stop()) break;
      const report = (share: number) => this.report(phase, from + step * (i + share));
      const how: Turn = { ...attempt, random, isPart, stop: this.stop, report };
      this.steps += solve(this.plan, this.energy, region, how);
    }
    this.energy.refresh();
    this.best.keep();
  }

  private readonly stop = () => this.options.shouldStop?.() ?? false;
}
