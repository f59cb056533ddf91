import { LightningElement, api } from 'lwc';
import { count, filled, get, plural, post, reduceErrors } from 'c/bailiwick';
import type { Plan, Problem, TakeBackLine, TakeBackPreview as Answer } from 'c/bailiwick';
import { byRegion, wholeRegions, withRegions, type Choice } from './regions';
import { texts } from './texts';

const MOST = 100;

/** Before something is taken back: what will be undone, what stays and why, all of it or some territories only. */
export default class TakeBackPreview extends LightningElement {
  readonly texts = texts;
  @api publishId = '';
  /** The plan that was published: its territories can be chosen from. */
  @api alignmentId = '';
  private answer: Answer | null = null;
  private problem: Problem | null = null;
  private territories: Choice[] = [];
  private chosen: string[] = [];
  private isAsked = false;
  private isBusy = false;
  private tab = 'undo';
  private hasFocused = false;
  private turn = 0;

  connectedCallback(): void {
    void this.load();
  }
  /** It opens in place of the button that was pressed: the focus goes on here. */
  renderedCallback(): void {
    if (this.hasFocused) return;
    this.hasFocused = true;
    this.template?.querySelector<HTMLElement>('[data-do=leave]')?.focus();
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get counts() {
    return (this.answer?.counts ?? []).map(({ what, n }) => ({ what, text: `${what}: ${count(n)}` }));
  }
  get tabs() {
    const { undo = 0, stays = 0 } = this.answer?.total ?? {};
    return [
      { value: 'undo', label: filled(texts.isUndone, count(undo)) },
      { value: 'stays', label: filled(texts.staysAsItIs, count(stays)) },
    ];
  }
  get list() {
    const rows: TakeBackLine[] = this.answer?.[this.tab === 'undo' ? 'undo' : 'stays'] ?? [];
    const total = this.answer?.total[this.tab === 'undo' ? 'undo' : 'stays'] ?? 0;
    const shown = rows.slice(0, MOST);
    return {
      label: this.tab === 'undo' ? texts.isUndone2 : texts.staysAsItIs2,
      isEmpty: total === 0,
      text: total > shown.length ? filled(texts.ofShown, count(shown.length), count(total)) : '',
      rows: shown.map(({ accountName, what, from, to, message }, i) => ({
        key: `${i}`,
        accountName,
        note: `${what}${from !== null || to !== null ? `: ${from ?? texts.noneThere} → ${to ?? texts.noneThere}` : ''}`,
        message,
      })),
    };
  }
  get nothing(): boolean {
    return this.answer?.total.undo === 0;
  }
  get hasTerritories(): boolean {
    return this.territories.length > 0;
  }
  get regions() {
    return [...byRegion(this.territories).keys()].map((name) => ({ label: name, value: name }));
  }
  get hasRegions(): boolean {
    return this.regions.length > 1;
  }
  get chosenRegions(): string[] {
    return wholeRegions(byRegion(this.territories), this.chosen);
  }
  get confirmText(): string {
    const { undo = 0, stays = 0 } = this.answer?.total ?? {};
    const rest = stays > 0 ? ` ${filled(texts.asListed, plural(stays, texts.changeStays))}` : '';
    return filled(texts.writtenToSalesforce, plural(undo, texts.changeIs), rest);
  }
  get cannotTakeBack(): boolean {
    return this.isBusy || this.nothing;
  }
  private get body() {
    return { territoryIds: this.chosen.length > 0 ? this.chosen : null };
  }

  private load(): Promise<void> {
    const turn = ++this.turn;
    this.answer = null;
    return this.guarded(async () => {
      const answer = await post<Answer>(`/publishes/${this.publishId}/take-back/preview`, this.body);
      if (turn === this.turn) this.answer = answer;
    });
  }
  private loadTerritories(event: Event): void {
    if (!(event.target as HTMLDetailsElement).open || this.hasTerritories) return;
    void this.guarded(async () => {
      const { territories } = await get<Plan>(`/alignments/${this.alignmentId}`);
      this.territories = territories.flatMap((one) =>
        one?.canEdit ? [{ label: one.name, value: one.id, region: one.parentName }] : [],
      );
    });
  }
  private pickTerritories(event: CustomEvent<{ value: string[] }>): void {
    this.chosen = [...event.detail.value];
    void this.load();
  }
  private pickRegions(event: CustomEvent<{ value: string[] }>): void {
    this.chosen = withRegions(byRegion(this.territories), this.chosen, event.detail.value);
    void this.load();
  }
  private pickTab(event: CustomEvent<string>): void {
    this.tab = event.detail;
  }
  private ask(): void {
    this.isAsked = true;
  }
  private leave(): void {
    this.isAsked = false;
  }
  private async confirm(): Promise<void> {
    this.isAsked = false;
    this.isBusy = true;
    await this.guarded(async () => {
      const body = { ...this.body, previewHash: this.answer?.previewHash };
      const detail = await post<{ id: string }>(`/publishes/${this.publishId}/take-back`, body);
      this.dispatchEvent(new CustomEvent('started', { detail: detail.id }));
    });
    this.isBusy = false;
  }
  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
  private retry(): void {
    void this.load();
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}
