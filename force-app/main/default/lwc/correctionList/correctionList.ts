import { LightningElement } from 'lwc';
import { count, download, filled, get, reduceErrors } from 'c/bailiwick';
import type { Correction, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** Everything that was corrected, ended ones too, newest first, and as a file. */
export default class CorrectionList extends LightningElement {
  readonly texts = texts;
  private corrections: Correction[] | null = null;
  private problem: Problem | null = null;

  connectedCallback(): void {
    void this.load();
  }

  get isWaiting(): boolean {
    return this.corrections === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.corrections?.length === 0;
  }
  get hasAny(): boolean {
    return (this.corrections?.length ?? 0) > 0;
  }
  get countText(): string {
    const all = this.corrections ?? [];
    const ended = all.filter(({ endedAt }) => endedAt !== null).length;
    return filled(texts.inForceEnded, count(all.length - ended), count(ended));
  }

  private passOpen(event: CustomEvent<string>): void {
    this.dispatchEvent(new CustomEvent('open', { detail: event.detail }));
  }
  private load(): Promise<void> {
    return this.guarded(async () => {
      this.corrections = (await get<{ corrections: Correction[] }>('/registry/corrections')).corrections;
    });
  }
  private save(): Promise<void> {
    return this.guarded(() => download('/registry/corrections.csv', 'corrections.csv'));
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}
