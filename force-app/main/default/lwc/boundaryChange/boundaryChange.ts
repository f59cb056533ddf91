import { LightningElement, api } from 'lwc';
import { count, plural } from 'c/bailiwick';
import type { BoundaryChange as Change, Some } from 'c/bailiwick';

const NAMED = 12;

/** What other boundaries would do: units, and the territories of every live plan. */
export default class BoundaryChange extends LightningElement {
  @api change: Change | null = null;
  /** What the sentence begins with. */
  @api lead = 'Using it:';

  get sentence(): string {
    if (!this.change) return '';
    const territories = new Set(this.change.plans.flatMap((plan) => plan.territories.map(({ id }) => id)));
    return `${this.lead} ${this.change.sentence} ${plural(territories.size, 'territory gains or loses', 'territories gain or lose')} units in ${plural(this.change.plans.length, 'live plan')}.`;
  }
  get units() {
    const { added, gone, merged } = this.change!;
    return [
      { label: `New: ${count(added.count)}`, text: listed(added, (zip) => zip) },
      { label: `Gone: ${count(gone.count)}`, text: listed(gone, (zip) => zip) },
      {
        label: `Part of another now: ${count(merged.count)}`,
        text: listed(merged, ({ from, into }) => `${from} → ${into}`),
      },
    ];
  }
  get plans() {
    return this.change!.plans.map(({ id, name, territories, zips }) => ({
      id,
      name,
      text: movedText(zips),
      territories: territories.map((one) => ({
        id: one.id,
        name: one.name,
        text: `gains ${plural(one.gained.count, 'unit')}, loses ${plural(one.lost.count, 'unit')}`,
      })),
    }));
  }
}

function movedText(zips: Some<{ zip: string; from: string | null; to: string | null }>): string {
  if (zips.count === 0) return 'No ZIP changes its territory.';
  const named = listed(zips, ({ zip, from, to }) => `${zip} from ${from ?? 'nobody'} to ${to ?? 'nobody'}`);
  return `${plural(zips.count, 'ZIP changes', 'ZIPs change')} territory: ${named}.`;
}

/** The first ones by name, and how many more there are. */
function listed<T>({ count: all, first }: Some<T>, name: (one: T) => string): string {
  const named = first.slice(0, NAMED).map(name);
  const more = all - named.length;
  return named.join(', ') + (more > 0 ? ` and ${count(more)} more` : '');
}
