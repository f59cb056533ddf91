import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { count, day, download, get, plural, poll, post, reduceErrors, ServiceError } from 'c/bailiwick';
import type { Preview, Problem, Publish } from 'c/bailiwick';
import { previewFigures, previewTabs } from './previewLists';

const FINAL = new Set(['done', 'partial', 'failed']);
const DEALS = [
  { label: 'Stay with their owner', value: 'stay' },
  { label: 'Move with the account', value: 'move' },
];
const SHOWN_ROWS = 50;

/** Publish: a plain list of what will change in the CRM, then progress, proof, and a way back. */
export default class PublishStep extends LightningElement {
  @api plan: { draftId: string; draftName: string; version: number } | null = null;
  @api teamId = '';

  private moveOwners = true;
  private deals: 'stay' | 'move' = 'stay';
  private preview: Preview | null = null;
  private publish: Publish | null = null;
  private past: Publish[] = [];
  private problem: Problem | null = null;
  private isLoading = false;
  private tab = 'reps';
  private isGone = false;

  connectedCallback(): void {
    void this.load();
  }
  disconnectedCallback(): void {
    this.isGone = true;
  }

  get dealOptions() {
    return DEALS;
  }
  get figures() {
    return this.preview ? previewFigures(this.preview) : [];
  }
  get tabs() {
    return this.preview
      ? previewTabs(this.preview).map((tab) => ({
          ...tab,
          look: tab.name === this.tab ? 'tab tab-on' : 'tab',
          selected: String(tab.name === this.tab),
        }))
      : [];
  }
  get list() {
    const found = this.preview ? previewTabs(this.preview).find(({ name }) => name === this.tab) : undefined;
    const rows = (found?.rows ?? []).map((row, i) => ({ ...row, key: `${i}` }));
    const more = rows.length - SHOWN_ROWS;
    return {
      rows: rows.slice(0, SHOWN_ROWS),
      more: more > 0 ? `and ${count(more)} more` : '',
      isEmpty: rows.length === 0,
    };
  }
  get warnings(): string[] {
    return this.preview?.warnings ?? [];
  }
  get showsPreview(): boolean {
    return this.preview !== null && this.publish === null;
  }
  get hasNoDraft(): boolean {
    return !this.plan?.draftId && this.publish === null;
  }
  get hasNothingToDo(): boolean {
    const counts = this.preview?.counts;
    return (
      counts !== undefined &&
      counts.add + counts.remove + counts.owners + (this.deals === 'move' ? counts.deals : 0) === 0
    );
  }
  get cannotPublish(): boolean {
    return this.isLoading || this.hasNothingToDo;
  }
  get run() {
    const { publish } = this;
    if (!publish) return null;
    const { progress, state, outcomes, verified } = publish;
    const isBack = publish.kind === 'takeBack';
    return {
      isRunning: !FINAL.has(state),
      isFinal: FINAL.has(state),
      value: progress.total > 0 ? Math.round((100 * progress.done) / progress.total) : 0,
      text: `${count(progress.done)} of ${count(progress.total)} changes · ${progress.phase}`,
      title: this.runTitle(publish),
      outcome: `${count(outcomes.written)} written, ${count(outcomes.alreadyThere)} already there, ${count(outcomes.failed)} failed, ${count(outcomes.skipped)} skipped.`,
      verified: verified
        ? `Verified: ${count(verified.asPlanned)} of ${count(verified.checked)} changes read back are as ${isBack ? 'they were before' : 'planned'}.`
        : '',
      differences: verified?.differences ?? [],
      failures: publish.failures.map((failure, i) => ({ ...failure, key: `${i}` })),
      canTakeBack: publish.canTakeBack,
      look: state === 'done' ? 'run run-good' : state === 'failed' || state === 'partial' ? 'run run-bad' : 'run',
    };
  }
  get pastRows() {
    return this.past.map((one) => ({
      id: one.id,
      text: `${one.kind === 'takeBack' ? 'Taken back' : 'Published'}: ${one.alignmentName}, ${day(one.at)}, ${one.byName}`,
      canTakeBack: one.canTakeBack,
    }));
  }
  get hasPast(): boolean {
    return this.pastRows.length > 0 && this.publish === null;
  }

  private runTitle({ kind, state }: Publish): string {
    const isBack = kind === 'takeBack';
    if (!FINAL.has(state)) return isBack ? 'Taking it back…' : 'Publishing…';
    if (state === 'done') return isBack ? 'Taken back' : 'Published and verified';
    return state === 'partial' ? 'Done, except for some records' : 'The publish stopped';
  }

  private async load(): Promise<void> {
    await this.guarded(async () => {
      this.isLoading = true;
      this.preview = null;
      const { draftId: alignmentId = '', version = 0 } = this.plan ?? {};
      const body = { alignmentId, version, owners: this.moveOwners, deals: this.deals };
      const [{ publishes }, preview] = await Promise.all([
        get<{ publishes: Publish[] }>(`/publishes?team=${this.teamId}`),
        alignmentId ? post<Preview>('/publishes/preview', body) : null,
      ]);
      this.preview = preview;
      this.past = publishes.slice(0, 3);
    });
    this.isLoading = false;
  }

  private pickOwners(event: CustomEvent<{ checked: boolean }>): void {
    this.moveOwners = event.detail.checked;
    void this.load();
  }
  private pickDeals(event: CustomEvent<{ value: 'stay' | 'move' }>): void {
    this.deals = event.detail.value;
    void this.load();
  }
  private pickTab(event: Event): void {
    this.tab = (event.currentTarget as HTMLElement).dataset.tab ?? 'reps';
  }
  private toDesign(): void {
    this.dispatchEvent(new CustomEvent('design'));
  }
  private reload(): void {
    this.publish = null;
    void this.load();
  }

  private async start(): Promise<void> {
    const { draftId: alignmentId = '', version = 0 } = this.plan ?? {};
    const body = {
      alignmentId,
      version,
      previewHash: this.preview?.previewHash,
      owners: this.moveOwners,
      deals: this.deals,
    };
    await this.follow(() => post<{ id: string }>('/publishes', body));
  }

  private async takeBack(event: Event): Promise<void> {
    const id = (event.currentTarget as HTMLElement).dataset.publish ?? this.publish?.id;
    await this.follow(() => post<{ id: string }>(`/publishes/${id}/take-back`));
  }

  private async follow(begin: () => Promise<{ id: string }>): Promise<void> {
    this.isLoading = true;
    await this.guarded(async () => {
      const { id } = await begin();
      const last = await poll(() => get<Publish>(`/publishes/${id}`), {
        isFinal: ({ state }) => FINAL.has(state),
        isWanted: () => !this.isGone,
        seen: (publish) => (this.publish = publish),
      });
      if (last) this.announce(last);
    });
    this.isLoading = false;
  }

  private announce(publish: Publish): void {
    const variant = publish.state === 'done' ? 'success' : 'warning';
    const message = `${plural(publish.outcomes.written, 'change')} written.`;
    this.dispatchEvent(new ShowToastEvent({ title: this.runTitle(publish), message, variant }));
    this.dispatchEvent(new CustomEvent('published'));
  }

  private async saveOutcomes(): Promise<void> {
    await this.guarded(() => download(`/publishes/${this.publish?.id}/outcomes.csv`, 'outcomes.csv'));
  }

  private async guarded(work: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await work();
    } catch (error) {
      this.problem = reduceErrors(error);
      if (error instanceof ServiceError && error.code === 'preview_stale') this.preview = null;
    }
  }
}
