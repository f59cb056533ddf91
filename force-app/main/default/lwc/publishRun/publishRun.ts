import { LightningElement, api } from 'lwc';
import { download, get, isFinal, poll, post, reduceErrors } from 'c/bailiwick';
import type { Problem, Publish } from 'c/bailiwick';
import { runView } from './runView';
import { texts } from './texts';

type Asked = 'cancel' | 'goOn' | '';

/** One run, live: progress with its number, then outcomes, proof, who hands over to whom, and the way back. */
export default class PublishRun extends LightningElement {
  readonly texts = texts;
  private publish: Publish | null = null;
  private problem: Problem | null = null;
  private asked: Asked = '';
  private isBusy = false;
  private isTakingBack = false;
  private known = '';
  private shouldFocus = false;
  private turn = 0;

  /** The run that is shown; followed until it is over. */
  @api get publishId(): string {
    return this.known;
  }
  set publishId(id: string) {
    if (id === this.known) return;
    [this.known, this.publish, this.isTakingBack] = [id, null, false];
    void this.follow();
  }

  renderedCallback(): void {
    if (!this.shouldFocus) return;
    this.shouldFocus = false;
    this.template?.querySelector<HTMLElement>('[data-do=takeback]')?.focus();
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.publish === null && this.problem === null;
  }
  get run() {
    return this.publish ? runView(this.publish) : null;
  }
  get canTakeBack(): boolean {
    return (this.publish?.canTakeBack ?? false) && !this.isTakingBack;
  }
  get asksCancel(): boolean {
    return this.asked === 'cancel';
  }

  private async follow(): Promise<void> {
    const turn = ++this.turn;
    const wasRunning = this.publish !== null && !isFinal(this.publish);
    let running = wasRunning;
    await this.guarded(async () => {
      const last = await poll(() => get<Publish>(`/publishes/${this.known}`), {
        isFinal,
        isWanted: () => turn === this.turn,
        seen: (publish) => {
          running ||= !isFinal(publish);
          this.publish = publish;
        },
      });
      // only what was seen running has just finished
      if (last) this.dispatchEvent(new CustomEvent('finished', { detail: { publish: last, isNews: running } }));
    });
  }
  private retry(): void {
    void this.follow();
  }

  private ask(): void {
    this.asked = 'cancel';
  }
  private leave(): void {
    this.asked = '';
  }
  private async cancel(): Promise<void> {
    this.asked = '';
    await this.act(() => post(`/publishes/${this.known}/cancel`));
  }
  private async goOn(): Promise<void> {
    await this.act(() => post(`/publishes/${this.known}/go-on`));
    await this.follow();
  }
  private async checkAll(): Promise<void> {
    await this.act(async () => {
      this.publish = await post<Publish>(`/publishes/${this.known}/check-access`);
    });
  }
  private openTakeBack(): void {
    this.isTakingBack = true;
  }
  private closeTakeBack(): void {
    this.isTakingBack = false;
    this.shouldFocus = true;
  }
  private passStarted(event: CustomEvent<string>): void {
    this.isTakingBack = false;
    this.dispatchEvent(new CustomEvent('started', { detail: event.detail }));
  }
  private saveOutcomes(): Promise<void> {
    return this.guarded(() => download(`/publishes/${this.known}/outcomes.csv`, 'outcomes.csv'));
  }

  private async act(work: () => Promise<unknown>): Promise<void> {
    this.isBusy = true;
    await this.guarded(async () => void (await work()));
    this.isBusy = false;
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
