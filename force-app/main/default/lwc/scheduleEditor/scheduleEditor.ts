import { LightningElement, api } from 'lwc';
import { get, poll, post, putJson, reduceErrors } from 'c/bailiwick';
import type { Problem, SyncRun, SyncRuns, SyncSettings, SyncSettingsAnswer } from 'c/bailiwick';
import { texts } from './texts';

const EVERY_MS = 2000;

/** The automatic sync of a team: whether a run waits for a yes, when it runs, what stops it, and what it did. */
export default class ScheduleEditor extends LightningElement {
  readonly texts = texts;
  private answer: SyncSettingsAnswer | null = null;
  private runs: SyncRuns | null = null;
  private problem: Problem | null = null;
  private message = '';
  private isBusy = false;
  private team = '';
  private turn = 0;

  @api get teamId(): string {
    return this.team;
  }
  set teamId(id: string) {
    if (id === this.team) return;
    [this.team, this.answer, this.runs, this.message] = [id, null, null, ''];
    void this.load();
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.answer === null && this.problem === null;
  }
  get waitingRun(): SyncRun | null {
    return this.runs?.waiting ?? null;
  }
  get pastRuns(): SyncRun[] {
    return this.runs?.runs ?? [];
  }
  get runLabel(): string {
    return this.runs?.isRunning ? texts.running : texts.runNow;
  }
  get cannotRun(): boolean {
    return this.isBusy || (this.runs?.isRunning ?? true);
  }

  private load(): Promise<void> {
    return this.guarded(async () => {
      this.answer = await get<SyncSettingsAnswer>(`/teams/${this.team}/sync-settings`);
      void this.follow();
    });
  }
  /** The runs, again and again while one is under way. */
  private follow(): Promise<void> {
    const turn = ++this.turn;
    return this.guarded(async () => {
      let wasRunning = false;
      const last = await poll(() => get<SyncRuns>(`/teams/${this.team}/sync-runs?limit=50`), {
        isFinal: ({ isRunning }) => !isRunning,
        isWanted: () => turn === this.turn,
        seen: (runs) => {
          wasRunning ||= runs.isRunning;
          this.runs = runs;
        },
        everyMs: EVERY_MS,
      });
      if (last && wasRunning) this.dispatchEvent(new CustomEvent('finished'));
    });
  }

  private save(event: CustomEvent<SyncSettings & { webhookSecret?: string }>): Promise<void> {
    return this.busy(async () => {
      const body = { version: this.answer?.version ?? 0, ...event.detail };
      this.answer = await putJson<SyncSettingsAnswer>(`/teams/${this.team}/sync-settings`, body);
      this.message = texts.saved;
    });
  }
  private runNow(): Promise<void> {
    return this.busy(async () => {
      await post(`/teams/${this.team}/sync-runs`);
      void this.follow();
    });
  }
  private approve(): Promise<void> {
    return this.busy(async () => {
      const { id, previewHash } = this.waitingRun ?? {};
      await post(`/sync-runs/${id}/approve`, { previewHash });
      void this.follow();
    });
  }
  private dismiss(): Promise<void> {
    return this.busy(async () => {
      await post(`/sync-runs/${this.waitingRun?.id}/dismiss`);
      void this.follow();
    });
  }
  private retry(): void {
    void this.load();
  }

  private async busy(work: () => Promise<void>): Promise<void> {
    [this.isBusy, this.message] = [true, ''];
    await this.guarded(work);
    this.isBusy = false;
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
