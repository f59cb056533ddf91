import { LightningElement, api } from 'lwc';
import { download, filled, get, reduceErrors } from 'c/bailiwick';
import type { Problem, Size } from 'c/bailiwick';
import { DEFAULT_FIELDS, queryOf, type SizeFields } from './fields';
import { regionRows, territoryRows } from './rows';
import { texts } from './texts';

interface WhatIfElement extends HTMLElement {
  run(request: unknown): void;
}

/** Heads against work by region, what to do with each territory, and what would be if somebody came or went. */
export default class SizePanel extends LightningElement {
  readonly texts = texts;
  @api version = 0;
  @api canEdit = false;

  private answer: Size | null = null;
  private problem: Problem | null = null;
  private planIdShown = '';
  private fields: SizeFields = { ...DEFAULT_FIELDS };
  private fieldProblem = '';
  private open = '';
  private turn = 0;

  @api get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    if (id === this.planIdShown) return;
    this.planIdShown = id;
    void this.load();
  }

  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get regions() {
    return this.answer ? regionRows(this.answer, this.open) : [];
  }
  get verdicts() {
    return this.answer ? territoryRows(this.answer) : [];
  }
  get hasVerdicts(): boolean {
    return this.verdicts.length > 0;
  }
  get moneyText(): string {
    return this.answer?.hasMoney ? texts.withYourMarginCostAndResponseA : texts.hoursAndHeadsOnlyEnterMarginCost;
  }

  private toggle(event: Event): void {
    const { region = '' } = (event.currentTarget as HTMLElement).dataset;
    this.open = this.open === region ? '' : region;
  }

  /** Where one more rep of the region would live, and who would give what. */
  private tryRep(event: Event): void {
    const { region = '' } = (event.currentTarget as HTMLElement).dataset;
    const inside = (this.answer?.territories ?? []).filter((one) => region === '' || one.region === region);
    const rules = region === '' ? {} : { onlyTerritories: inside.map(({ id }) => id) };
    this.run({
      title: region === '' ? texts.oneMoreRep : filled(texts.oneMoreRepIn, region),
      task: { kind: 'addRep' },
      rules,
    });
  }

  private tryVerdict(event: Event): void {
    const row = this.verdicts[Number((event.currentTarget as HTMLElement).dataset.row)];
    if (row) this.run(row.request);
  }

  private tryChange(event: CustomEvent): void {
    this.run(event.detail);
  }

  private run(request: unknown): void {
    this.template?.querySelector<WhatIfElement>('c-what-if')?.run(request);
  }

  private pick(event: Event): void {
    const detail = { territoryIndex: Number((event.currentTarget as HTMLElement).dataset.index) };
    this.dispatchEvent(new CustomEvent('show', { detail }));
  }

  private pickField(event: Event): void {
    const { value, dataset } = event.target as HTMLInputElement;
    this.fields = { ...this.fields, [dataset.field ?? '']: value };
    const query = queryOf(this.fields);
    this.fieldProblem = query.problem;
    if (query.problem === '') void this.load();
  }
  private reset(): void {
    this.fields = { ...DEFAULT_FIELDS };
    this.fieldProblem = '';
    void this.load();
  }

  private async saveCsv(): Promise<void> {
    try {
      await download(`/insights/${this.planIdShown}/size.csv?${queryOf(this.fields).text}`, texts.sizeCsv);
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    this.problem = null;
    if (!this.planIdShown) return;
    try {
      const answer = await get<Size>(`/insights/${this.planIdShown}/size?${queryOf(this.fields).text}`);
      if (turn === this.turn) this.answer = answer;
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    }
  }

  private pass(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
  }
}
