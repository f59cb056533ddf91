import { LightningElement, api } from 'lwc';
import { filled, get, percent, plural, post, putJson, reduceErrors } from 'c/bailiwick';
import type { BalanceRow, HoursAnswer, HoursParameters, Problem, RoadFit } from 'c/bailiwick';
import { FIELDS, readField, seatRows, withField, withSeat } from './fields';
import { effectOf } from './effect';
import { texts } from './texts';

/** Changes are tried when the hand rests for so long. */
const REST_MS = 350;

/** What the hours of a plan are made of: every figure can be changed, is tried at once, and is saved with the draft. */
export default class HoursPanel extends LightningElement {
  readonly texts = texts;
  private answer: HoursAnswer | null = null;
  private parameters: HoursParameters | null = null;
  private before: BalanceRow[] = [];
  private after: BalanceRow[] | null = null;
  private problem: Problem | null = null;
  private said = '';
  private isSaving = false;
  private isFitting = false;
  private isOpen = false;
  private planIdShown = '';
  private turn = 0;
  private timer = 0;

  @api get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    if (id === this.planIdShown) return;
    this.planIdShown = id;
    this.answer = null;
    if (this.isOpen) void this.load();
  }

  disconnectedCallback(): void {
    this.turn++;
    window.clearTimeout(this.timer);
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get groups() {
    const { parameters } = this;
    if (!parameters) return [];
    return FIELDS.map(({ title, fields }) => ({
      title,
      fields: fields.map((field) => ({ ...field, value: readField(parameters, field) })),
    }));
  }
  get seats() {
    return this.answer && this.parameters ? seatRows(this.answer, this.parameters) : [];
  }
  get isReadOnly(): boolean {
    return !(this.answer?.isDraft ?? false);
  }
  get hasRoads(): boolean {
    return this.answer?.hasRoads ?? false;
  }
  get effect() {
    return effectOf(this.before, this.after ?? this.before);
  }
  get hasQuotas(): boolean {
    return this.effect.quotas.length > 0;
  }
  get cannotSave(): boolean {
    return this.isSaving || this.isReadOnly || this.after === null;
  }

  /** Nothing is read before somebody looks. */
  private open(event: Event): void {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (this.isOpen && !this.answer) void this.load();
  }
  /** What was typed is not lost by a failure. */
  private retry(): void {
    if (this.answer) void this.preview();
    else void this.load();
  }

  private takeField(event: Event): void {
    const { value, dataset } = event.target as HTMLInputElement;
    if (this.parameters) this.tryOut(withField(this.parameters, dataset.field ?? '', Number(value)));
  }
  private takeSeat(event: Event): void {
    const { value, dataset } = event.target as HTMLInputElement;
    const field = dataset.field as 'fte' | 'leaveWeeks' | 'quotaUsd';
    const number = field === 'quotaUsd' && value === '' ? null : Number(value);
    if (this.parameters) this.tryOut(withSeat(this.parameters, dataset.id ?? '', { [field]: number }));
  }
  private reset(): void {
    if (this.answer && this.parameters)
      this.tryOut({ ...this.answer.defaults, seats: withoutLeave(this.parameters.seats) });
  }

  /** What the routing server says of this plan's ways becomes a figure to look at; it is saved like any other. */
  private async fit(): Promise<void> {
    const { parameters } = this;
    if (!parameters) return;
    this.isFitting = true;
    this.problem = null;
    try {
      const { travel } = parameters;
      const found = await post<RoadFit>(`/insights/${this.planIdShown}/parameters/roads`, { travel });
      this.tryOut(withField(parameters, 'travel.circuity', found.circuity));
      const [after, before] = [percent(found.errorAfter), percent(found.errorBefore)];
      this.said = filled(texts.fitted, found.circuity, plural(found.ways, texts.ways), after, before);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isFitting = false;
  }

  private tryOut(parameters: HoursParameters): void {
    this.parameters = parameters;
    this.said = '';
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.preview(), REST_MS);
  }

  private async preview(): Promise<void> {
    const turn = ++this.turn;
    this.problem = null;
    try {
      const path = `/insights/${this.planIdShown}/parameters/preview`;
      const { territories } = await post<{ territories: BalanceRow[] }>(path, { parameters: this.parameters });
      if (turn === this.turn) this.after = territories;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }

  private async save(): Promise<void> {
    this.isSaving = true;
    this.problem = null;
    try {
      const body = { version: this.answer?.version, parameters: this.parameters };
      await putJson<{ version: number }>(`/insights/${this.planIdShown}/parameters`, body);
      await this.load();
      this.said = texts.savedWithTheDraftItHoldsFor;
      this.dispatchEvent(new CustomEvent('hourssaved'));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isSaving = false;
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    this.problem = null;
    if (!this.planIdShown) return;
    try {
      const path = `/insights/${this.planIdShown}`;
      const [answer, { territories }] = await Promise.all([
        get<HoursAnswer>(`${path}/parameters`),
        get<{ territories: BalanceRow[] }>(`${path}/balance`),
      ]);
      if (turn !== this.turn) return;
      [this.answer, this.parameters, this.before, this.after] = [answer, answer.parameters, territories, null];
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }
}

/** The defaults know full seats; quotas are nobody's default and stay. */
const withoutLeave = (seats: HoursParameters['seats']): HoursParameters['seats'] =>
  Object.fromEntries(Object.entries(seats).map(([id, { quotaUsd }]) => [id, { fte: 1, leaveWeeks: 0, quotaUsd }]));
