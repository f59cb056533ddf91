import { LightningElement, api } from 'lwc';
import { count, download, filled, get, reduceErrors, usd } from 'c/bailiwick';
import type { DemandLine, DemandLines } from 'c/bailiwick';
import { texts } from './texts';

const PAGE = 25;

/** The rows behind a figure: the guarded cells that it is the sum of, biggest first, and its formula. */
export default class FigureRows extends LightningElement {
  readonly texts = texts;
  @api formula = '';

  private asked = '';
  private isOpen = false;
  private offset = 0;
  private answer: DemandLines | null = null;
  private problem = '';

  /** The market and what it is narrowed to, as a query. */
  @api get query(): string {
    return this.asked;
  }
  set query(query: string) {
    if (query === this.asked) return;
    this.asked = query;
    this.offset = 0;
    this.answer = null;
    if (this.isOpen) void this.load();
  }

  get isWaiting(): boolean {
    return this.isOpen && this.answer === null && this.problem === '';
  }
  get hasLines(): boolean {
    return (this.answer?.lines.length ?? 0) > 0;
  }
  get isFirst(): boolean {
    return this.offset === 0;
  }
  get isLast(): boolean {
    return this.offset + PAGE >= (this.answer?.rows ?? 0);
  }
  get countText(): string {
    if (!this.answer) return '';
    const { rows, lines, procedures, opportunityUsd } = this.answer;
    if (rows === 0) return texts.noRowsNothingCountsUnderThisChoice;
    const to = count(this.offset + lines.length);
    return filled(
      texts.rowsOfTogetherProcedures,
      count(this.offset + 1),
      to,
      count(rows),
      count(procedures),
      usd(opportunityUsd),
    );
  }
  get lines() {
    return (this.answer?.lines ?? []).map((line, i) => rowOf(line, i));
  }

  private open(event: Event): void {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (this.isOpen && !this.answer) void this.load();
  }
  private back(): void {
    this.offset = Math.max(0, this.offset - PAGE);
    void this.load();
  }
  private forward(): void {
    this.offset += PAGE;
    void this.load();
  }

  private load(): Promise<void> {
    const { asked, offset } = this;
    return this.guarded(async () => {
      const answer = await get<DemandLines>(`/demand/rows?${asked}&offset=${offset}&limit=${PAGE}`);
      if (asked === this.asked && offset === this.offset) this.answer = answer;
    });
  }
  private save(): void {
    void this.guarded(() => download(`/demand/rows.csv?${this.asked}`, 'demand-rows.csv'));
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = '';
    try {
      await work();
    } catch (error) {
      const { message, action } = reduceErrors(error);
      this.problem = `${message} ${action}`;
    }
  }
}

function rowOf(line: DemandLine, i: number) {
  const where = [line.facility ?? line.facilityId ?? '', line.siteName].filter((part) => part !== '').join(', ');
  return {
    key: String(i),
    zip: line.zip,
    who: line.provider ?? line.providerId ?? line.facility ?? '',
    where,
    what: line.codeName || texts.procedure,
    code: line.code,
    // a guarded count comes as words, never as a number
    services: line.services,
    potential: usd(line.opportunityUsd),
  };
}
