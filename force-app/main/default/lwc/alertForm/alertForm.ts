import { LightningElement, api } from 'lwc';
import { day, filled, get, putJson, reduceErrors } from 'c/bailiwick';
import type { AlertRules, Alerts, Problem } from 'c/bailiwick';
import { texts } from './texts';

/** Who is told that the plan drifts, and when: thresholds and quiet days. The ways are those of automatic sync. */
export default class AlertForm extends LightningElement {
  readonly texts = texts;
  @api planId = '';

  private answer: Alerts | null = null;
  private rules: AlertRules | null = null;
  private problem: Problem | null = null;
  private said = '';

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get percents() {
    const { workload = 0, potential = 0 } = this.rules ?? {};
    return { workload: String(Math.round(workload * 100)), potential: String(Math.round(potential * 100)) };
  }
  get waysText(): string {
    const { ways = [], toldAt = null } = this.answer ?? {};
    const how = ways.length > 0 ? filled(texts.toldBy, ways.join(' and ')) : texts.nobodyIsToldYetSetAWebhookOrUsers;
    return toldAt ? filled(texts.toldLastOn, how, day(toldAt)) : how;
  }

  private open(event: Event): void {
    if ((event.currentTarget as HTMLDetailsElement).open && !this.answer) void this.load();
  }
  private toggle(event: CustomEvent<{ checked: boolean }>): void {
    this.change({ isOn: event.detail.checked });
  }
  private takeShare(event: Event): void {
    const { value, dataset } = event.target as HTMLInputElement;
    this.change({ [dataset.field ?? '']: Number(value) / 100 });
  }
  private takeNumber(event: Event): void {
    const { value, dataset } = event.target as HTMLInputElement;
    this.change({ [dataset.field ?? '']: Number(value) });
  }
  private change(part: Partial<AlertRules>): void {
    if (this.rules) this.rules = { ...this.rules, ...part };
    this.said = '';
  }

  private async load(): Promise<void> {
    this.problem = null;
    try {
      this.answer = await get<Alerts>(`/insights/${this.planId}/alerts`);
      this.rules = this.answer.rules;
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
  private async save(): Promise<void> {
    this.problem = null;
    try {
      this.answer = await putJson<Alerts>(`/insights/${this.planId}/alerts`, { ...this.rules });
      this.rules = this.answer.rules;
      this.said = texts.saved;
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}
