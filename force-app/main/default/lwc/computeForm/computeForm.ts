import { LightningElement, api } from 'lwc';
import { boundProblem, count, filled, get, usd } from 'c/bailiwick';
import type { BoundRow, ComputeRequest, LimitTotals } from 'c/bailiwick';
import { asked, DEFAULT_FIELDS, inWords, type LimitFields } from './limitFields';
import { PRESETS, TASKS } from './tasks';
import { texts } from './texts';

type Choice = { label: string; value: string };
type Changed = CustomEvent<{ value: string }>;
const ALL = 'all';

/** What should be computed and what must be kept. Tells every change; whoever holds it starts the computation. */
export default class ComputeForm extends LightningElement {
  readonly texts = texts;
  @api planId = '';
  /** Territories of the plan: name and CRM id. */
  @api territories: Choice[] = [];

  private kind = 'balance';
  private preset = 'fewestChanges';
  private moves = '5';
  private territory = '';
  private other = '';
  private fields: LimitFields = { ...DEFAULT_FIELDS };
  private totals: LimitTotals | null = null;

  readonly taskOptions = TASKS.map(({ label, value }) => ({ label, value }));
  readonly presetOptions = PRESETS;

  private get task() {
    return TASKS.find(({ value }) => value === this.kind) ?? TASKS[0]!;
  }
  get hint(): string {
    return this.task.hint;
  }
  get asksPreset(): boolean {
    return this.task.asks.includes('preset');
  }
  get asksMoves(): boolean {
    return this.task.asks.includes('moves');
  }
  get asksTerritory(): boolean {
    return this.task.asks.includes('territory');
  }
  get asksOther(): boolean {
    return this.task.asks.includes('other');
  }
  get territoryLabel(): string {
    return this.task.territory ?? texts.territory;
  }
  get territoryOptions(): Choice[] {
    return this.asksMoves
      ? [{ label: texts.allTerritoriesOffTarget, value: ALL }, ...this.territories]
      : this.territories;
  }
  get territoryValue(): string {
    return this.territory || (this.asksMoves ? ALL : '');
  }
  /** A clean slate forgets today's map, so nothing can change rep in it. */
  get hasLimits(): boolean {
    return !(this.asksPreset && this.preset === 'cleanSlate');
  }
  get limitsText(): string {
    return filled(texts.limits, inWords(this.fields));
  }
  get totalsText(): string {
    const { totals } = this;
    return totals ? filled(texts.sharesOfAccountsAndOfSales, count(totals.accounts), usd(totals.salesUsd)) : '';
  }
  get hasPipeline(): boolean {
    return this.totals?.pipelineUsd !== null && this.totals?.pipelineUsd !== undefined;
  }
  get lacksPipeline(): boolean {
    return this.totals !== null && !this.hasPipeline;
  }
  get pipelineLabel(): string {
    return filled(texts.openPipelineChangingRepAtMostOf, usd(this.totals?.pipelineUsd ?? 0));
  }

  /** The request as the form stands; null while something is missing. */
  @api
  get request(): ComputeRequest | null {
    const { limits, rules } = this.hasLimits ? asked(this.fields) : { ...asked(this.fields), limits: null };
    const territory = this.territory === ALL ? '' : this.territory;
    if (this.asksTerritory && !this.asksMoves && !territory) return null;
    if (this.asksOther && (!this.other || this.other === territory)) return null;
    if (boundProblem(this.fields.bounds, this.territories)) return null;
    const task = {
      kind: this.kind,
      ...(this.asksMoves ? { moves: this.moveCount, territories: territory ? [territory] : null } : {}),
      ...(this.asksTerritory && !this.asksMoves ? { territory } : {}),
      ...(this.asksOther ? { other: this.other } : {}),
    };
    // a change of who is there takes what it takes, unless a limit was typed
    const isReplan = !this.asksPreset && !this.asksMoves && this.kind !== 'demand';
    const isUntouched = this.fields.accounts === DEFAULT_FIELDS.accounts && this.fields.sales === DEFAULT_FIELDS.sales;
    return {
      preset: this.asksPreset ? this.preset : 'fewestChanges',
      task,
      limits: isReplan && isUntouched && this.fields.pipeline === '' ? null : limits,
      rules,
    };
  }
  private get moveCount(): number {
    return Math.min(10, Math.max(1, Math.round(Number(this.moves) || 5)));
  }

  private pickTask(event: Changed): void {
    this.kind = event.detail.value;
    this.territory = '';
    this.other = '';
    this.tell();
  }
  private pickPreset(event: Changed): void {
    this.preset = event.detail.value;
    // "Balanced" may change more: the limits of "Fewest changes" go with it
    const isFewest = this.preset === 'fewestChanges';
    const { accounts, sales } = DEFAULT_FIELDS;
    this.fields = { ...this.fields, accounts: isFewest ? accounts : '', sales: isFewest ? sales : '' };
    this.tell();
  }
  private pickField(event: Changed): void {
    const { field = '' } = (event.target as HTMLElement).dataset;
    if (field in this.fields) this.fields = { ...this.fields, [field]: event.detail.value };
    else if (field === 'moves' || field === 'territory' || field === 'other') this[field] = event.detail.value;
    this.tell();
  }
  private pickCounties(event: CustomEvent<{ checked: boolean }>): void {
    this.fields = { ...this.fields, counties: event.detail.checked };
    this.tell();
  }
  private pickBounds(event: CustomEvent<BoundRow[]>): void {
    this.fields = { ...this.fields, bounds: event.detail };
    this.tell();
  }
  private pickOnly(event: CustomEvent<{ value: string[] }>): void {
    this.fields = { ...this.fields, only: [...event.detail.value] };
    this.tell();
  }
  private async openLimits(): Promise<void> {
    this.totals ??= await get<LimitTotals>(`/alignments/${this.planId}/limits`).catch(() => null);
  }
  private tell(): void {
    this.dispatchEvent(new CustomEvent('request', { detail: this.request }));
  }
}
