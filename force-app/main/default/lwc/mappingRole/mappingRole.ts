import { LightningElement, api } from 'lwc';
import { count, filled } from 'c/bailiwick';
import type { FieldCandidate } from 'c/bailiwick';
import { texts } from './texts';

/** The service takes this many fields a role. */
const MOST_FIELDS = 3;
const NONE = '';
const OTHER = '*';
const SURE = { high: 'sure', medium: 'likely', low: texts.aGuess } as const;

/** One thing that a record can tell, and the field that holds it: candidates with why, sample values, or a name by hand. */
export default class MappingRole extends LightningElement {
  readonly texts = texts;
  /** "account.npi" */
  @api roleName = '';
  @api label = '';
  @api fields: readonly string[] = [];
  @api candidates: readonly FieldCandidate[] = [];
  @api problems: readonly string[] = [];
  private isNaming = -1;
  private isAdding = false;
  private typed = '';

  get slots() {
    const shown = [...this.fields, ...(this.fields.length === 0 || this.isAdding ? [NONE] : [])];
    return shown.map((field, at) => ({
      at: String(at),
      label: at === 0 ? this.label : filled(texts.whereThatIsEmpty, this.label),
      value: this.isNaming === at ? OTHER : field,
      options: this.options(field),
      isNaming: this.isNaming === at,
      evidence: this.evidence(field),
      samples: this.samples(field),
    }));
  }
  get canAdd(): boolean {
    return this.fields.length > 0 && this.fields.length < MOST_FIELDS && !this.isAdding;
  }

  private options(field: string) {
    const known = this.candidates.map((one) => ({
      label: `${one.label} (${one.field}), ${SURE[one.confidence]}`,
      value: one.field,
    }));
    const isOwn = field !== NONE && !known.some(({ value }) => value === field);
    return [
      { label: texts.noSuchField, value: NONE },
      ...known,
      ...(isOwn ? [{ label: field, value: field }] : []),
      { label: texts.anotherField, value: OTHER },
    ];
  }
  private evidence(field: string): string {
    return this.candidates.find((one) => one.field === field)?.reason ?? '';
  }
  private samples(field: string): string {
    const { values = [] } = this.candidates.find((one) => one.field === field) ?? {};
    if (values.length === 0) return '';
    const shown = values.slice(0, 4).map(({ value, count: n }) => (n > 1 ? `${value} (${count(n)})` : value));
    return filled(texts.suchAs, shown.join(', '));
  }

  private pick(event: CustomEvent<{ value: string }>): void {
    const at = Number((event.target as HTMLElement).dataset.at);
    const { value } = event.detail;
    this.isNaming = value === OTHER ? at : -1;
    if (value !== OTHER) this.put(at, value);
  }
  private type(event: CustomEvent<{ value: string }>): void {
    this.typed = event.detail.value.trim();
  }
  private takeTyped(): void {
    if (this.typed !== '' && this.isNaming >= 0) this.put(this.isNaming, this.typed);
    [this.isNaming, this.typed] = [-1, ''];
  }
  private add(): void {
    this.isAdding = true;
  }
  private put(at: number, field: string): void {
    const fields = [...this.fields];
    fields.splice(at, 1, field);
    this.isAdding = false;
    const detail = { role: this.roleName, fields: [...new Set(fields.filter((name) => name !== NONE))] };
    this.dispatchEvent(new CustomEvent('fields', { detail }));
  }
}
