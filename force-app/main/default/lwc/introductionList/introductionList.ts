import { LightningElement, api } from 'lwc';
import { filled, get, plainDay, plural, post, reduceErrors } from 'c/bailiwick';
import type { Introductions, Problem } from 'c/bailiwick';
import { texts } from './texts';

const MOST_OPEN = 5;

/** Introductions of accounts to their new reps: tasks in Salesforce, and how far they are. */
export default class IntroductionList extends LightningElement {
  readonly texts = texts;
  @api publishId = '';
  private answer: Introductions | null = null;
  private problem: Problem | null = null;
  private isBusy = false;

  connectedCallback(): void {
    void this.load();
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get hasNone(): boolean {
    return this.answer?.total === 0;
  }
  get hasSome(): boolean {
    return (this.answer?.total ?? 0) > 0;
  }
  get doneText(): string {
    const { done = 0, total = 0, refused = 0 } = this.answer ?? {};
    const bad = refused > 0 ? ` ${filled(texts.salesforceDidNotTake, plural(refused, texts.task))}` : '';
    return filled(texts.ofDone, done, plural(total, texts.introduction), bad);
  }
  get pairs() {
    return (this.answer?.pairs ?? []).map(({ fromName, toName, dueOn, done, total, open }) => {
      const more = open.length - MOST_OPEN;
      const names = open.slice(0, MOST_OPEN).join('; ');
      return {
        key: `${fromName}|${toName}`,
        text: filled(texts.ofDoneDue, fromName ?? texts.noRep, toName ?? texts.noRep, done, total, plainDay(dueOn)),
        note: open.length === 0 ? '' : filled(texts.open, names, more > 0 ? ` ${filled(texts.andMore, more)}` : ''),
        done,
        total,
      };
    });
  }

  private make(event: Event): void {
    const { accounts = 'deals' } = (event.currentTarget as HTMLElement).dataset;
    this.isBusy = true;
    void this.guarded(async () => {
      this.answer = await post<Introductions>(`/publishes/${this.publishId}/introductions`, { accounts });
    }).then(() => (this.isBusy = false));
  }
  private load(): Promise<void> {
    return this.guarded(async () => {
      this.answer = await get<Introductions>(`/publishes/${this.publishId}/introductions`);
    });
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
