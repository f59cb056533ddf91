import { LightningElement, api } from 'lwc';
import type { ClassRule } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

const CLASSES = [
  { name: 'physician', label: 'Physicians' },
  { name: 'facility', label: 'Facilities' },
  { name: 'parent', label: texts.parentsHealthSystems },
];

/** Which records are physicians, facilities and parents: by the values of a field, such as the record type. */
export default class MappingClasses extends LightningElement {
  readonly texts = texts;
  @api classes: Readonly<Record<string, readonly ClassRule[]>> = {};
  @api guessed: readonly { name: string; rule: ClassRule; reason: string }[] = [];
  @api problems: readonly string[] = [];

  get lists() {
    return CLASSES.map(({ name, label }) => {
      const rules = this.classes[name] ?? [];
      const guess = this.guessed.find((one) => one.name === name);
      return {
        name,
        label,
        isEmpty: rules.length === 0,
        addLabel: filled(texts.addARuleFor, label.toLowerCase()),
        reason: guess?.reason ?? '',
        rules: rules.map(({ field, values }, at) => ({
          key: `${name}-${at}`,
          at: String(at),
          field,
          values: values.join(', '),
          fieldLabel: filled(texts.fieldThatTells, label.toLowerCase()),
          removeLabel: filled(texts.removeTheRuleOn, field),
        })),
      };
    });
  }

  private add(event: Event): void {
    const { name = '' } = (event.currentTarget as HTMLElement).dataset;
    const guess = this.guessed.find((one) => one.name === name);
    const rule = guess?.rule ?? { field: 'RecordType.DeveloperName', values: [''] };
    this.change(name, [...(this.classes[name] ?? []), rule]);
  }
  private remove(event: Event): void {
    const { name = '', at } = (event.currentTarget as HTMLElement).dataset;
    this.change(
      name,
      (this.classes[name] ?? []).filter((_, i) => i !== Number(at)),
    );
  }
  private setField(event: Event): void {
    this.set(event, ({ values }, text) => ({ field: text, values }));
  }
  private setValues(event: Event): void {
    this.set(event, ({ field }, text) => ({ field, values: text.split(',').map((value) => value.trim()) }));
  }
  private set(event: Event, make: (rule: ClassRule, text: string) => ClassRule): void {
    const input = event.target as HTMLInputElement;
    const { name = '', at } = input.dataset;
    const rules = (this.classes[name] ?? []).map((rule, i) =>
      i === Number(at) ? make(rule, input.value.trim()) : rule,
    );
    this.change(name, rules);
  }
  private change(name: string, rules: readonly ClassRule[]): void {
    this.dispatchEvent(new CustomEvent('classes', { detail: { ...this.classes, [name]: rules } }));
  }
}
