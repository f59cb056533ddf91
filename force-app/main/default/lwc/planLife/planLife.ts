import { LightningElement, api } from 'lwc';
import { filled, focusOn, get, plural, reduceErrors } from 'c/bailiwick';
import type { PlanLife as Life, Problem } from 'c/bailiwick';
import { carryOut } from './lifeCalls';
import { historyOf, toldOf } from './lifeHistory';
import { dateOf, failureOf, othersOf, placesOf, primaryOf, reasonHelpOf, standingOf } from './lifeWords';
import { texts } from './texts';

/** So often it is asked whether it went live, and who was told, while something is due. */
const EVERY_MS = 30_000;

/** Where a plan is on its way from draft to live: who brought it there, what is next, when, and who was told. */
export default class PlanLife extends LightningElement {
  readonly texts = texts;
  private life: Life | null = null;
  private problem: Problem | null = null;
  private shownId = '';
  private shownVersion = 0;
  private note = '';
  private date = '';
  private isBusy = false;
  private turn = 0;
  private watch = 0;
  /** After a step its button is gone: the focus goes on where the plan is now. */
  private wanted = '';

  @api get planId(): string {
    return this.shownId;
  }
  set planId(id: string) {
    if (id === this.shownId) return;
    [this.shownId, this.life, this.note, this.date] = [id, null, '', ''];
    void this.load();
  }
  /** A newer version: what was approved or counted may be another. */
  @api get version(): number {
    return this.shownVersion;
  }
  set version(version: number) {
    const isNewer = version !== this.shownVersion && this.life !== null && version !== this.life.version;
    this.shownVersion = version;
    if (isNewer) void this.load();
  }

  connectedCallback(): void {
    this.watch = window.setInterval(() => void (this.isDue && this.load(true)), EVERY_MS);
  }
  renderedCallback(): void {
    if (this.wanted && focusOn(this.template, this.wanted)) this.wanted = '';
  }
  disconnectedCallback(): void {
    window.clearInterval(this.watch);
    this.turn++;
  }

  /** Something happens by itself: a date that comes, messages that are sent. */
  private get isDue(): boolean {
    const { stage, state, notices = [] } = this.life ?? {};
    const happens = stage === 'scheduled' || notices.some((one) => one.state === 'waiting');
    return happens && state === 'draft' && !document.hidden && !this.isBusy;
  }
  get isWaiting(): boolean {
    return this.shownId !== '' && this.life === null && this.problem === null;
  }
  get places() {
    return this.life ? placesOf(this.life) : [];
  }
  get standing(): string[] {
    return this.life ? standingOf(this.life) : [];
  }
  get failedText(): string {
    return this.life ? failureOf(this.life) : '';
  }
  get primary() {
    const primary = this.life && primaryOf(this.life);
    if (!primary) return null;
    return { ...primary, cannot: this.isBusy || (primary.step === 'schedule' && this.date === '') };
  }
  get others() {
    return this.life ? othersOf(this.life, this.note, this.isBusy) : [];
  }
  get canSay(): boolean {
    return (this.life?.can.length ?? 0) > 0;
  }
  get dateField() {
    return this.life ? dateOf(this.life) : null;
  }
  get cannotSetDate(): boolean {
    return this.isBusy || this.date === '';
  }
  get reasonHelp(): string {
    return reasonHelpOf(this.others);
  }
  get told() {
    return this.life ? toldOf(this.life) : [];
  }
  get toldLabel(): string {
    return filled(texts.whoWasTold, plural(this.told.length, texts.person));
  }
  get history() {
    return this.life ? historyOf(this.life) : [];
  }

  private retry(): void {
    void this.load();
  }
  private writeNote(event: CustomEvent<{ value: string }>): void {
    this.note = event.detail.value;
  }
  private writeDate(event: Event): void {
    this.date = (event.target as HTMLInputElement).value;
  }
  private setDate(): void {
    void this.take('schedule');
  }
  private step(event: Event): void {
    void this.take((event.currentTarget as HTMLElement).dataset.step ?? '');
  }

  private async take(step: string): Promise<void> {
    const { note, date, life } = this;
    if (!life) return;
    this.isBusy = true;
    await this.guarded(async () => {
      this.show(await carryOut(life, step, { note, date }));
      this.wanted = '.place-now';
      [this.note, this.date] = ['', ''];
      this.dispatchEvent(new CustomEvent('changed'));
    });
    this.isBusy = false;
  }

  /** Whoever holds it, such as the step that publishes, has to know whether it may. */
  private show(life: Life): void {
    this.life = life;
    this.dispatchEvent(new CustomEvent('liferead', { detail: life, bubbles: true }));
  }

  private async load(isQuiet = false): Promise<void> {
    const turn = ++this.turn;
    const id = this.shownId;
    if (id === '') return;
    try {
      const life = await get<Life>(`/alignments/${id}/life`);
      if (turn !== this.turn) return;
      const wentLive = this.life?.state === 'draft' && life.state !== 'draft';
      this.show(life);
      if (wentLive) this.dispatchEvent(new CustomEvent('changed'));
    } catch (error) {
      if (turn === this.turn && !isQuiet) this.problem = reduceErrors(error);
    }
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
