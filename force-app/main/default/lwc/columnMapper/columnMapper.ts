import { LightningElement, api } from 'lwc';
import type { ImportWishes, MappingQuestion } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

/** Below this a guess is marked as a mere idea. */
const SURE = 0.7;
const UNUSED = '';

/** Names the columns of a file that no layout knows: a guess to confirm or correct, saved under a name if wanted. */
export default class ColumnMapper extends LightningElement {
  readonly texts = texts;
  private asked: MappingQuestion = { columns: [], fields: [], guess: [], needed: [] };
  /** Field of each column. */
  private fieldOf: Record<string, string> = {};
  private name = '';

  @api get question(): MappingQuestion {
    return this.asked;
  }
  set question(question: MappingQuestion) {
    this.asked = question;
    this.fieldOf = Object.fromEntries(question.guess.map(({ column, field }) => [column, field]));
  }

  get options() {
    return [
      { label: texts.notUsed, value: UNUSED },
      ...this.asked.fields.map(({ field, label }) => ({ label, value: field })),
    ];
  }
  get rows() {
    return this.asked.columns.map(({ column, samples }) => {
      const field = this.fieldOf[column] ?? UNUSED;
      const guess = this.asked.guess.find((one) => one.column === column && one.field === field);
      return {
        column,
        field,
        label: filled(texts.whatHolds, column),
        samples: samples.join(' · '),
        unsure: guess !== undefined && guess.confidence < SURE,
      };
    });
  }
  get openText(): string {
    const taken = new Set(Object.values(this.fieldOf));
    const labels = new Map(this.asked.fields.map(({ field, label }) => [field, label]));
    const open = this.asked.needed.filter((fields) => !fields.some((field) => taken.has(field)));
    const words = open.map((fields) => fields.map((field) => labels.get(field) ?? field).join(' or '));
    return words.length === 0 ? '' : filled(texts.stillNeeded, words.join('; '));
  }
  get isOpen(): boolean {
    return this.openText !== '';
  }

  /** A field has one column: the one that had it before is free again. */
  private pick(event: CustomEvent<{ value: string }>): void {
    const { column = '' } = (event.currentTarget as HTMLElement).dataset;
    const field = event.detail.value;
    const others = Object.entries(this.fieldOf).filter(([name, taken]) => name !== column && taken !== field);
    this.fieldOf = { ...Object.fromEntries(others), ...(field === UNUSED ? {} : { [column]: field }) };
  }
  private takeName(event: CustomEvent<{ value: string }>): void {
    this.name = event.detail.value;
  }
  private confirm(): void {
    const columns = Object.fromEntries(Object.entries(this.fieldOf).map(([column, field]) => [field, column]));
    const saveAs = this.name.trim();
    const detail: ImportWishes = { columns, ...(saveAs === '' ? {} : { saveAs }) };
    this.dispatchEvent(new CustomEvent('confirm', { detail }));
  }
  private cancel(): void {
    this.dispatchEvent(new CustomEvent('cancel'));
  }
}
