import { LightningElement, api } from 'lwc';
import { count, moment, plural } from 'c/bailiwick';
import type { SyncRun } from 'c/bailiwick';

/** A run that stopped before writing and asks: why, what it would write, and a yes or no. */
export default class WaitingRun extends LightningElement {
  @api run: SyncRun | null = null;
  @api isBusy = false;
  private asked: 'approve' | 'dismiss' | '' = '';

  get heading(): string {
    return this.run ? `A run of ${moment(this.run.startedAt)} waits for you; nothing is written yet` : '';
  }
  get lines(): string[] {
    return (this.run?.fuse ?? []).map(({ sentence }) => sentence);
  }
  get countsText(): string {
    const { counts, alignmentName } = this.run ?? {};
    if (!counts) return '';
    return `It would write “${alignmentName ?? 'the live plan'}”: ${plural(counts.add, 'account')} to a territory, ${count(counts.remove)} out of one, ${plural(counts.owners, 'owner')}, ${plural(counts.deals, 'open deal')}.`;
  }
  get asks() {
    if (this.asked === 'approve')
      return {
        heading: 'Write this once?',
        confirm: 'Approve once',
        text: `${this.countsText} The next run stops again where a limit is passed.`,
      };
    if (this.asked === 'dismiss')
      return {
        heading: 'Dismiss this run?',
        confirm: 'Dismiss',
        text: 'Nothing is written. The next run compares anew, and stops again if the cause is still there.',
      };
    return null;
  }

  private askApprove(): void {
    this.asked = 'approve';
  }
  private askDismiss(): void {
    this.asked = 'dismiss';
  }
  private leave(): void {
    this.asked = '';
  }
  private confirm(): void {
    const what = this.asked;
    this.asked = '';
    this.dispatchEvent(new CustomEvent(what));
  }
}
