import { LightningElement, api } from 'lwc';
import { get, reduceErrors, sentence } from 'c/bailiwick';
import type { Finding, Problem, Source } from 'c/bailiwick';

const ICONS: Readonly<Record<string, string>> = {
  onTarget: 'utility:success',
  overloaded: 'utility:warning',
  travel: 'utility:travel_and_places',
  uncovered: 'utility:search',
  vacancy: 'utility:user',
  merge: 'utility:merge',
};

/** Today: one sentence of findings, and each finding to be looked at on the map. */
export default class TodayStep extends LightningElement {
  @api isSample = false;
  @api hasDraft = '';
  @api canEdit = false;
  @api source: Source | null = null;

  private sentence = '';
  private findings: Finding[] = [];
  private problem: Problem | null = null;
  private planIdShown = '';

  @api
  get planId(): string {
    return this.planIdShown;
  }
  set planId(id: string) {
    if (id === this.planIdShown) return;
    this.planIdShown = id;
    void this.load();
  }

  get rows() {
    return this.findings.map((finding, i) => ({
      ...finding,
      key: `${i}`,
      icon: ICONS[finding.kind] ?? 'utility:info',
    }));
  }
  get isWaiting(): boolean {
    return this.sentence === '' && !this.problem;
  }
  get sourceText(): string {
    return this.source ? `${this.source.label}, ${this.source.period}. ${sentence(this.source.formula)}` : '';
  }
  get nextLabel(): string {
    return this.hasDraft ? 'Continue with the draft' : 'Fix it in a draft';
  }

  private async load(): Promise<void> {
    this.problem = null;
    try {
      const answer = await get<{ sentence: string; items: Finding[] }>(`/alignments/${this.planId}/findings`);
      this.sentence = answer.sentence;
      this.findings = answer.items;
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private show(event: Event): void {
    const detail = this.findings[Number((event.currentTarget as HTMLElement).dataset.row)];
    this.dispatchEvent(new CustomEvent('show', { detail }));
  }
  private next(): void {
    this.dispatchEvent(new CustomEvent('next'));
  }
  private retry(): void {
    void this.load();
  }
}
