import { LightningElement, api } from 'lwc';
import { filled, plural, reduceErrors } from 'c/bailiwick';
import type { MapPlace } from 'c/bailiwick';
import { texts } from './texts';

/** Finds places by words; the arrows walk through the list, Enter goes there. What is found is the caller's business. */
export default class MapSearch extends LightningElement {
  readonly texts = texts;
  @api label = texts.findAZipCityCountyAccountOrRepOn;
  @api placeholder = texts.findZipCityCountyAccountRep;
  /** What has become of the one that was taken, said after its name. */
  @api done = texts.isInTheMiddleOfTheMap;
  @api find: (text: string) => Promise<MapPlace[]> = () => Promise.resolve([]);

  private places: MapPlace[] = [];
  private at = -1;
  private isOpen = false;
  private message = '';
  private said = '';
  /** Answers of earlier words are not shown any more. */
  private asked = 0;

  get expanded(): string {
    return String(this.isOpen);
  }
  get activeId(): string {
    return this.at >= 0 ? `place-${this.at}` : '';
  }
  get rows() {
    return this.places.map((place, at) => ({
      ...place,
      at,
      id: `place-${at}`,
      selected: String(at === this.at),
      look: at === this.at ? 'row on' : 'row',
    }));
  }

  private async type(event: Event): Promise<void> {
    const text = (event.target as HTMLInputElement).value;
    const turn = ++this.asked;
    this.message = '';
    try {
      const places = await this.find(text);
      if (turn !== this.asked) return;
      this.places = places;
      this.at = places.length > 0 ? 0 : -1;
      this.isOpen = places.length > 0;
      const isNothing = places.length === 0 && text.trim().length > 1;
      this.message = isNothing ? texts.nothingHereIsCalledThatOrItIsNot : '';
      this.said = isNothing
        ? this.message
        : places.length > 0
          ? filled(texts.found2, plural(places.length, texts.place))
          : '';
    } catch (error) {
      if (turn !== this.asked) return;
      this.close();
      this.message = reduceErrors(error).message;
      this.said = this.message;
    }
  }

  private press(event: KeyboardEvent): void {
    const { length } = this.places;
    // keys typed here are not the map's
    event.stopPropagation();
    if (event.key === 'Escape') return this.close();
    if (!this.isOpen || length === 0) return;
    if (event.key === 'ArrowDown') this.at = (this.at + 1) % length;
    else if (event.key === 'ArrowUp') this.at = (this.at + length - 1) % length;
    else if (event.key === 'Enter') this.go(this.at);
    else return;
    event.preventDefault();
  }

  /** The list must not lose the focus before the click arrives. */
  private hold(event: Event): void {
    event.preventDefault();
  }
  private take(event: Event): void {
    this.go(Number((event.currentTarget as HTMLElement).dataset.at));
  }
  private leave(): void {
    this.close();
  }

  private go(at: number): void {
    const place = this.places[at];
    if (!place) return;
    this.close();
    this.said = `${place.label} ${this.done}`;
    this.dispatchEvent(new CustomEvent('go', { detail: place }));
  }

  private close(): void {
    this.isOpen = false;
    this.message = '';
    this.at = -1;
  }
}
