import { LightningElement, api } from 'lwc';
import { filled, plural, post, postFile, putJson, reduceErrors } from 'c/bailiwick';
import type { Market, MarketBody, MarketCode, PayerFactor, Problem } from 'c/bailiwick';
import { bodyOf, NEWEST, PRESETS, ROLES, whyNotSavable } from './fields';
import { texts } from './texts';

/** A market in the making: what counts, where it counts, what it is worth. Nothing changes before it is saved. */
export default class MarketEditor extends LightningElement {
  readonly texts = texts;
  /** Periods of the market's file; none where it is one. */
  @api periods: string[] = [];

  private edited: Market | null = null;
  private body: MarketBody = bodyOf(null);
  private problem: Problem | null = null;
  private isSaving = false;
  private familyText = '';
  private lastTry: () => Promise<void> = async () => undefined;

  @api get market(): Market | null {
    return this.edited;
  }
  set market(market: Market | null) {
    this.edited = market;
    this.body = bodyOf(market);
  }

  get heading(): string {
    return this.edited ? filled(texts.version, this.edited.name, this.edited.version) : texts.market;
  }
  get presets() {
    return PRESETS;
  }
  get roles() {
    return ROLES;
  }
  get hasPeriods(): boolean {
    return this.periods.length > 1;
  }
  get period(): string {
    return this.body.countedPeriod ?? NEWEST;
  }
  get periodOptions() {
    return [
      { label: texts.theNewest, value: NEWEST },
      ...this.periods.map((period) => ({ label: period, value: period })),
    ];
  }
  get addressable(): number {
    return Math.round(this.body.addressableShare * 1000) / 10;
  }
  get notSavable(): string {
    return whyNotSavable(this.body);
  }
  get isBlocked(): boolean {
    return this.isSaving || this.notSavable !== '';
  }

  private take(event: CustomEvent<{ value: string }>): void {
    const { field = '' } = (event.currentTarget as HTMLElement).dataset;
    this.body = { ...this.body, [field]: event.detail.value };
  }
  private takePeriod(event: CustomEvent<{ value: string }>): void {
    const { value } = event.detail;
    this.body = { ...this.body, countedPeriod: value === NEWEST ? null : value };
  }
  private takeShare(event: CustomEvent<{ value: string }>): void {
    this.body = { ...this.body, addressableShare: Number(event.detail.value) / 100 };
  }
  private takeCodes(event: CustomEvent<MarketCode[]>): void {
    this.body = { ...this.body, codes: event.detail };
  }
  private takeFactors(event: CustomEvent<PayerFactor[]>): void {
    this.body = { ...this.body, scaleUp: event.detail };
  }

  private async takeFamilies(event: CustomEvent<{ files: FileList }>): Promise<void> {
    const file = event.detail.files[0];
    if (!file) return;
    await this.guarded(async () => {
      const path = `/markets/families?name=${encodeURIComponent(file.name)}`;
      const { codes, families, setAside } = await postFile<{ codes: number; families: number; setAside: { line: number; reason: string }[] }>(path, file); // prettier-ignore
      const first = setAside[0];
      const left = first
        ? ` ${filled(texts.setAsideSuchAsLine, plural(setAside.length, texts.row), first.line, first.reason)}`
        : '';
      this.familyText = filled(
        texts.forTakenSaveTheMarketToSeeThem,
        plural(families, texts.family),
        plural(codes, texts.code),
        left,
      );
    });
  }

  private save(): void {
    void this.guarded(async () => {
      // What it counts is not part of it: a newer file may have come while somebody was editing.
      const { snapshotId: _, ...body } = this.body;
      if (this.edited) this.said(await putJson<Market>(`/markets/${this.edited.id}`, body));
    });
  }
  private saveAsNew(): void {
    void this.guarded(async () => this.said(await post<Market>('/markets', this.body)));
  }
  private passSaved(event: CustomEvent<Market>): void {
    this.said(event.detail);
  }
  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
  private retry(): void {
    void this.guarded(this.lastTry);
  }

  private said(market: Market): void {
    this.market = market;
    this.dispatchEvent(new CustomEvent('saved', { detail: market }));
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.lastTry = work;
    this.problem = null;
    this.isSaving = true;
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isSaving = false;
  }
}
