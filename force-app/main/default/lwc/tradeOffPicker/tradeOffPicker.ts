import { LightningElement, api } from 'lwc';
import { count, isFinished, percent, post, propose, reduceErrors } from 'c/bailiwick';
import type { Problem, Proposal, TradeOff } from 'c/bailiwick';
import { axes, dots, HEIGHT, WIDTH, type Upright } from './picture';

const LETTERS = 'ABCDEFGH';
const UPRIGHTS: readonly { value: Upright; label: string }[] = [
  { value: 'onTarget', label: 'On target' },
  { value: 'travelHours', label: 'Driving' },
];

/** Plans between fewest changes and best balance: a small picture, a table, and one to take into the draft. */
export default class TradeOffPicker extends LightningElement {
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
    return `${percent(share)} · several plans are computed one after the other`;
  }
  private get points() {
    const { today, plans } = this.tradeOff ?? { today: null, plans: [] };
    const named = plans.map((plan, i) => ({ ...plan, letter: LETTERS[i] ?? '' }));
    return today ? [{ ...today, letter: 'Now', name: 'The draft as it is' }, ...named] : [];
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
    const what = this.upright === 'onTarget' ? 'on target' : 'hours of driving';
    const all = this.points.map(
      (plan) => `${plan.letter}: ${percent(plan.accountsShare)} of accounts, ${count(plan[this.upright])} ${what}`,
    );
    return `Accounts changing rep against ${what}. ${all.join('; ')}.`;
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
    return this.upright === 'onTarget' ? `territories on target, of ${all}` : 'hours of driving a year, less is better';
  }
  get hasNone(): boolean {
    return this.tradeOff !== null && this.tradeOff.plans.length === 0;
  }
  get chosenText(): string {
    const plan = this.points[this.chosen + 1];
    if (this.chosen < 0 || !plan) return 'Pick a plan to see it on the map.';
    return `${plan.letter}: hours lie ±${percent(plan.spread)} around their targets on average; dashed lines on the map are the draft’s borders.`;
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
