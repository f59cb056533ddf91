import { LightningElement, api } from 'lwc';
import { addressLine, count, filled, get, keysLine, kindChoices, kindWord, reduceErrors } from 'c/bailiwick';
import type { FoundRecords, Problem } from 'c/bailiwick';
import { texts } from './texts';

const PAGE = 10;
/** Typing pauses this long before the service is asked. */
const PAUSE_MS = 250;

/** Finds providers and facilities by name, NPI, CCN or city, and tells the one that is picked by its key. */
export default class RegistrySearch extends LightningElement {
  readonly texts = texts;
  @api label = texts.findAProviderOrFacility;
  /** What a pick means, put before the name for people who listen; empty where it opens the record. */
  @api pickLabel = '';

  private text = '';
  private kind = '';
  private offset = 0;
  private found: FoundRecords | null = null;
  private problem: Problem | null = null;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private known = 0;

  /** What to look for at first. */
  @api get start(): string {
    return this.text;
  }
  set start(text: string) {
    this.text = text;
    this.ask(0);
  }
  /** Changes when there may be more to find. */
  @api get stamp(): number {
    return this.known;
  }
  set stamp(stamp: number) {
    this.known = stamp;
    this.ask(0);
  }

  disconnectedCallback(): void {
    this.turn++;
    clearTimeout(this.timer);
  }

  get kinds() {
    return [{ label: texts.everyKind, value: '' }, ...kindChoices];
  }
  get countText(): string {
    if (!this.found) return '';
    const { total, records } = this.found;
    if (total === 0) return texts.nothingIsFoundCheckTheSpellingOr;
    return filled(texts.of, count(this.offset + 1), count(this.offset + records.length), count(total));
  }
  get rows() {
    return (this.found?.records ?? []).map((record) => ({
      key: record.key,
      name: record.name || record.key,
      label: `${this.pickLabel} ${record.name || record.key}`.trim(),
      where: `${kindWord(record.kind)} · ${addressLine(record.address, record)}`,
      ids: keysLine(record),
    }));
  }
  get hasPages(): boolean {
    return (this.found?.total ?? 0) > PAGE;
  }
  get isFirst(): boolean {
    return this.offset === 0;
  }
  get isLast(): boolean {
    return this.offset + PAGE >= (this.found?.total ?? 0);
  }

  private takeText(event: CustomEvent<{ value: string }>): void {
    this.text = event.detail.value;
    this.ask(PAUSE_MS);
  }
  private takeKind(event: CustomEvent<{ value: string }>): void {
    this.kind = event.detail.value;
    this.ask(0);
  }
  private back(): void {
    this.offset = Math.max(0, this.offset - PAGE);
    void this.load();
  }
  private forward(): void {
    this.offset += PAGE;
    void this.load();
  }
  private pick(event: Event): void {
    const detail = (event.currentTarget as HTMLElement).dataset['key'];
    this.dispatchEvent(new CustomEvent('pick', { detail }));
  }

  /** Asks from the first page on, once however often it is called. */
  private ask(afterMs: number): void {
    this.offset = 0;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), afterMs);
  }

  /** Only the newest question is answered; without words there is nothing to find. */
  private async load(): Promise<void> {
    const turn = ++this.turn;
    const { offset } = this;
    const q = this.text.trim();
    this.problem = null;
    if (q === '' && this.kind === '') {
      this.found = null;
      return;
    }
    const query = new URLSearchParams({ q, offset: String(offset), limit: String(PAGE) });
    if (this.kind !== '') query.set('kind', this.kind);
    try {
      const found = await get<FoundRecords>(`/registry/search?${query}`);
      if (turn === this.turn) this.found = found;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}
