import { LightningElement, api } from 'lwc';
import { filled, loadMap } from 'c/bailiwick';
import type { LayerChoice, LayerOptions } from 'c/bailiwick';
import { texts } from './texts';

const COLORS = [
  ['', texts.asThePageShowsIt],
  ['potentialUsd', texts.marketPotential],
  ['salesUsd', texts.currentSales],
  ['headroomUsd', texts.headroom],
  ['procedures', texts.procedures],
  ['providers', texts.providers],
  ['accounts', texts.accounts],
  ['workload', texts.workloadHours],
] as const;
const DEVIATIONS = [
  ['workloadDeviation', texts.territoryWorkloadAgainstTarget],
  ['potentialDeviation', texts.territoryPotentialAgainstTarget],
] as const;
const METHODS = [
  ['quantile', texts.equallyManyInEachColour],
  ['equal', texts.equalSteps],
  ['own', texts.ownBounds],
] as const;
type Switch = 'pockets' | 'counties' | 'circles' | 'physicians' | 'facilities' | 'homes';
const SWITCHES: readonly (readonly [Switch, string])[] = [
  ['pockets', texts.whiteSpace],
  ['counties', texts.byCountyWhenZoomedOut],
  ['circles', texts.procedureVolumeAsCircles],
  ['physicians', texts.physicians],
  ['facilities', texts.facilities],
  ['homes', texts.repHomesZipLevel],
];

/** What lies on the map: colours and their classes, points, drive times. Says what was chosen and holds no rule. */
export default class MapLayers extends LightningElement {
  readonly texts = texts;
  @api choice!: LayerChoice;
  @api options!: LayerOptions;
  @api busy = false;
  @api problem = '';

  private isOpen = false;
  private breaksProblem = '';

  get expanded(): string {
    return String(this.isOpen);
  }
  get lacksPlan(): boolean {
    return !this.options.hasPlan;
  }
  get isMeasure(): boolean {
    return this.choice.color !== '' && !this.choice.color.endsWith('Deviation');
  }
  get isOwn(): boolean {
    return this.isMeasure && this.choice.method === 'own';
  }
  get breaksText(): string {
    return this.choice.breaks.join(' ');
  }
  get colors() {
    return choices([...COLORS, ...(this.options.hasDeviation ? DEVIATIONS : [])], this.choice.color);
  }
  get methods() {
    return choices(METHODS, this.choice.method);
  }
  get rings() {
    const { hasPin, homes } = this.options;
    const places: (readonly [string, string])[] = [
      ['', texts.none],
      ...(hasPin ? [['pin', texts.fromThePin] as const] : []),
      ['middle', texts.fromTheMiddleOfTheMap],
      ...homes.map(({ value, label }) => [value, filled(texts.fromHome, label)] as const),
    ];
    return choices(places, this.choice.rings);
  }
  get switches() {
    const { homes, hasPockets } = this.options;
    const lacks: Partial<Record<Switch, boolean>> = { homes: homes.length === 0, pockets: !hasPockets };
    const shown = SWITCHES.filter(([field]) => !lacks[field]);
    return shown.map(([field, label]) => ({ field, label, isOn: this.choice[field] }));
  }

  private toggle(): void {
    this.isOpen = !this.isOpen;
    this.dispatchEvent(new CustomEvent('size'));
  }

  private press(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    this.toggle();
    this.template?.querySelector<HTMLElement>('.button')?.focus();
  }

  private pick(event: Event): void {
    const { dataset, value } = event.target as HTMLSelectElement;
    this.tell({ [dataset.field ?? '']: value });
  }
  private turn(event: Event): void {
    const { dataset, checked } = event.target as HTMLInputElement;
    this.tell({ [dataset.field ?? '']: checked });
  }

  private async takeBreaks(event: Event): Promise<void> {
    const { value } = event.target as HTMLInputElement;
    const { core } = await loadMap(this);
    const parsed = core.parseBreaks(value);
    this.breaksProblem = 'problem' in parsed ? parsed.problem : '';
    if ('breaks' in parsed) this.tell({ breaks: parsed.breaks });
  }

  private reset(): void {
    this.breaksProblem = '';
    this.dispatchEvent(new CustomEvent('layers', { detail: null }));
  }

  private tell(change: Partial<LayerChoice>): void {
    this.dispatchEvent(new CustomEvent('layers', { detail: { ...this.choice, ...change } }));
  }
}

function choices(pairs: readonly (readonly [string, string])[], current: string) {
  return pairs.map(([value, label]) => ({ value, label, selected: value === current }));
}
