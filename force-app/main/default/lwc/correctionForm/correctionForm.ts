import { LightningElement, api } from 'lwc';
import { count, post, reduceErrors } from 'c/bailiwick';
import type { Correction } from 'c/bailiwick';
import { needsNote, REASONS, reasonText } from './reasons';

/** Highest percentage that the service takes: more is a slip. */
const MAX_PERCENT = { volume: 10_000, access: 100 } as const;

/** Corrects the volume of a provider or facility, or limits the access to it. */
export default class CorrectionForm extends LightningElement {
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
    return this.kind === 'volume' ? `Correct the volume of ${this.name}` : `Access to ${this.name} is limited`;
  }
  get about(): string {
    if (this.kind === 'access')
      return 'The market potential counts by this share; procedures stay. 0 is no access at all, 100 all of it.';
    if (this.procedures === 0)
      return 'The market’s claims do not show it: a percentage of nothing changes nothing until they do.';
    const shown = `Claims show ${count(this.procedures)} procedures a year.`;
    const factor = this.factor;
    if (factor === null) return `${shown} 140 means 40 % more than that, 0 that it does nothing any more.`;
    return `${shown} This makes it ${count(this.procedures * factor)}; the potential changes alike.`;
  }
  get shareLabel(): string {
    return this.kind === 'volume' ? 'Percent of what claims show' : 'Percent that can be reached';
  }
  get maxPercent(): number {
    return MAX_PERCENT[this.kind];
  }
  get reasons() {
    return REASONS[this.kind].map((reason) => ({ label: reason, value: reason }));
  }
  get noteLabel(): string {
    return needsNote(this.reason) ? 'Which one' : 'Note (may stay empty)';
  }
  get factor(): number | null {
    const value = Number(this.share);
    if (this.share.trim() === '' || !Number.isFinite(value)) return null;
    return value >= 0 && value <= this.maxPercent ? value / 100 : null;
  }
  get missing(): string {
    if (this.factor === null) return `Give a percentage from 0 to ${count(this.maxPercent)}.`;
    if (this.reason === '') return 'Choose a reason.';
    return reasonText(this.reason, this.note) === '' ? 'Say the reason in a few words.' : '';
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
