import { LightningElement, api } from 'lwc';
import { filled, isFinished, percent, post, propose, reduceErrors } from 'c/bailiwick';
import type { ComputeRequest, HeldRow, Problem, Proposal, ProposalResult, ProposedMove } from 'c/bailiwick';
import { texts } from './texts';

/** What the form asks for as it opens. */
const FIRST: ComputeRequest = {
  preset: 'fewestChanges',
  task: { kind: 'balance' },
  limits: { accountsShare: 0.15, salesShare: 0.15 },
  rules: {},
};
const REPAIRS = new Set(['balance', 'repair']);
/** Their ZIPs cannot stay where they are. */
const LEAVING = new Set(['leave', 'removeRep']);

/** Computes better territories: a form, progress with numbers, a plan to read, reject and solve again. */
export default class OptimizePanel extends LightningElement {
  readonly texts = texts;
  @api planId = '';
  @api version = 0;
  /** Territories of the plan: name and CRM id. */
  @api territories: { label: string; value: string }[] = [];

  /** The same by their index, and the accounts that are held by name. */
  @api choices: { label: string; value: string }[] = [];
  @api held: HeldRow[] = [];

  private unsavedNow = 0;
  private isWaitingForSave = false;
  @api
  get unsaved(): number {
    return this.unsavedNow;
  }
  set unsaved(count: number) {
    this.unsavedNow = count;
    if (count > 0 || !this.isWaitingForSave) return;
    this.isWaitingForSave = false;
    // Together with the moves goes the version; it is here after this turn.
    void Promise.resolve().then(() => this.start());
  }

  private request: ComputeRequest | null = FIRST;
  private proposal: Proposal | null = null;
  private problem: Problem | null = null;
  private rejected: string[] = [];
  private forbidden: { unit: string; territory: string }[] = [];
  private isAccepting = false;
  private isStopped = false;
  private isGone = false;

  disconnectedCallback(): void {
    this.isGone = true;
  }

  get isRunning(): boolean {
    return this.proposal?.state === 'running' || this.proposal?.state === 'queued';
  }
  get result(): ProposalResult | null {
    return this.proposal?.result ?? null;
  }
  get isIdle(): boolean {
    return !this.isRunning && !this.result;
  }
  /** The form stays as it was filled in while its plan is looked at. */
  get idleLook(): string {
    return this.isIdle ? 'idle' : 'hidden';
  }
  get heading(): string {
    return this.isIdle ? texts.orLetItCompute : this.isRunning ? texts.computing : texts.aComputedPlan;
  }
  get startLabel(): string {
    return REPAIRS.has(this.request?.task.kind ?? '') ? texts.fixIt : texts.compute;
  }
  get cannotStart(): boolean {
    return this.request === null;
  }
  get progressValue(): number {
    return Math.round((this.proposal?.progress?.share ?? 0) * 100);
  }
  get progressText(): string {
    const progress = this.proposal?.progress;
    if (!progress) return texts.waitingForItsTurn;
    return filled(texts.ofInBothRangesSoFar, percent(progress.share), progress.onTarget, progress.territories);
  }

  private takeRequest(event: CustomEvent<ComputeRequest | null>): void {
    this.request = event.detail;
  }

  private async start(): Promise<void> {
    const { request } = this;
    if (!request) return;
    if (this.unsaved > 0) {
      this.isWaitingForSave = true;
      this.dispatchEvent(new CustomEvent('savefirst'));
      return;
    }
    this.problem = null;
    this.isStopped = false;
    this.proposal = { id: '', state: 'queued', progress: null, error: null, result: null };
    const rules = { ...request.rules, forbidden: this.forbidden };
    const asked = { alignmentId: this.planId, version: this.version, keepUnits: this.rejected, ...request, rules };
    try {
      await propose(asked, {
        started: (id) => (this.isStopped ? this.stop(id) : undefined),
        isWanted: () => !this.isGone && this.proposal !== null,
        seen: (proposal) => this.take(proposal),
      });
    } catch (error) {
      this.problem = reduceErrors(error);
      this.proposal = null;
    }
  }

  private take(proposal: Proposal): void {
    this.proposal = proposal;
    if (proposal.state === 'failed') {
      const { message = texts.noProposalWasFound, action = texts.tryAnotherPreset } = proposal.error ?? {};
      this.problem = { code: 'failed', message, action };
    }
    if (isFinished(proposal) && !proposal.result) this.proposal = null;
    if (proposal.result) this.show(proposal.result);
  }

  private show(result: ProposalResult | null): void {
    this.dispatchEvent(new CustomEvent('proposal', { detail: result }));
  }
  private passDesk(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent('desk', { detail: event.detail }));
  }
  private passShow(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent('show', { detail: event.detail }));
  }

  private async cancel(): Promise<void> {
    this.isStopped = true;
    if (this.proposal?.id) await this.stop(this.proposal.id);
  }

  private async stop(id: string): Promise<void> {
    await post(`/proposals/${id}/cancel`).catch((error: unknown) => (this.problem = reduceErrors(error)));
  }

  /** A rejected move's ZIPs stay where they are, or go to somebody else where their rep leaves; the rest is solved again. */
  private async reject({ detail: { units, toId } }: CustomEvent<ProposedMove>): Promise<void> {
    this.rejected = [...this.rejected, ...units];
    if (LEAVING.has(this.request?.task.kind ?? ''))
      this.forbidden = [...this.forbidden, ...units.map((unit) => ({ unit, territory: toId }))];
    this.show(null);
    await this.start();
  }

  private async accept(): Promise<void> {
    this.isAccepting = true;
    try {
      const { owners, added } = this.result ?? {};
      const path = `/proposals/${this.proposal?.id}/accept`;
      const { version } = await post<{ version: number }>(path, { version: this.version });
      this.proposal = null;
      this.forgetRejected();
      this.show(null);
      // a plan with a new territory is opened afresh: the draft in the browser does not know it
      this.dispatchEvent(new CustomEvent('accepted', { detail: { owners: added ? null : owners, version } }));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isAccepting = false;
  }

  /** Single moves are steps of the hand: the draft takes them, and the plan is put away. */
  private acceptSome({ detail }: CustomEvent<ProposedMove[]>): void {
    const moves = detail.map(({ units, toId }) => ({ zips: [...units], toId }));
    this.dismiss();
    this.dispatchEvent(new CustomEvent('desk', { detail: { do: 'takeMoves', moves } }));
  }

  private dismiss(): void {
    this.proposal = null;
    this.forgetRejected();
    this.show(null);
  }

  private forgetRejected(): void {
    this.rejected = [];
    this.forbidden = [];
  }
}
