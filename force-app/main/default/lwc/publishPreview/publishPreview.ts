import { LightningElement, api } from 'lwc';
import { count, filled, plural, postText, reduceErrors, saveText } from 'c/bailiwick';
import type { Conflict, Preview, Problem } from 'c/bailiwick';
import { previewFigures, previewTabs } from './previewLists';
import { texts } from './texts';

/** Rows that are added to a list at once. */
const STEP = 50;

/** Everything that a publish would write, list by list; conflicts can be left out account by account. */
export default class PublishPreview extends LightningElement {
  readonly texts = texts;
  @api preview: Preview | null = null;
  /** What the preview was asked with: the file has all of it. */
  @api request: object = {};
  /** Conflicts whose accounts are left out already. */
  @api leftOut: readonly Conflict[] = [];
  private tab = 'reps';
  private most = STEP;
  private ticked: readonly string[] | null = null;
  private problem: Problem | null = null;

  get figures() {
    return this.preview ? previewFigures(this.preview) : [];
  }
  get warnings(): string[] {
    return this.preview?.warnings ?? [];
  }
  private get lists() {
    return this.preview ? previewTabs(this.preview, this.leftOut) : [];
  }
  get tabs() {
    return this.lists.map(({ value, label, total }) => ({ value, label: `${label} ${count(total)}` }));
  }
  get isConflicts(): boolean {
    return this.tab === 'conflicts';
  }
  get list() {
    const found = this.lists.find(({ value }) => value === this.tab);
    const { label = '', rows = [], total = 0 } = found ?? {};
    const shown = rows.slice(0, this.most);
    const out = new Set(this.out);
    return {
      label,
      rows: shown.map((row, i) => ({ ...row, key: `${i}`, isOut: out.has(row.accountId ?? '') })),
      isEmpty: rows.length === 0,
      canShowMore: rows.length > shown.length,
      text:
        total > rows.length
          ? filled(texts.ofShownTheScreenListsAtMostTheFile, count(shown.length), count(total), count(rows.length))
          : filled(texts.ofShown, count(shown.length), count(total)),
    };
  }
  /** Accounts that are left out, as ticked now. */
  private get out(): readonly string[] {
    return this.ticked ?? this.leftOut.map(({ accountId }) => accountId);
  }
  get hasTicked(): boolean {
    const now = new Set(this.leftOut.map(({ accountId }) => accountId));
    return this.out.length !== now.size || this.out.some((id) => !now.has(id));
  }
  get leaveLabel(): string {
    return this.out.length === 0
      ? texts.leaveNothingOutAndListAgain
      : filled(texts.leaveOutAndListAgain, plural(this.out.length, texts.account));
  }

  private pickTab(event: CustomEvent<string>): void {
    this.tab = event.detail;
    this.most = STEP;
  }
  private showMore(): void {
    this.most += STEP;
  }
  private tick(event: Event): void {
    const { checked, dataset } = event.target as HTMLInputElement;
    const others = this.out.filter((id) => id !== dataset.account);
    this.ticked = checked ? [...others, dataset.account ?? ''] : others;
  }
  private tickAll(): void {
    this.ticked = [...new Set(this.conflicts.map(({ accountId }) => accountId))];
  }
  private get conflicts(): readonly Conflict[] {
    return [...this.leftOut, ...(this.preview?.conflicts ?? [])];
  }
  private leave(): void {
    const out = new Set(this.out);
    const detail = this.conflicts.filter(({ accountId }) => out.has(accountId));
    this.ticked = null;
    this.dispatchEvent(new CustomEvent('leaveout', { detail }));
  }
  private async save(): Promise<void> {
    this.problem = null;
    try {
      saveText(await postText('/publishes/preview.csv', this.request), 'changes-to-publish.csv');
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
}
