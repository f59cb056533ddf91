import { LightningElement, api } from 'lwc';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';
import { filled, post, reduceErrors } from 'c/bailiwick';
import type { Correction } from 'c/bailiwick';
import { correctionWords } from './words';
import { texts } from './texts';

/** Corrections with reason, date and effect; one in force can be ended. */
export default class CorrectionRows extends LightningElement {
  readonly texts = texts;
  @api corrections: readonly Correction[] = [];
  /** Whether each is named, with a way to its record. */
  @api isNamed = false;

  private asked = '';
  private reason = '';
  private problem = '';
  private isBusy = false;

  get rows() {
    return this.corrections.map((correction) => {
      const { id, key, name, endedAt } = correction;
      const words = correctionWords(correction);
      const isAsked = this.asked === id;
      return {
        id,
        key,
        name: name || key,
        ...words,
        canOpen: this.isNamed,
        isAsked,
        canEnd: canReassign === true && endedAt === null && !isAsked,
        endLabel: filled(texts.endIt2, name || key, words.what),
      };
    });
  }

  private open(event: Event): void {
    const detail = (event.currentTarget as HTMLElement).dataset['key'];
    this.dispatchEvent(new CustomEvent('open', { detail }));
  }
  private ask(event: Event): void {
    this.asked = (event.currentTarget as HTMLElement).dataset['id'] ?? '';
    this.reason = '';
  }
  private leave(): void {
    this.asked = '';
  }
  private takeReason(event: CustomEvent<{ value: string }>): void {
    this.reason = event.detail.value;
  }

  private async end(): Promise<void> {
    [this.isBusy, this.problem] = [true, ''];
    try {
      const reason = this.reason.trim();
      await post(`/registry/corrections/${this.asked}/end`, { reason: reason === '' ? null : reason });
      this.asked = '';
      this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      const { message, action } = reduceErrors(error);
      this.problem = `${message} ${action}`;
    } finally {
      this.isBusy = false;
    }
  }
}
