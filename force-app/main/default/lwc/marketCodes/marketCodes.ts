import { LightningElement, api } from 'lwc';
import type { CodeRule, MarketCode } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

/** More rows than this are found by name, not by scrolling. */
const SHOWN = 40;
const RULES: { label: string; value: CodeRule }[] = [
  { label: texts.procedure, value: 'procedure' },
  { label: texts.addOnNotCounted, value: 'addOn' },
  { label: texts.revenueOnly, value: 'revenueOnly' },
];
const CODE = /^[A-Z0-9]{2,12}(\s*(-|–|\.\.)\s*[A-Z0-9]{2,12})?$/i;

/** Which codes a market counts, how each counts, and what one of it is worth. Hands back whole lists of codes. */
export default class MarketCodes extends LightningElement {
  readonly texts = texts;
  @api codes: MarketCode[] = [];

  private wanted = '';
  private added = '';
  private problem = '';

  get title(): string {
    return filled(texts.codesCount, this.codes.length);
  }
  get rules() {
    return RULES;
  }
  get rows() {
    return this.found.slice(0, SHOWN).map((one) => ({
      ...one,
      title: one.name || one.family || one.code,
      note: one.name || one.family ? `${one.code}${one.family && one.name ? ` · ${one.family}` : ''}` : '',
      ruleLabel: filled(texts.howCounts, one.code),
      valueLabel: filled(texts.dollarsForOne, one.code),
      removeLabel: filled(texts.remove2, one.code),
    }));
  }
  get more(): string {
    const rest = this.found.length - SHOWN;
    return rest > 0 ? filled(texts.moreFindThemByCodeNameOrFamily, rest) : '';
  }

  private get found(): MarketCode[] {
    const words = this.wanted.toLowerCase();
    return this.codes.filter(({ code, name, family }) => `${code} ${name} ${family}`.toLowerCase().includes(words));
  }

  private find(event: CustomEvent<{ value: string }>): void {
    this.wanted = event.detail.value;
  }
  private takeAdded(event: CustomEvent<{ value: string }>): void {
    this.added = event.detail.value;
  }

  private pickRule(event: CustomEvent<{ value: CodeRule }>): void {
    this.change(event, { rule: event.detail.value });
  }
  private pickValue(event: CustomEvent<{ value: string }>): void {
    const text = String(event.detail.value ?? '').trim();
    const value = Number(text);
    if (text === '' || (Number.isFinite(value) && value >= 0))
      this.change(event, { valueUsd: text === '' ? null : value });
  }
  private change(event: Event, part: Partial<MarketCode>): void {
    const { code } = (event.currentTarget as HTMLElement).dataset;
    this.say(this.codes.map((one) => (one.code === code ? { ...one, ...part } : one)));
  }

  private remove(event: Event): void {
    const { code } = (event.currentTarget as HTMLElement).dataset;
    this.say(this.codes.filter((one) => one.code !== code));
  }

  private add(): void {
    const code = this.added.trim().toUpperCase();
    this.problem = '';
    if (!CODE.test(code)) this.problem = texts.aCodeHasLettersAndDigitsOnlyARange;
    else if (this.codes.some((one) => one.code === code)) this.problem = filled(texts.isInTheListAlready, code);
    else {
      this.added = '';
      this.say([{ code, name: '', family: '', rule: 'procedure', valueUsd: null }, ...this.codes]);
    }
  }

  private say(codes: MarketCode[]): void {
    this.dispatchEvent(new CustomEvent('codes', { detail: codes }));
  }
}
