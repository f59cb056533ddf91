import { LightningElement, api } from 'lwc';
import { count, percent, plural, usd } from 'c/bailiwick';
import type { ProposalResult as Result, ProposedMove } from 'c/bailiwick';

/** Does anybody notice: an account, or an hour of work? */
const isFelt = ({ accounts, workloadHours }: ProposedMove) => accounts > 0 || workloadHours >= 0.5;

/** A computed plan to read: what it gains, a sentence a move, what stays off target and why. Rejecting and taking are told upwards. */
export default class ProposalResult extends LightningElement {
  @api result: Result | null = null;
  /** ZIPs kept where they are because their move was rejected. */
  @api rejected = 0;
  @api isStopped = false;
  @api isBusy = false;

  get summary(): string {
    const { result } = this;
    if (!result) return '';
    const pipeline =
      typeof result.pipelineShare === 'number' ? ` and ${percent(result.pipelineShare)} of open pipeline` : '';
    const changed = `${percent(result.accountsShare)} of accounts and ${percent(result.salesShare)} of sales${pipeline} change rep`;
    const how = this.isStopped ? 'Stopped early; the best plan so far: ' : '';
    const [was, is] = [result.before.length, result.after.length];
    const of = was === is ? '' : ` of ${was}`;
    return `${how}${result.onTargetBefore}${of} → ${result.onTargetAfter} of ${is} in range in both hours and potential; ${changed}.`;
  }
  get rejectedText(): string {
    return this.rejected > 0 ? `${plural(this.rejected, 'ZIP')} kept where they are, as you asked.` : '';
  }
  get notes(): string[] {
    const { counties, notes = [] } = this.result ?? {};
    return [
      ...(counties ? [`Counties in more than one territory: ${counties.before} → ${counties.after}.`] : []),
      ...notes,
    ];
  }
  get added(): string {
    const { added } = this.result ?? {};
    if (!added) return '';
    const givers = added.givers.map(({ name, accounts }) => `${name} ${count(accounts)}`).join(', ');
    return `${added.name}: best centre ${added.place} (${added.zip}). Accounts given by: ${givers || 'nobody'}.`;
  }
  /** Moves that people feel; what only tidies an outline is counted below them. */
  get moves() {
    const told = (this.result?.moves ?? []).map((move, i) => ({ move, i })).filter(({ move }) => isFelt(move));
    return told.map(({ move, i }) => ({
      key: `${i}`,
      title: `${move.fromName ?? 'Nobody'} → ${move.toName}`,
      sentence: move.sentence,
      note: `${plural(move.units.length, 'ZIP')} · ${plural(Math.round(move.accounts), 'account')} · ${count(move.workloadHours)} h · ${usd(move.potentialUsd)}`,
      label: `Reject the move from ${move.fromName ?? 'nobody'} to ${move.toName}`,
    }));
  }
  get hasMoves(): boolean {
    return (this.result?.moves ?? []).length > 0;
  }
  get tidied(): string {
    const quiet = (this.result?.moves ?? []).filter((move) => !isFelt(move));
    const zips = quiet.reduce((sum, { units }) => sum + units.length, 0);
    return zips > 0
      ? `Besides, ${plural(zips, 'ZIP')} without accounts or work change hands to tidy the outlines.`
      : '';
  }
  get outside() {
    return (this.result?.outside ?? []).map(({ territory, cause }, i) => ({
      key: `${i}`,
      text: `${territory}: ${cause}`,
    }));
  }
  get hasOutside(): boolean {
    return this.outside.length > 0;
  }

  private moveOf(event: Event) {
    return this.result?.moves[Number((event.currentTarget as HTMLElement).dataset.row)];
  }
  private showMove(event: Event): void {
    this.dispatchEvent(new CustomEvent('show', { detail: { zips: this.moveOf(event)?.units ?? [] } }));
  }
  private reject(event: Event): void {
    this.dispatchEvent(new CustomEvent('reject', { detail: this.moveOf(event) }));
  }
  private accept(): void {
    this.dispatchEvent(new CustomEvent('accept'));
  }
  private discard(): void {
    this.dispatchEvent(new CustomEvent('discard'));
  }
}
