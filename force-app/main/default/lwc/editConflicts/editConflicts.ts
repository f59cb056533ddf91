import { LightningElement, api } from 'lwc';
import { count, plural } from 'c/bailiwick';

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
  @api conflicts: Conflict[] = [];

  get title(): string {
    return `${plural(this.conflicts.length, 'ZIP')} moved by somebody else too`;
  }
  get rows() {
    return this.conflicts.slice(0, MOST).map((row) => ({
      ...row,
      what: `Now in ${row.theirs} (${row.by}); you gave it to ${row.mine}.`,
      mineLabel: `Take mine: ${row.place} to ${row.mine}`,
      theirsLabel: `Leave theirs: ${row.place} in ${row.theirs}`,
      showLabel: `Show ${row.place} on the map`,
    }));
  }
  get moreText(): string {
    const left = this.conflicts.length - MOST;
    return left > 0 ? `${count(left)} more are listed when these are decided.` : '';
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
