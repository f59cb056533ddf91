import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { filled, plural, post, reduceErrors, ServiceError } from 'c/bailiwick';
import type { Conflict, PlanLife, Preview, Problem, Publish, PublishOptions } from 'c/bailiwick';
import { waitsFor } from './approvalWords';
import { texts } from './texts';

interface Draft {
  draftId: string;
  draftName: string;
  version: number;
}
interface Choice {
  label: string;
  value: string;
}

/** Publish: a plain list of what will change in the CRM, then progress, proof, and a way back. */
export default class PublishStep extends LightningElement {
  readonly texts = texts;
  @api teamId = '';
  /** Territories and states of the plan, to publish a part of it. */
  @api territories: readonly Choice[] = [];
  @api states: readonly Choice[] = [];

  private open: Draft | null = null;
  private options: Partial<PublishOptions> = {};
  private leftOut: readonly Conflict[] = [];
  private preview: Preview | null = null;
  private life: PlanLife | null = null;
  private runId = '';
  private problem: Problem | null = null;
  private isLoading = false;
  private stamp = 0;
  private isThere = false;
  private turn = 0;

  /** The draft; another one, or a newer version of it, is listed anew. */
  @api get plan(): Draft | null {
    return this.open;
  }
  set plan(plan: Draft | null) {
    const isSame = plan?.draftId === this.open?.draftId && plan?.version === this.open?.version;
    this.open = plan;
    if (this.isThere && !isSame && this.runId === '') this.reload();
  }

  connectedCallback(): void {
    this.isThere = true;
    void this.load();
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get hasDraft(): boolean {
    return (this.open?.draftId ?? '') !== '';
  }
  get isPreparing(): boolean {
    return this.hasDraft && this.runId === '';
  }
  get showsPreview(): boolean {
    return this.isPreparing && this.preview !== null;
  }
  get hasNoDraft(): boolean {
    return !this.hasDraft && this.runId === '';
  }
  get hasNothingToDo(): boolean {
    const { preview } = this;
    if (!preview) return false;
    const { add, remove, owners, deals, teamMembers, stamps } = preview.counts;
    return add + remove + owners + deals + teamMembers + stamps + preview.structure.length === 0;
  }
  get cannotPublish(): boolean {
    return this.isLoading || this.preview === null || this.hasNothingToDo || this.waits !== '';
  }
  /** Why not yet, and what comes next. */
  get waits(): string {
    return this.life && this.life.id === this.open?.draftId ? waitsFor(this.life) : '';
  }
  get request() {
    const { draftId: alignmentId = '', version = 0 } = this.open ?? {};
    const leaveOut = [...new Set(this.leftOut.map(({ accountId }) => accountId))];
    return { alignmentId, version, ...this.options, leaveOut };
  }

  private async load(): Promise<void> {
    const turn = ++this.turn;
    if (!this.hasDraft) return;
    this.isLoading = true;
    await this.guarded(async () => {
      const preview = await post<Preview>('/publishes/preview', this.request);
      if (turn === this.turn) this.preview = preview;
    });
    if (turn === this.turn) this.isLoading = false;
  }

  private takeLife(event: CustomEvent<PlanLife>): void {
    this.life = event.detail;
  }
  private takeOptions(event: CustomEvent<PublishOptions>): void {
    this.options = event.detail;
    void this.load();
  }
  private takeLeftOut(event: CustomEvent<Conflict[]>): void {
    this.leftOut = event.detail;
    void this.load();
  }
  /** What somebody changes in Salesforce meanwhile is a conflict; what is left out stays left out. */
  private listAgain(): void {
    void this.load();
  }
  private toDesign(): void {
    this.dispatchEvent(new CustomEvent('design'));
  }
  private reload(): void {
    [this.runId, this.preview, this.leftOut] = ['', null, []];
    this.stamp++;
    void this.load();
  }
  private async start(): Promise<void> {
    this.isLoading = true;
    await this.guarded(async () => {
      const { id } = await post<{ id: string }>('/publishes', {
        ...this.request,
        previewHash: this.preview?.previewHash,
      });
      this.runId = id;
    });
    this.isLoading = false;
  }
  private takeStarted(event: CustomEvent<string>): void {
    this.runId = event.detail;
  }
  private takeFinished(event: CustomEvent<{ publish: Publish; isNews: boolean }>): void {
    if (event.detail.isNews) this.announce(event.detail.publish);
  }
  private takeOther(event: CustomEvent<Publish>): void {
    this.announce(event.detail);
  }

  private announce({ state, kind, outcomes }: Publish): void {
    const variant = state === 'done' ? 'success' : 'warning';
    const title = kind === 'takeBack' ? texts.theTakeBackIsOver : texts.thePublishIsOver;
    const message = filled(texts.written, plural(outcomes.written, texts.change));
    this.dispatchEvent(new ShowToastEvent({ title, message, variant }));
    this.dispatchEvent(new CustomEvent('published'));
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
