import { LightningElement } from 'lwc';
import { count, del, get, importFile, percent, reduceErrors, sendFile } from 'c/bailiwick';
import type { FileKind, ImportJob, ImportReport, ImportWishes, MappingQuestion, Problem } from 'c/bailiwick';
import { doingText, doneShare, linesPath, unfinishedText } from './words';
import { texts } from './texts';

/** Takes a file by drop or choice, sends it in parts, asks for its columns where it must, and shows where every row went. */
export default class ImportPanel extends LightningElement {
  readonly texts = texts;
  private kinds: FileKind[] = [];
  private kind = 'claims';
  private unfinished: ImportJob[] = [];
  private job: ImportJob | null = null;
  private question: MappingQuestion | null = null;
  private problem: Problem | null = null;
  private report: ImportReport | null = null;
  /** How the small counts of the next claims file are guarded; as CMS asks where it says nothing. */
  private rule: Pick<ImportWishes, 'below' | 'imputed'> = {};
  private isBusy = false;
  private isOver = false;
  private stamp = 0;
  /** Counts the files taken; what belongs to an older one is not shown any more. */
  private turn = 0;

  connectedCallback(): void {
    void this.look();
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get kindOptions() {
    return this.kinds.map(({ kind, label }) => ({ label, value: kind }));
  }
  get about(): string {
    return this.kinds.find(({ kind }) => kind === this.kind)?.about ?? '';
  }
  get dropLook(): string {
    return this.isOver ? 'drop over' : 'drop';
  }
  get hasUnfinished(): boolean {
    return !this.isBusy && !this.question && this.unfinished.length > 0;
  }
  get unfinishedRows() {
    return this.unfinished.map((job) => ({ id: job.id, text: unfinishedText(job, percent(job.received / job.bytes)) }));
  }
  get doingText(): string {
    return this.job ? doingText(this.job, count) : texts.beginning;
  }
  get doneShare(): number {
    return this.job ? Math.round(doneShare(this.job) * 100) : 0;
  }
  get isClaims(): boolean {
    return this.kind === 'claims';
  }
  get canShow(): boolean {
    return this.isClaims && this.report !== null;
  }
  get linesPath(): string {
    return this.report ? linesPath(this.kind, this.report.id) : '';
  }

  private async look(): Promise<void> {
    try {
      const { uploads, kinds } = await get<{ uploads: ImportJob[]; kinds: FileKind[] }>('/uploads');
      this.kinds = kinds;
      this.unfinished = uploads;
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }

  private pickKind(event: CustomEvent<{ value: string }>): void {
    this.kind = event.detail.value;
    [this.question, this.problem, this.report] = [null, null, null];
  }
  private takeRule(event: CustomEvent<Pick<ImportWishes, 'below' | 'imputed'>>): void {
    this.rule = event.detail;
  }
  private choose(event: CustomEvent<{ files: FileList }>): void {
    void this.take(event.detail.files[0]);
  }
  private over(event: DragEvent): void {
    event.preventDefault();
    this.isOver = !this.isBusy;
  }
  private out(): void {
    this.isOver = false;
  }
  private drop(event: DragEvent): void {
    event.preventDefault();
    this.isOver = false;
    if (!this.isBusy) void this.take(event.dataTransfer?.files[0]);
  }

  private async take(file: File | undefined): Promise<void> {
    if (!file) return;
    await this.guarded(async (watching) => {
      this.job = null;
      const sent = await sendFile(file, this.kind, watching);
      if (sent) await this.import(sent.id, {}, watching);
    });
  }

  private async import(id: string, wishes: ImportWishes, watching: Parameters<typeof importFile>[2]): Promise<void> {
    const job = await importFile(id, this.isClaims ? { ...wishes, ...this.rule } : wishes, watching);
    if (job?.state === 'done') {
      this.report = job.report;
      this.stamp++;
      this.dispatchEvent(new CustomEvent('imported', { detail: job.report }));
    } else if (job?.error?.code === 'mapping_needed') this.question = job.error.details as MappingQuestion;
    else if (job?.error) this.problem = { ...job.error, action: job.error.action ?? '' };
  }

  private answer(event: CustomEvent<ImportWishes>): void {
    const id = this.job?.id;
    if (id) void this.guarded((watching) => this.import(id, event.detail, watching));
  }

  private async cancel(): Promise<void> {
    this.turn++;
    const id = this.job?.id;
    [this.isBusy, this.question, this.job] = [false, null, null];
    if (id) await del(`/uploads/${id}`).catch(() => undefined);
    await this.look();
  }
  private async forget(event: Event): Promise<void> {
    const { id = '' } = (event.currentTarget as HTMLElement).dataset;
    await del(`/uploads/${id}`).catch(() => undefined);
    await this.look();
  }

  private show(): void {
    this.dispatchEvent(new CustomEvent('show', { detail: this.report }));
  }
  private passShow(event: CustomEvent<ImportReport>): void {
    this.dispatchEvent(new CustomEvent('show', { detail: event.detail }));
  }
  private passChanged(): void {
    this.dispatchEvent(new CustomEvent('imported', { detail: null }));
  }

  private async guarded(work: (watching: Parameters<typeof importFile>[2]) => Promise<void>): Promise<void> {
    const turn = ++this.turn;
    const isWanted = () => turn === this.turn;
    const seen = (job: ImportJob) => void (isWanted() && (this.job = job));
    [this.isBusy, this.problem, this.report, this.question] = [true, null, null, null];
    try {
      await work({ isWanted, seen });
    } catch (error) {
      if (isWanted()) this.problem = reduceErrors(error);
    }
    if (!isWanted()) return;
    this.isBusy = false;
    await this.look();
  }
}
