import { LightningElement, api } from 'lwc';
import { count, filled, post, reduceErrors } from 'c/bailiwick';
import type { Correction } from 'c/bailiwick';
import { needsNote, REASONS, reasonText } from './reasons';
import { texts } from './texts';

/** Highest percentage that the service takes: more is a slip. */
const MAX_PERCENT = { volume: 10_000, access: 100 } as const;

/** Corrects the volume of a provider or facility, or limits the access to it. */
export default class CorrectionForm extends LightningElement {
  readonly texts = texts;
  @api recordKey = '';
  @api name = '';
  @api kind: Correction['kind'] = 'volume';
  /** Procedures a year that claims show. */
  @api procedures = 0;

  private share = '';
  private reason = '';
  private note = '';
  private problem = '';
  private isBusy = false;

  get title(): string {
    return this.kind === 'volume'
      ? filled(texts.correctTheVolumeOf, this.name)
      : filled(texts.accessToIsLimited, this.name);
  }
  get about(): string {
    if (this.kind === 'access') return texts.theMarketPotentialCountsByThis;
    if (this.procedures === 0) return texts.theMarketsClaimsDoNotShowItA;
    const shown = filled(texts.claimsShowProceduresAYear, count(this.procedures));
    const factor = this.factor;
    if (factor === null) return filled(texts.n140Means40MoreThanThat0ThatItDoes, shown);
    return filled(texts.thisMakesItThePotentialChanges, shown, count(this.procedures * factor));
  }
  get shareLabel(): string {
    return this.kind === 'volume' ? texts.percentOfWhatClaimsShow : texts.percentThatCanBeReached;
  }
  get maxPercent(): number {
    return MAX_PERCENT[this.kind];
  }
  get reasons() {
    return REASONS[this.kind].map((reason) => ({ label: reason, value: reason }));
  }
  get noteLabel(): string {
    return needsNote(this.reason) ? texts.whichOne : texts.noteMayStayEmpty;
  }
  get factor(): number | null {
    const value = Number(this.share);
    if (this.share.trim() === '' || !Number.isFinite(value)) return null;
    return value >= 0 && value <= this.maxPercent ? value / 100 : null;
  }
  get missing(): string {
    if (this.factor === null) return filled(texts.giveAPercentageFrom0To, count(this.maxPercent));
    if (this.reason === '') return texts.chooseAReason;
    return reasonText(this.reason, this.note) === '' ? texts.sayTheReasonInAFewWords : '';
  }
  get cannotSave(): boolean {
    return this.isBusy || this.missing !== '';
  }

  private takeShare(event: CustomEvent<{ value: string }>): void {
    this.share = String(event.detail.value);
  }
  private takeReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }
  private takeNote(event: CustomEvent<{ value: string }>): void {
    this.note = event.detail.value;
  }
  private cancel(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  private async save(): Promise<void> {
    if (this.cannotSave) return;
    [this.isBusy, this.problem] = [true, ''];
    try {
      const body = { kind: this.kind, factor: this.factor, reason: reasonText(this.reason, this.note) };
      const detail = await post<Correction>(`/registry/${this.recordKey}/corrections`, body);
      this.dispatchEvent(new CustomEvent('saved', { detail }));
    } catch (error) {
      const { message, action } = reduceErrors(error);
      this.problem = `${message} ${action}`;
    } finally {
      this.isBusy = false;
    }
  }
}
