import { LightningElement, api } from 'lwc';
import { get, reduceErrors } from 'c/bailiwick';
import type { Problem } from 'c/bailiwick';
import { texts } from './texts';

/** How a plan treats those who work it, against today: read when somebody asks. */
export default class PlanFairness extends LightningElement {
  readonly texts = texts;
  private sentences: string[] | null = null;
  private problem: Problem | null = null;
  private plan = '';
  private at = 0;
  private isOpen = false;

  @api get planId(): string {
    return this.plan;
  }
  set planId(id: string) {
    if (id !== this.plan) this.forget();
    this.plan = id;
  }
  @api get version(): number {
    return this.at;
  }
  set version(version: number) {
    if (version !== this.at) this.forget();
    this.at = version;
  }

  get isWaiting(): boolean {
    return this.isOpen && this.sentences === null && this.problem === null;
  }

  private forget(): void {
    this.sentences = null;
    if (this.isOpen) void Promise.resolve().then(() => this.load());
  }
  private toggle(event: Event): void {
    this.isOpen = (event.currentTarget as HTMLDetailsElement).open;
    if (this.isOpen && this.sentences === null) void this.load();
  }
  private async load(): Promise<void> {
    const id = this.plan;
    this.problem = null;
    try {
      const { sentences } = await get<{ sentences: string[] }>(`/alignments/${id}/fairness`);
      if (id === this.plan) this.sentences = sentences;
    } catch (error) {
      if (id === this.plan) this.problem = reduceErrors(error);
    }
  }
}
