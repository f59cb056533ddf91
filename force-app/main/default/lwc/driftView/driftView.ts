import { LightningElement, api } from 'lwc';
import { count, download, filled, get, moment, post, reduceErrors } from 'c/bailiwick';
import type { Drift, DriftAction, DriftDone, DriftPreview, Problem } from 'c/bailiwick';
import { ACTIONS, doneText, driftRow, previewText } from './words';
import { texts } from './texts';

const PAGE = 100;

/** What Salesforce has against what the plan says, kind by kind; each can be accepted, adopted or put back. */
export default class DriftView extends LightningElement {
  readonly texts = texts;
  private drift: Drift | null = null;
  private problem: Problem | null = null;
  private kind = '';
  private search = '';
  private ticked: readonly string[] = [];
  private asked: DriftPreview | null = null;
  private done: DriftDone | null = null;
  private isBusy = false;
  private team = '';
  private turn = 0;

  @api get teamId(): string {
    return this.team;
  }
  set teamId(id: string) {
    if (id === this.team) return;
    [this.team, this.kind, this.drift, this.done] = [id, '', null, null];
    void this.load();
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.drift === null && this.problem === null;
  }
  get isClean(): boolean {
    return this.drift?.counts.every(({ n }) => n === 0) ?? false;
  }
  get readText(): string {
    return this.drift ? filled(texts.readAgainst, moment(this.drift.readAt), this.drift.alignmentName) : '';
  }
  get kinds() {
    return (this.drift?.counts ?? [])
      .filter(({ n }) => n > 0)
      .map(({ kind, n, title, about }) => {
        const isOpen = kind === this.kind;
        return { kind, n: count(n), title, about, isOpen, expanded: String(isOpen) };
      });
  }
  get rows() {
    return (this.drift?.items ?? []).map((line) => driftRow(line, this.ticked.includes(line.key)));
  }
  get rowsText(): string {
    const { total = 0, items = [] } = this.drift ?? {};
    if (this.search !== '' && total === 0) return filled(texts.noLineSays, this.search);
    return total > items.length ? filled(texts.ofShownTheFileHasAll, count(items.length), count(total)) : '';
  }
  get moreText(): string {
    const { total = 0, items = [] } = this.drift ?? {};
    return total > items.length ? filled(texts.showMore, count(Math.min(PAGE, total - items.length))) : '';
  }
  get actions() {
    const of = this.drift?.counts.find(({ kind }) => kind === this.kind);
    const all = (of?.n ?? 0) > 1 ? filled(texts.all, count(of?.n ?? 0)) : '';
    const many = this.ticked.length > 0 ? filled(texts.ticked, count(this.ticked.length)) : all;
    return (of?.actions ?? []).map((action) => ({
      action,
      label: `${ACTIONS[action].label}${many}`,
      hint: ACTIONS[action].hint,
    }));
  }
  get asks() {
    return this.asked ? previewText(this.asked) : null;
  }
  get doneRunId(): string {
    return this.done?.publishId ?? '';
  }
  get doneText(): string {
    return this.done ? doneText(this.done) : '';
  }

  /** The list anew, or its next page after what is shown. */
  private load(shown: Drift['items'] = []): Promise<void> {
    const turn = ++this.turn;
    return this.guarded(async () => {
      const page = `&limit=${PAGE}&offset=${shown.length}&search=${encodeURIComponent(this.search)}`;
      const query = this.kind === '' ? 'limit=1' : `kind=${this.kind}${page}`;
      const drift = await get<Drift>(`/teams/${this.team}/drift?${query}`);
      if (turn === this.turn) this.drift = { ...drift, items: [...shown, ...drift.items] };
    });
  }
  private showMore(): void {
    void this.load(this.drift?.items);
  }
  private find(event: Event): void {
    [this.search, this.ticked] = [(event.target as HTMLInputElement).value.trim(), []];
    void this.load();
  }
  private pickKind(event: Event): void {
    const { kind = '' } = (event.currentTarget as HTMLElement).dataset;
    [this.kind, this.ticked, this.done, this.search] = [kind === this.kind ? '' : kind, [], null, ''];
    if (this.drift) this.drift = { ...this.drift, items: [], total: 0 };
    void this.load();
  }
  private tick(event: Event): void {
    const { checked, dataset } = event.target as HTMLInputElement;
    const others = this.ticked.filter((key) => key !== dataset.key);
    this.ticked = checked ? [...others, dataset.key ?? ''] : others;
  }
  private body(action: DriftAction) {
    return this.ticked.length > 0 ? { action, keys: [...this.ticked] } : { action, kind: this.kind };
  }
  private ask(event: Event): Promise<void> {
    const action = (event.currentTarget as HTMLElement).dataset.action as DriftAction;
    return this.guarded(async () => {
      this.asked = await post<DriftPreview>(`/teams/${this.team}/drift/preview`, this.body(action));
    });
  }
  private leave(): void {
    this.asked = null;
  }
  private act(): Promise<void> {
    const { action = 'accept', previewHash } = this.asked ?? {};
    this.asked = null;
    return this.guarded(async () => {
      this.done = await post<DriftDone>(`/teams/${this.team}/drift/act`, { ...this.body(action), previewHash });
      this.ticked = [];
      this.dispatchEvent(new CustomEvent('changed'));
      await this.load();
    });
  }
  private save(): Promise<void> {
    const query = this.kind === '' ? '' : `?kind=${this.kind}`;
    return this.guarded(() => download(`/teams/${this.team}/drift.csv${query}`, 'drift.csv'));
  }
  private retry(): void {
    void this.load();
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    [this.problem, this.isBusy] = [null, true];
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
    }
    this.isBusy = false;
  }
}
