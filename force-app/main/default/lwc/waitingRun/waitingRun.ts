import { LightningElement, api } from 'lwc';
import { count, filled, moment, plural } from 'c/bailiwick';
import type { SyncRun } from 'c/bailiwick';
import { texts } from './texts';

/** A run that stopped before writing and asks: why, what it would write, and a yes or no. */
export default class WaitingRun extends LightningElement {
  readonly texts = texts;
  @api run: SyncRun | null = null;
  @api isBusy = false;
  private asked: 'approve' | 'dismiss' | '' = '';

  get heading(): string {
    return this.run ? filled(texts.aRunOfWaitsForYouNothingIsWritten, moment(this.run.startedAt)) : '';
  }
  get lines(): string[] {
    return (this.run?.fuse ?? []).map(({ sentence }) => sentence);
  }
  get countsText(): string {
    const { counts, alignmentName } = this.run ?? {};
    if (!counts) return '';
    return filled(
      texts.itWouldWriteToATerritoryOutOfOne,
      alignmentName ?? texts.theLivePlan,
      plural(counts.add, texts.account),
      count(counts.remove),
      plural(counts.owners, texts.owner),
      plural(counts.deals, texts.openDeal),
    );
  }
  get asks() {
    if (this.asked === 'approve')
      return {
        heading: texts.writeThisOnce,
        confirm: texts.approveOnce,
        text: filled(texts.theNextRunStopsAgainWhereALimitIs, this.countsText),
      };
    if (this.asked === 'dismiss')
      return {
        heading: texts.dismissThisRun,
        confirm: texts.dismiss,
        text: texts.nothingIsWrittenTheNextRunCompares,
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
