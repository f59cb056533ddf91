import { LightningElement, api } from 'lwc';
import { filled, isFinished, percent, post, propose, reduceErrors } from 'c/bailiwick';
import type { Problem, Proposal, ProposalResult } from 'c/bailiwick';
import { handedOver, newArea } from './handedOver';
import type { WhatIfRequest } from './request';
import { texts } from './texts';

/** A change of who is there, computed on a plan as it stands; it can be kept as a draft, and the plan stays as it is. */
export default class WhatIf extends LightningElement {
  readonly texts = texts;
  @api planId = '';
  @api version = 0;

  private asked: WhatIfRequest | null = null;
  private proposal: Proposal | null = null;
  private problem: Problem | null = null;
  private saved = '';
  private isSaving = false;
  private isStopped = false;
  private shouldScroll = false;
  private turn = 0;

  /** Begins another computation; the one before is forgotten. */
  @api run(request: WhatIfRequest): void {
    this.asked = request;
    void this.start();
  }

  /** The answer stands below what was asked: it comes into sight once. */
  renderedCallback(): void {
    if (!this.shouldScroll) return;
    this.shouldScroll = false;
    this.template?.querySelector('.try')?.scrollIntoView?.({ block: 'nearest' });
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isRunning(): boolean {
    return this.proposal?.state === 'running' || this.proposal?.state === 'queued';
  }
  get result(): ProposalResult | null {
    return this.proposal?.result ?? null;
  }
  get title(): string {
    return this.asked?.title ?? '';
  }
  get isShown(): boolean {
    return this.asked !== null;
  }
  get progressValue(): number {
    return Math.round((this.proposal?.progress?.share ?? 0) * 100);
  }
  get progressText(): string {
    const progress = this.proposal?.progress;
    return progress
      ? filled(texts.ofInBothRangesSoFar, percent(progress.share), progress.onTarget, progress.territories)
      : texts.waitingForItsTurn;
  }
  get homeText(): string {
    const { added } = this.result ?? {};
    return added ? filled(texts.bestHome, added.place, added.zip) : '';
  }
  get givers() {
    return this.result ? handedOver(this.result) : [];
  }
  get hasGivers(): boolean {
    return this.givers.length > 0;
  }
  get giversHead(): string {
    return this.result?.added ? texts.whoGivesUpWhat : texts.whoTakesOverWhat;
  }
  get effectText(): string {
    const { onTargetBefore = 0, onTargetAfter = 0, accountsShare = 0, salesShare = 0, after = [] } = this.result ?? {};
    const worst = after.reduce((most, { utilization }) => Math.max(most, utilization), 0);
    return filled(
      texts.inBothTargetRangesOfTheBusiestThen,
      onTargetBefore,
      onTargetAfter,
      after.length,
      percent(worst),
      percent(accountsShare),
      percent(salesShare),
    );
  }
  get canSave(): boolean {
    return this.saved === '';
  }

  private async start(): Promise<void> {
    const turn = ++this.turn;
    const { asked } = this;
    if (!asked) return;
    [this.problem, this.saved, this.isStopped] = [null, '', false];
    this.proposal = { id: '', state: 'queued', progress: null, error: null, result: null };
    this.show(null);
    try {
      const { task, rules = {} } = asked;
      const body = { alignmentId: this.planId, version: this.version, keepUnits: [], limits: null };
      await propose(
        { ...body, preset: 'fewestChanges', task, rules },
        {
          started: (id) => (this.isStopped ? this.stop(id) : undefined),
          isWanted: () => turn === this.turn && this.proposal !== null,
          seen: (proposal) => this.take(proposal),
        },
      );
    } catch (error) {
      if (turn !== this.turn) return;
      this.problem = reduceErrors(error);
      this.proposal = null;
    }
  }

  private take(proposal: Proposal): void {
    this.proposal = proposal;
    if (proposal.error) this.problem = { code: 'failed', ...proposal.error };
    if (isFinished(proposal) && !proposal.result) this.proposal = null;
    if (proposal.result) this.show(proposal.result);
  }

  /** The plan goes onto the map, the new territory outlined. */
  private show(result: ProposalResult | null): void {
    this.tell('proposal', result);
    const area = result && newArea(result);
    this.tell('pockets', area ? [area] : []);
    if (area) this.tell('show', { units: [...area.units] });
    this.shouldScroll = result !== null;
  }
  private tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  private async cancel(): Promise<void> {
    this.isStopped = true;
    if (this.proposal?.id) await this.stop(this.proposal.id);
  }
  private async stop(id: string): Promise<void> {
    await post(`/proposals/${id}/cancel`).catch((error: unknown) => (this.problem = reduceErrors(error)));
  }

  private async save(): Promise<void> {
    this.isSaving = true;
    try {
      const name = this.title.slice(0, 80);
      const { id } = await post<{ id: string }>(`/proposals/${this.proposal?.id}/draft`, { name });
      this.saved = filled(texts.savedAsTheDraftNothingInSalesforce, name);
      this.tell('planopened', { value: id });
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isSaving = false;
  }

  private discard(): void {
    this.turn++;
    [this.asked, this.proposal, this.saved, this.problem] = [null, null, '', null];
    this.show(null);
  }
}
