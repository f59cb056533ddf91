import { LightningElement, api } from 'lwc';
import { count, filled, isFinished, percent, post, propose, reduceErrors } from 'c/bailiwick';
import type { Problem, Proposal, TradeOff } from 'c/bailiwick';
import { axes, dots, HEIGHT, WIDTH, type Upright } from './picture';
import { texts } from './texts';

const LETTERS = 'ABCDEFGH';
const UPRIGHTS: readonly { value: Upright; label: string }[] = [
  { value: 'onTarget', label: texts.onTarget },
  { value: 'travelHours', label: texts.driving },
];

/** Plans between fewest changes and best balance: a small picture, a table, and one to take into the draft. */
export default class TradeOffPicker extends LightningElement {
  readonly texts = texts;
  @api planId = '';
  @api version = 0;

  private proposal: Proposal | null = null;
  private problem: Problem | null = null;
  private upright: Upright = 'onTarget';
  private chosen = -1;
  private isTaking = false;
  private isStopped = false;
  private isGone = false;

  readonly uprights = UPRIGHTS;
  readonly viewBox = `0 0 ${WIDTH} ${HEIGHT}`;

  disconnectedCallback(): void {
    this.isGone = true;
  }

  get isRunning(): boolean {
    return this.proposal?.state === 'running' || this.proposal?.state === 'queued';
  }
  get tradeOff(): TradeOff | null {
    return this.proposal?.tradeOff ?? null;
  }
  get isIdle(): boolean {
    return !this.isRunning && !this.tradeOff;
  }
  get progressValue(): number {
    return Math.round((this.proposal?.progress?.share ?? 0) * 100);
  }
  get progressText(): string {
    const share = this.proposal?.progress?.share ?? 0;
    return filled(texts.severalPlansAreComputedOneAfterThe, percent(share));
  }
  private get points() {
    const { today, plans } = this.tradeOff ?? { today: null, plans: [] };
    const named = plans.map((plan, i) => ({ ...plan, letter: LETTERS[i] ?? '' }));
    return today ? [{ ...today, letter: texts.now, name: texts.theDraftAsItIs }, ...named] : [];
  }
  get dots() {
    return dots(this.points, this.upright).map((dot, i) => ({
      ...dot,
      row: i - 1,
      look: i === 0 ? 'dot dot-now' : i - 1 === this.chosen ? 'dot dot-on' : 'dot',
    }));
  }
  get axes() {
    const { x, y, ...places } = axes(this.points, this.upright);
    return { ...places, xLow: '0 %', xHigh: percent(x[1] ?? 0), yLow: count(y[0] ?? 0), yHigh: count(y[1] ?? 0) };
  }
  get pictureText(): string {
    const what = this.upright === 'onTarget' ? texts.onTarget2 : texts.hoursOfDriving;
    const all = this.points.map((plan) =>
      filled(texts.ofAccounts, plan.letter, percent(plan.accountsShare), count(plan[this.upright]), what),
    );
    return filled(texts.accountsChangingRepAgainst, what, all.join('; '));
  }
  get rows() {
    return this.points.slice(1).map((plan, i) => ({
      key: `${i}`,
      letter: plan.letter,
      label: `${plan.letter} · ${plan.name}`,
      onTarget: count(plan.onTarget),
      accounts: percent(plan.accountsShare),
      sales: percent(plan.salesShare),
      travel: count(plan.travelHours),
      isChosen: i === this.chosen,
      look: i === this.chosen ? 'on' : '',
    }));
  }
  get uprightText(): string {
    const all = this.tradeOff?.territories ?? 0;
    return this.upright === 'onTarget'
      ? filled(texts.territoriesOnTargetOf, all)
      : texts.hoursOfDrivingAYearLessIsBetter;
  }
  get hasNone(): boolean {
    return this.tradeOff !== null && this.tradeOff.plans.length === 0;
  }
  get chosenText(): string {
    const plan = this.points[this.chosen + 1];
    if (this.chosen < 0 || !plan) return texts.pickAPlanToSeeItOnTheMap;
    return filled(texts.hoursLieAroundTheirTargetsOn, plan.letter, percent(plan.spread));
  }
  get cannotTake(): boolean {
    return this.isTaking || this.chosen < 0;
  }

  private pickUpright(event: CustomEvent<Upright>): void {
    this.upright = event.detail;
  }

  private async start(): Promise<void> {
    this.problem = null;
    this.isStopped = false;
    this.chosen = -1;
    this.proposal = { id: '', state: 'queued', progress: null, error: null, result: null };
    const asked = { alignmentId: this.planId, version: this.version, keepUnits: [], limits: null, rules: {} };
    try {
      await propose(
        { ...asked, preset: 'balanced', task: { kind: 'tradeOff' } },
        {
          started: (id) => (this.isStopped ? this.stop(id) : undefined),
          isWanted: () => !this.isGone && this.proposal !== null,
          seen: (proposal) => this.take(proposal),
        },
      );
    } catch (error) {
      this.problem = reduceErrors(error);
      this.proposal = null;
    }
  }

  private take(proposal: Proposal): void {
    this.proposal = proposal;
    if (proposal.error) this.problem = { code: 'failed', ...proposal.error };
    if (isFinished(proposal) && !proposal.tradeOff) this.proposal = null;
  }

  private async cancel(): Promise<void> {
    this.isStopped = true;
    if (this.proposal?.id) await this.stop(this.proposal.id);
  }
  private async stop(id: string): Promise<void> {
    await post(`/proposals/${id}/cancel`).catch((error: unknown) => (this.problem = reduceErrors(error)));
  }

  private pick(event: Event): void {
    const row = Number((event.currentTarget as HTMLElement).dataset.row);
    const plan = this.tradeOff?.plans[row];
    if (!plan) return;
    this.chosen = row;
    this.dispatchEvent(new CustomEvent('look', { detail: { owners: plan.owners } }));
  }

  private async accept(): Promise<void> {
    this.isTaking = true;
    try {
      const { owners } = this.tradeOff?.plans[this.chosen] ?? {};
      const path = `/proposals/${this.proposal?.id}/accept`;
      const { version } = await post<{ version: number }>(path, { version: this.version, plan: this.chosen });
      this.discard();
      this.dispatchEvent(new CustomEvent('accepted', { detail: { owners, version } }));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isTaking = false;
  }

  private discard(): void {
    this.proposal = null;
    this.chosen = -1;
    this.dispatchEvent(new CustomEvent('look', { detail: null }));
  }
}
