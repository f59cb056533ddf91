import { LightningElement, api } from 'lwc';
import type { UnitChoice as Choice } from 'c/bailiwick';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

type Kind = 'zip' | 'county' | 'mixed';
const OPTIONS: { label: string; value: Kind }[] = [
  { label: texts.zips, value: 'zip' },
  { label: texts.counties, value: 'county' },
  { label: texts.countiesInSomeStatesZipsElsewhere, value: 'mixed' },
];

const kindOf = (choice: Choice): Kind => (typeof choice === 'string' ? choice : 'mixed');
const placesOf = (choice: Choice): string[] =>
  typeof choice === 'string' ? [] : [...choice.countyStates, ...choice.counties];

/** What the map is built of. Nothing changes before it is chosen, and the map not before it is applied. */
export default class UnitChoice extends LightningElement {
  readonly texts = texts;
  private now: Choice = 'zip';
  private kind: Kind = 'zip';
  private places = '';
  readonly options = OPTIONS;

  @api get choice(): Choice {
    return this.now;
  }
  set choice(choice: Choice) {
    [this.now, this.kind, this.places] = [choice, kindOf(choice), placesOf(choice).join(', ')];
  }

  get summary(): string {
    const name = OPTIONS.find(({ value }) => value === kindOf(this.now))?.label ?? '';
    const places = placesOf(this.now).join(', ');
    return filled(texts.unitsOfTheMap, name, places === '' ? '' : ` (${places})`);
  }
  get isMixed(): boolean {
    return this.kind === 'mixed';
  }
  private get named(): string[] {
    return this.places
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter((place) => place !== '');
  }
  get wrong(): string {
    if (!this.isMixed) return '';
    const odd = this.named.find((place) => !/^([A-Z]{2}|\d{5})$/.test(place));
    return odd === undefined ? '' : filled(texts.isNeitherAStateOfTwoLettersNorA, odd);
  }
  get isBlocked(): boolean {
    return this.wrong !== '' || (this.isMixed && this.named.length === 0);
  }

  private pickKind(event: CustomEvent<{ value: Kind }>): void {
    this.kind = event.detail.value;
  }
  private takePlaces(event: CustomEvent<{ value: string }>): void {
    this.places = event.detail.value;
  }
  private choose(): void {
    const isCounty = (place: string) => /^\d{5}$/.test(place);
    const counties = this.named.filter(isCounty);
    const countyStates = this.named.filter((place) => !isCounty(place));
    const detail: Choice = this.kind === 'mixed' ? { countyStates, counties } : this.kind;
    this.dispatchEvent(new CustomEvent('choose', { detail }));
  }
}
