import { LightningElement, api } from 'lwc';
import { count, filled, plural } from 'c/bailiwick';
import { texts } from './texts';

interface Conflict {
  unit: number;
  place: string;
  mine: string;
  theirs: string;
  by: string;
  isLocked: boolean;
}
const MOST = 50;

/** ZIPs that two people moved in one plan: what each wants, who was faster and when, and a choice. */
export default class EditConflicts extends LightningElement {
  readonly texts = texts;
  @api conflicts: Conflict[] = [];

  get title(): string {
    return filled(texts.movedBySomebodyElseToo, plural(this.conflicts.length, texts.zip));
  }
  get rows() {
    return this.conflicts.slice(0, MOST).map((row) => ({
      ...row,
      what: filled(texts.nowInYouGaveItTo, row.theirs, row.by, row.mine),
      mineLabel: filled(texts.takeMineTo, row.place, row.mine),
      theirsLabel: filled(texts.leaveTheirsIn, row.place, row.theirs),
      showLabel: filled(texts.showOnTheMap, row.place),
    }));
  }
  get moreText(): string {
    const left = this.conflicts.length - MOST;
    return left > 0 ? filled(texts.moreAreListedWhenTheseAreDecided, count(left)) : '';
  }

  private choose(event: Event): void {
    const { take, unit } = (event.currentTarget as HTMLElement).dataset;
    this.tell({ do: 'choose', units: [Number(unit)], take });
  }
  private chooseAll(event: Event): void {
    const { take } = (event.currentTarget as HTMLElement).dataset;
    this.tell({ do: 'choose', units: this.conflicts.map(({ unit }) => unit), take });
  }
  private show(event: Event): void {
    this.tell({ do: 'show', units: [Number((event.currentTarget as HTMLElement).dataset.unit)] });
  }
  private tell(detail: object): void {
    this.dispatchEvent(new CustomEvent('desk', { detail }));
  }
}
