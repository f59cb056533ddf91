import { LightningElement, api } from 'lwc';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';
import { filled, get, post, reduceErrors } from 'c/bailiwick';
import type { Matches, MatchEntry, MatchState, MatchVerdict, Problem } from 'c/bailiwick';
import { EMPTY, expected, saidText, tabsOf } from './decided';
import { texts } from './texts';

const PAGE = 20;
type Decision = CustomEvent<{ id: string; ask: MatchVerdict }>;

/** Accounts and the records that they are or may be; a decision is shown at once and taken back where the service refuses it. */
export default class MatchQueue extends LightningElement {
  readonly texts = texts;
  private state: MatchState = 'toReview';
  private counts: Matches['counts'] | null = null;
  private entries: MatchEntry[] = [];
  private problem: Problem | null = null;
  private said = '';
  private known = -1;
  private turn = 0;
  private isLoading = true;
  private focusAt: number | null = null;

  /** Changes when a file was loaded. */
  @api get stamp(): number {
    return this.known;
  }
  set stamp(stamp: number) {
    if (stamp === this.known) return;
    this.known = stamp;
    if (!this.isBarred) void this.load(0);
  }

  /** What was decided is gone: the next account takes the keyboard. */
  renderedCallback(): void {
    if (this.focusAt === null) return;
    const rows = this.template?.querySelectorAll<HTMLElement & { focusEntry(): void }>('c-match-entry') ?? [];
    const row = rows[Math.min(this.focusAt, rows.length - 1)];
    if (row) row.focusEntry();
    else this.template?.querySelector<HTMLElement>('[data-empty]')?.focus();
    this.focusAt = null;
  }

  get isBarred(): boolean {
    return canReassign !== true;
  }
  get isWaiting(): boolean {
    return this.isLoading && this.shown.length === 0;
  }
  get tabs() {
    return tabsOf(this.counts);
  }
  get shown(): MatchEntry[] {
    return this.entries.filter(({ state }) => state === this.state);
  }
  get isEmpty(): boolean {
    return this.counts !== null && !this.isLoading && this.shown.length === 0 && !this.hasMore;
  }
  get emptyText(): string {
    return EMPTY[this.state];
  }
  get canUseKeys(): boolean {
    return this.state === 'toReview' && this.shown.length > 0;
  }
  get hasMore(): boolean {
    return !this.isLoading && this.left > 0;
  }
  get moreLabel(): string {
    return filled(texts.showMoreLeft, this.left);
  }
  private get left(): number {
    return (this.counts?.[this.state] ?? 0) - this.shown.length;
  }

  private pickState(event: CustomEvent<MatchState>): void {
    [this.state, this.entries, this.said] = [event.detail, [], ''];
    void this.load(0);
  }
  private more(): void {
    void this.load(this.shown.length);
  }
  private retry(): void {
    void this.load(0);
  }
  private passOpen(event: CustomEvent<string>): void {
    this.dispatchEvent(new CustomEvent('open', { detail: event.detail }));
  }
  private step(event: CustomEvent<{ id: string; by: number }>): void {
    const { id, by } = event.detail;
    const at = this.shown.findIndex(({ account }) => account.id === id);
    const rows = this.template?.querySelectorAll<HTMLElement & { focusEntry(): void }>('c-match-entry');
    rows?.[at + by]?.focusEntry();
  }

  private async decide(event: Decision): Promise<void> {
    const { id, ask } = event.detail;
    const at = this.shown.findIndex(({ account }) => account.id === id);
    const before = this.shown[at];
    if (!before) return;
    this.problem = null;
    this.place(expected(before, ask));
    this.said = saidText(before, ask);
    this.focusAt = at;
    try {
      this.place(await post<MatchEntry>(`/registry/matches/${id}/decide`, ask));
      if (this.shown.length === 0 && this.hasMore) await this.load(0);
    } catch (error) {
      this.place(before);
      [this.said, this.problem] = ['', reduceErrors(error)];
    }
  }

  /** Puts an account where its state says, and counts it there. */
  private place(entry: MatchEntry): void {
    const old = this.entries.find(({ account }) => account.id === entry.account.id);
    if (!old || !this.counts) return;
    const counts = { ...this.counts };
    counts[old.state]--;
    counts[entry.state]++;
    this.counts = counts;
    this.entries = this.entries.map((one) => (one === old ? entry : one));
  }

  private async load(offset: number): Promise<void> {
    const turn = ++this.turn;
    [this.isLoading, this.problem] = [true, null];
    try {
      const path = `/registry/matches?state=${this.state}&offset=${offset}&limit=${PAGE}`;
      const { counts, matches } = await get<Matches>(path);
      if (turn !== this.turn) return;
      const held = offset === 0 ? [] : this.entries;
      const known = new Set(held.map(({ account }) => account.id));
      this.counts = counts;
      this.entries = [...held, ...matches.filter(({ account }) => !known.has(account.id))];
    } catch (error) {
      if (turn === this.turn) this.problem = reduceErrors(error);
    } finally {
      if (turn === this.turn) this.isLoading = false;
    }
  }
}
