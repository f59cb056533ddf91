import { LightningElement, api } from 'lwc';
import { count, duration, moment, plural } from 'c/bailiwick';
import type { SyncRun } from 'c/bailiwick';

const TRIGGERS: Readonly<Record<SyncRun['trigger'], string>> = {
  schedule: 'By the clock',
  claims: 'New claims',
  changes: 'Changes in Salesforce',
  nightly: 'Full comparison',
  person: 'By hand',
  catchUp: 'Made up for a missed one',
  effectiveDate: 'A plan on its date',
};
const STATES: Readonly<Record<SyncRun['state'], string>> = {
  running: 'Running',
  nothing: 'Nothing to do',
  waiting: 'Waits for you',
  done: 'Done',
  partial: 'Done, except for some records',
  failed: 'Stopped',
  skipped: 'Not run',
  dismissed: 'Dismissed',
};
const GOOD = new Set<SyncRun['state']>(['done', 'nothing']);
/** The newest few; the rest on demand. */
const MOST = 3;

/** What the automatic sync did, newest first, each with why it ran and what came of it. */
export default class SyncRuns extends LightningElement {
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
    return left > 0 ? `Show ${count(left)} more` : '';
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
      ? `${count(counts.accounts)} accounts compared, ${count(counts.moved)} to move, ${count(counts.placed)} with a territory`
      : '',
    durationMs === null ? '' : duration(durationMs),
    plural(apiCalls, 'API call'),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
