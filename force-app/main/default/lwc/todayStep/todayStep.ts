import { LightningElement, api } from 'lwc';
import { get, reduceErrors, sentence } from 'c/bailiwick';
import type { Finding, Problem, Source } from 'c/bailiwick';
import { texts } from './texts';

const ICONS: Readonly<Record<string, string>> = {
  onTarget: 'utility:success',
  overloaded: 'utility:warning',
  travel: 'utility:travel_and_places',
  uncovered: 'utility:search',
  vacancy: 'utility:user',
  merge: 'utility:merge',
};

type Tab = 'findings' | 'audit' | 'space' | 'size' | 'drift';
const TABS: readonly { value: Tab; label: string }[] = [
  { value: 'findings', label: texts.findings },
  { value: 'audit', label: texts.audit },
  { value: 'space', label: texts.whiteSpace },
  { value: 'size', label: texts.size },
  { value: 'drift', label: texts.drift },
];

/** Today: findings, the audit of the map, what nobody works, whether there are enough reps, and what has changed. */
export default class TodayStep extends LightningElement {
  readonly texts = texts;
  @api isSample = false;
  @api hasDraft = '';
  @api canEdit = false;
  /** May set who is told of a drift. */
  @api canOperate = false;
  @api source: Source | null = null;
  /** Version of the plan, for what is computed on it. */
  @api version = 0;
  /** ZIPs of the map. */
  @api zips = 0;
  /** A pocket that was picked on the map, by its number. */
  @api pickedPocket = 0;

  readonly tabs = TABS;
  private tab: Tab = 'findings';

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

  get on(): Record<Tab, boolean> {
    const isOn = (tab: Tab) => this.tab === tab;
    return {
      findings: isOn('findings'),
      audit: isOn('audit'),
      space: isOn('space'),
      size: isOn('size'),
      drift: isOn('drift'),
    };
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
    return this.hasDraft ? texts.continueWithTheDraft : texts.fixItInADraft;
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

  /** What a tab has put on the map goes with it. */
  private pickTab(event: CustomEvent<Tab>): void {
    if (event.detail === this.tab) return;
    this.tab = event.detail;
    this.pass(new CustomEvent('pockets', { detail: [] }));
    this.pass(new CustomEvent('proposal', { detail: null }));
  }
  private pass(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }));
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
