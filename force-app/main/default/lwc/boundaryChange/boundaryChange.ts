import { LightningElement, api } from 'lwc';
import { count, filled, plural } from 'c/bailiwick';
import type { BoundaryChange as Change, Some } from 'c/bailiwick';
import { texts } from './texts';

const NAMED = 12;

/** What other boundaries would do: units, and the territories of every live plan. */
export default class BoundaryChange extends LightningElement {
  @api change: Change | null = null;
  /** What the sentence begins with. */
  @api lead = texts.usingIt;

  get sentence(): string {
    if (!this.change) return '';
    const territories = new Set(this.change.plans.flatMap((plan) => plan.territories.map(({ id }) => id)));
    return filled(
      texts.unitsIn,
      this.lead,
      this.change.sentence,
      plural(territories.size, texts.territoryGainsOrLoses),
      plural(this.change.plans.length, texts.livePlan),
    );
  }
  get units() {
    const { added, gone, merged } = this.change!;
    return [
      { label: filled(texts.new, count(added.count)), text: listed(added, (zip) => zip) },
      { label: filled(texts.gone, count(gone.count)), text: listed(gone, (zip) => zip) },
      {
        label: filled(texts.partOfAnotherNow, count(merged.count)),
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
        text: filled(texts.gainsLoses, plural(one.gained.count, texts.unit), plural(one.lost.count, texts.unit)),
      })),
    }));
  }
}

function movedText(zips: Some<{ zip: string; from: string | null; to: string | null }>): string {
  if (zips.count === 0) return texts.noZipChangesItsTerritory;
  const named = listed(zips, ({ zip, from, to }) =>
    filled(texts.fromTo, zip, from ?? texts.nobody, to ?? texts.nobody),
  );
  return filled(texts.territory, plural(zips.count, texts.zipChanges), named);
}

/** The first ones by name, and how many more there are. */
function listed<T>({ count: all, first }: Some<T>, name: (one: T) => string): string {
  const named = first.slice(0, NAMED).map(name);
  const more = all - named.length;
  return named.join(', ') + (more > 0 ? ` ${filled(texts.andMore, count(more))}` : '');
}
