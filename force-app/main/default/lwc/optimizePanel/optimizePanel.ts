import { LightningElement, api } from 'lwc';
import { count, get, percent, plural, poll, post, reduceErrors, usd } from 'c/bailiwick';
import type { Problem, Proposal, ProposalResult } from 'c/bailiwick';

const PRESETS = [
  { label: 'Fewest changes: at most 15 % of accounts and sales change rep', value: 'fewestChanges' },
  { label: 'Balanced: more may change', value: 'balanced' },
  { label: 'Clean slate: forget today’s lines', value: 'cleanSlate' },
];
const MEASURES = [
  { name: 'workloadHours', tolerance: 0.1 },
  { name: 'potentialUsd', tolerance: 0.15 },
];
const LIMITS = { accountsShare: 0.15, salesShare: 0.15 };
const SEED = 1;
const FINAL = new Set(['done', 'cancelled', 'failed']);

/** Computes better territories: a preset, progress with numbers, a sentence a move, reject and solve again. */
export default class OptimizePanel extends LightningElement {
  @api planId = '';
  @api version = 0;

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

  private preset = 'fewestChanges';
  private proposal: Proposal | null = null;
  private problem: Problem | null = null;
  private rejected: string[] = [];
  private isAccepting = false;
  private isStopped = false;
  private isGone = false;

  disconnectedCallback(): void {
    this.isGone = true;
  }

  get presetOptions() {
    return PRESETS;
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
  get heading(): string {
    return this.isIdle ? 'Or let it compute' : this.isRunning ? 'Computing' : 'A computed plan';
  }
  get progressValue(): number {
    return Math.round((this.proposal?.progress?.share ?? 0) * 100);
  }
  get progressText(): string {
    const progress = this.proposal?.progress;
    if (!progress) return 'Waiting for its turn…';
    return `${percent(progress.share)} · ${progress.onTarget} of ${progress.territories} in both ranges so far`;
  }
  get summary(): string {
    const { result } = this;
    if (!result) return '';
    const changed = `${percent(result.accountsShare)} of accounts and ${percent(result.salesShare)} of sales change rep`;
    const how = this.isStopped ? 'Stopped early; the best plan so far: ' : '';
    return `${how}${result.onTargetBefore} → ${result.onTargetAfter} of ${result.after.length} in range in both hours and potential; ${changed}.`;
  }
  get rejectedText(): string {
    return this.rejected.length > 0 ? `${plural(this.rejected.length, 'ZIP')} kept where they are, as you asked.` : '';
  }
  get moves() {
    return (this.result?.moves ?? []).map((move, i) => ({
      key: `${i}`,
      title: `${move.fromName ?? 'Nobody'} → ${move.toName}`,
      sentence: move.sentence,
      note: `${plural(move.units.length, 'ZIP')} · ${plural(Math.round(move.accounts), 'account')} · ${count(move.workloadHours)} h · ${usd(move.potentialUsd)}`,
      label: `Reject the move from ${move.fromName ?? 'nobody'} to ${move.toName}`,
    }));
  }
  get hasMoves(): boolean {
    return this.moves.length > 0;
  }
  get outside() {
    return this.result?.outside ?? [];
  }
  get hasOutside(): boolean {
    return this.outside.length > 0;
  }

  private pickPreset(event: CustomEvent<{ value: string }>): void {
    this.preset = event.detail.value;
  }

  private async start(): Promise<void> {
    if (this.unsaved > 0) {
      this.isWaitingForSave = true;
      this.dispatchEvent(new CustomEvent('savefirst'));
      return;
    }
    this.problem = null;
    this.isStopped = false;
    this.proposal = { id: '', state: 'queued', progress: null, error: null, result: null };
    try {
      const limits = this.preset === 'fewestChanges' ? LIMITS : null;
      const body = {
        alignmentId: this.planId,
        version: this.version,
        preset: this.preset,
        measures: MEASURES,
        limits,
        keepUnits: this.rejected,
        seed: SEED,
      };
      const { id } = await post<{ id: string }>('/proposals', body);
      if (this.isStopped) await this.stop(id);
      await poll(() => get<Proposal>(`/proposals/${id}`), {
        isFinal: ({ state }) => FINAL.has(state),
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
      const { message = 'No proposal was found.', action = 'Try another preset.' } = proposal.error ?? {};
      this.problem = { code: 'failed', message, action };
    }
    if (FINAL.has(proposal.state) && !proposal.result) this.proposal = null;
    if (proposal.result) this.show(proposal.result);
  }

  private show(result: ProposalResult | null): void {
    this.dispatchEvent(new CustomEvent('proposal', { detail: result }));
  }

  private async cancel(): Promise<void> {
    this.isStopped = true;
    if (this.proposal?.id) await this.stop(this.proposal.id);
  }

  private async stop(id: string): Promise<void> {
    await post(`/proposals/${id}/cancel`).catch((error: unknown) => (this.problem = reduceErrors(error)));
  }

  /** A rejected move's ZIPs stay where they are, and everything else is solved again. */
  private async reject(event: Event): Promise<void> {
    this.rejected = [...this.rejected, ...(this.moveOf(event)?.units ?? [])];
    this.show(null);
    await this.start();
  }

  private showMove(event: Event): void {
    const zips = this.moveOf(event)?.units ?? [];
    this.dispatchEvent(new CustomEvent('show', { detail: { zips } }));
  }

  private moveOf(event: Event) {
    return this.result?.moves[Number((event.currentTarget as HTMLElement).dataset.row)];
  }

  private async accept(): Promise<void> {
    this.isAccepting = true;
    try {
      const { owners } = this.result ?? {};
      const path = `/proposals/${this.proposal?.id}/accept`;
      const { version } = await post<{ version: number }>(path, { version: this.version });
      this.proposal = null;
      this.rejected = [];
      this.show(null);
      this.dispatchEvent(new CustomEvent('accepted', { detail: { owners, version } }));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isAccepting = false;
  }

  private dismiss(): void {
    this.proposal = null;
    this.rejected = [];
    this.show(null);
  }
}
