import { LightningElement, api } from 'lwc';
import { count, filled, percent, plural, usd } from 'c/bailiwick';
import type { HeldRow, ProposalResult as Result, ProposedMove } from 'c/bailiwick';
import { boundsView } from './boundsView';
import { heldText } from './heldText';
import { texts } from './texts';

/** Does anybody notice: an account, or an hour of work? */
const isFelt = ({ accounts, workloadHours }: ProposedMove) => accounts > 0 || workloadHours >= 0.5;

/** A computed plan to read: what it gains, a sentence a move, what stays off target and why. Rejecting and taking are told upwards. */
export default class ProposalResult extends LightningElement {
  readonly texts = texts;
  private shown: Result | null = null;
  /** Another plan begins with all its moves chosen. */
  @api
  get result(): Result | null {
    return this.shown;
  }
  set result(result: Result | null) {
    if (result !== this.shown) this.left = new Set();
    this.shown = result;
  }
  /** Moves that are not to be taken. */
  private left: ReadonlySet<number> = new Set();
  /** Accounts held by name; their ZIPs as this plan has them. */
  @api held: HeldRow[] = [];
  /** ZIPs kept where they are because their move was rejected. */
  @api rejected = 0;
  @api isStopped = false;
  @api isBusy = false;

  get summary(): string {
    const { result } = this;
    if (!result) return '';
    const pipeline =
      typeof result.pipelineShare === 'number'
        ? ` ${filled(texts.andOfOpenPipeline, percent(result.pipelineShare))}`
        : '';
    const changed = filled(
      texts.ofAccountsAndOfSalesChangeRep,
      percent(result.accountsShare),
      percent(result.salesShare),
      pipeline,
    );
    const how = this.isStopped ? `${texts.stoppedEarlyTheBestPlanSoFar} ` : '';
    const [was, is] = [result.before.length, result.after.length];
    const of = was === is ? '' : ` ${filled(texts.of, was)}`;
    return filled(
      texts.ofInRangeInBothHoursAndPotential,
      how,
      result.onTargetBefore,
      of,
      result.onTargetAfter,
      is,
      changed,
    );
  }
  get rejectedText(): string {
    return this.rejected > 0 ? filled(texts.keptWhereTheyAreAsYouAsked, plural(this.rejected, texts.zip)) : '';
  }
  get heldLines() {
    return this.held.map((row, i) => ({ key: `${i}`, text: heldText(row) }));
  }
  get notes(): string[] {
    const { counties, notes = [] } = this.result ?? {};
    return [
      ...(counties ? [filled(texts.countiesInMoreThanOneTerritory, counties.before, counties.after)] : []),
      ...notes,
    ];
  }
  get bounds() {
    return boundsView(this.result?.bounds ?? []);
  }
  get added(): string {
    const { added } = this.result ?? {};
    if (!added) return '';
    const givers = added.givers.map(({ name, accounts }) => `${name} ${count(accounts)}`).join(', ');
    return filled(texts.bestCentreAccountsGivenBy, added.name, added.place, added.zip, givers || 'nobody');
  }
  /** Moves that people feel; what only tidies an outline is counted below them. */
  get moves() {
    const told = (this.result?.moves ?? []).map((move, i) => ({ move, i })).filter(({ move }) => isFelt(move));
    return told.map(({ move, i }) => ({
      key: `${i}`,
      title: `${move.fromName ?? texts.nobody} → ${move.toName}`,
      sentence: move.sentence,
      note: `${plural(move.units.length, texts.zip)} · ${plural(Math.round(move.accounts), texts.account)} · ${count(move.workloadHours)} h · ${usd(move.potentialUsd)}`,
      isTaken: !this.left.has(i),
      takeLabel: filled(texts.takeTheMoveFromTo, move.fromName ?? texts.nobody2, move.toName),
      label: filled(texts.rejectTheMoveFromTo, move.fromName ?? texts.nobody2, move.toName),
    }));
  }
  get hasMoves(): boolean {
    return (this.result?.moves ?? []).length > 0;
  }
  get tidied(): string {
    const quiet = (this.result?.moves ?? []).filter((move) => !isFelt(move));
    const zips = quiet.reduce((sum, { units }) => sum + units.length, 0);
    return zips > 0 ? filled(texts.besidesWithoutAccountsOrWorkChange, plural(zips, texts.zip)) : '';
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

  /** A plan with a territory more is taken as a whole or not at all. */
  get canChoose(): boolean {
    return !this.result?.added && this.result?.before.length === this.result?.after.length;
  }
  private get felt(): number {
    return (this.result?.moves ?? []).filter(isFelt).length;
  }
  get acceptLabel(): string {
    const taken = this.felt - this.left.size;
    return this.left.size === 0
      ? texts.acceptIntoTheDraft
      : filled(texts.acceptOf, taken, plural(this.felt, texts.move));
  }
  get cannotAccept(): boolean {
    return this.isBusy || (this.left.size > 0 && this.left.size === this.felt);
  }
  get partText(): string {
    return this.left.size > 0 ? texts.onlyTheChosenMovesGoIntoTheDraftAs : '';
  }

  private choose(event: Event): void {
    const { checked, dataset } = event.target as HTMLInputElement;
    const left = new Set(this.left);
    if (checked) left.delete(Number(dataset.row));
    else left.add(Number(dataset.row));
    this.left = left;
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
    const moves = (this.result?.moves ?? []).filter((move, i) => isFelt(move) && !this.left.has(i));
    const isPart = this.left.size > 0;
    this.dispatchEvent(isPart ? new CustomEvent('acceptsome', { detail: moves }) : new CustomEvent('accept'));
  }
  private discard(): void {
    this.dispatchEvent(new CustomEvent('discard'));
  }
}
