import { LightningElement, api } from 'lwc';
import { count, duration, filled, moment, plural } from 'c/bailiwick';
import type { SyncRun } from 'c/bailiwick';
import { texts } from './texts';

const TRIGGERS: Readonly<Record<SyncRun['trigger'], string>> = {
  schedule: texts.byTheClock,
  claims: texts.newClaims,
  changes: texts.changesInSalesforce,
  nightly: texts.fullComparison,
  person: texts.byHand,
  catchUp: texts.madeUpForAMissedOne,
  effectiveDate: texts.aPlanOnItsDate,
};
const STATES: Readonly<Record<SyncRun['state'], string>> = {
  running: texts.running,
  nothing: texts.nothingToDo,
  waiting: texts.waitsForYou,
  done: texts.done,
  partial: texts.doneExceptForSomeRecords,
  failed: texts.stopped,
  skipped: texts.notRun,
  dismissed: texts.dismissed,
};
const GOOD = new Set<SyncRun['state']>(['done', 'nothing']);
/** The newest few; the rest on demand. */
const MOST = 3;

/** What the automatic sync did, newest first, each with why it ran and what came of it. */
export default class SyncRuns extends LightningElement {
  readonly texts = texts;
  @api runs: readonly SyncRun[] = [];
  private most = MOST;
  private openId = '';

  get isEmpty(): boolean {
    return this.runs.length === 0;
  }
  get rows() {
    return this.runs.slice(0, this.most).map((run) => ({
      id: run.id,
      title: `${TRIGGERS[run.trigger]}, ${moment(run.startedAt)}`,
      state: STATES[run.state],
      look: GOOD.has(run.state) ? 'state good' : run.state === 'running' ? 'state live' : 'state wrong',
      numbers: numbersText(run),
      reason: [run.reason, run.action].filter((part) => part !== null).join(' '),
      notified: run.notified,
      publishId: run.publishId,
      isOpen: run.publishId !== null && run.id === this.openId,
      expanded: String(run.id === this.openId),
    }));
  }
  get moreText(): string {
    const left = this.runs.length - this.most;
    return left > 0 ? filled(texts.showMore, count(left)) : '';
  }

  private toggle(event: Event): void {
    const { run = '' } = (event.currentTarget as HTMLElement).dataset;
    this.openId = this.openId === run ? '' : run;
  }
  private showMore(): void {
    this.most = this.runs.length;
  }
}

function numbersText({ counts, durationMs, apiCalls }: SyncRun): string {
  return [
    counts
      ? filled(texts.accountsComparedToMoveWithA, count(counts.accounts), count(counts.moved), count(counts.placed))
      : '',
    durationMs === null ? '' : duration(durationMs),
    plural(apiCalls, texts.apiCall),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
