import { LightningElement, api } from 'lwc';
import {
  count,
  duration,
  filled,
  get,
  isFinal,
  moment,
  plural,
  poll,
  reduceErrors,
  runKind,
  runState,
} from 'c/bailiwick';
import type { Problem, Publish } from 'c/bailiwick';
import { texts } from './texts';

/** A list is asked again this often while something runs; one run that is open is followed more closely. */
const EVERY_MS = 2000;

/** All publishes, automatic runs and take-backs, newest first; one can be opened. Live while something runs. */
export default class RunList extends LightningElement {
  readonly texts = texts;
  /** Only the newest few; the rest on demand. 0 lists all. */
  @api most = 0;
  private runs: Publish[] | null = null;
  private problem: Problem | null = null;
  private openId = '';
  private showsAll = false;
  private team = '';
  private known = -1;
  private turn = 0;

  /** Only this team's; empty for all teams. */
  @api get teamId(): string {
    return this.team;
  }
  set teamId(id: string) {
    if (id === this.team) return;
    this.team = id;
    if (this.runs) void this.load();
  }
  /** Changes when there is something new to list. */
  @api get stamp(): number {
    return this.known;
  }
  set stamp(stamp: number) {
    if (stamp === this.known) return;
    const isFirst = this.known === -1;
    this.known = stamp;
    if (!isFirst) void this.load();
  }

  connectedCallback(): void {
    void this.load();
  }
  disconnectedCallback(): void {
    this.turn++;
  }

  get isWaiting(): boolean {
    return this.runs === null && this.problem === null;
  }
  get isEmpty(): boolean {
    return this.runs?.length === 0;
  }
  get rows() {
    const runs = this.runs ?? [];
    const shown = this.most > 0 && !this.showsAll ? runs.slice(0, this.most) : runs;
    return shown.map((run) => {
      const isOpen = run.id === this.openId;
      return {
        id: run.id,
        title: `${runKind(run)}: ${run.alignmentName}${run.isPartOnly ? ` ${texts.aPart}` : ''}`,
        state: stateText(run),
        look: lookOf(run),
        who: `${run.byName}, ${moment(run.at)}`,
        numbers: numbersText(run),
        isOpen,
        expanded: String(isOpen),
      };
    });
  }
  get moreText(): string {
    const left = (this.runs?.length ?? 0) - this.rows.length;
    return left > 0 ? filled(texts.showMore, count(left)) : '';
  }

  private load(): Promise<void> {
    const turn = ++this.turn;
    const path = this.team === '' ? '/publishes' : `/publishes?team=${this.team}`;
    return this.guarded(async () => {
      await poll(() => get<{ publishes: Publish[] }>(path), {
        isFinal: ({ publishes }) => publishes.every(isFinal),
        isWanted: () => turn === this.turn,
        seen: ({ publishes }) => (this.runs = publishes),
        everyMs: EVERY_MS,
      });
    });
  }
  private toggle(event: Event): void {
    const { run = '' } = (event.currentTarget as HTMLElement).dataset;
    this.openId = this.openId === run ? '' : run;
  }
  private showAll(): void {
    this.showsAll = true;
  }
  private takeStarted(event: CustomEvent<string>): void {
    this.openId = event.detail;
    void this.load();
  }
  private takeFinished(event: CustomEvent<{ publish: Publish; isNews: boolean }>): void {
    if (!event.detail.isNews) return;
    void this.load();
    this.dispatchEvent(new CustomEvent('finished', { detail: event.detail.publish }));
  }
  private retry(): void {
    void this.load();
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

function stateText(run: Publish): string {
  const { done, total } = run.progress;
  return isFinal(run) ? runState(run) : filled(texts.of, runState(run), count(done), count(total));
}

const lookOf = (run: Publish): string =>
  run.state === 'done' ? 'state good' : isFinal(run) ? 'state wrong' : 'state live';

function numbersText({ outcomes, finishedAt, at, apiCalls }: Publish): string {
  const { written, failed, skipped } = outcomes;
  return [
    filled(texts.written, count(written)),
    failed > 0 ? filled(texts.failed, count(failed)) : '',
    skipped > 0 ? filled(texts.skipped, count(skipped)) : '',
    finishedAt === null ? '' : duration(Date.parse(finishedAt) - Date.parse(at)),
    plural(apiCalls, texts.apiCall),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
