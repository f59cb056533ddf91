import { LightningElement, api } from 'lwc';
import { get, reduceErrors } from 'c/bailiwick';
import type { Problem, PublishOptions as Options } from 'c/bailiwick';
import { DEFAULTS, partOf, partText, waysText } from './ways';
import { texts } from './texts';

interface Choice {
  label: string;
  value: string;
}

/** How to write: the usual way in two lines, every other one behind "More". Tells the whole choice whenever it changes. */
export default class PublishOptions extends LightningElement {
  readonly texts = texts;
  @api territories: readonly Choice[] = [];
  @api states: readonly Choice[] = [];
  /** No part of the plan can be chosen. */
  @api isWhole = false;
  private options: Options = DEFAULTS;
  private stages: Choice[] = [];
  private problem: Problem | null = null;
  private teamRole = 'Sales Rep';
  private field = '';
  private stamps = false;

  /** What is chosen at the start; left out, what people expect. */
  @api get value(): Options {
    return this.options;
  }
  set value(value: Partial<Options> | null) {
    this.options = { ...DEFAULTS, ...value };
    this.field = this.options.stampField ?? this.field;
    this.teamRole = this.options.teamRole ?? this.teamRole;
    this.stamps ||= this.options.stampField !== null;
    if (this.asksStage && this.stages.length === 0) void this.loadStages();
  }

  get dealOptions() {
    return [
      { label: texts.stayWithTheirOwner, value: 'stay' },
      { label: texts.moveWithTheAccount, value: 'move' },
      { label: texts.moveButStayFromAStageOn, value: 'untilStage' },
    ];
  }
  get asksStage(): boolean {
    return this.options.deals === 'untilStage';
  }
  get usesTeams(): boolean {
    return this.options.teamRole !== null;
  }
  get needsField(): boolean {
    return this.stamps && this.options.stampField === null;
  }
  get waysText(): string {
    return waysText(this.options);
  }
  get partText(): string {
    return partText(this.options.part, this.territories);
  }
  get partTerritories(): string[] {
    return this.options.part?.territoryIds ?? [];
  }
  get partStates(): string[] {
    return this.options.part?.states ?? [];
  }
  get hasStates(): boolean {
    return this.states.length > 1;
  }

  private check(event: CustomEvent<{ checked: boolean }>): void {
    const { option = '' } = (event.target as HTMLElement).dataset;
    this.change({ [option]: event.detail.checked });
  }
  private async pickDeals(event: CustomEvent<{ value: Options['deals'] }>): Promise<void> {
    const deals = event.detail.value;
    if (deals === 'untilStage' && this.stages.length === 0) await this.loadStages();
    const dealStage = deals === 'untilStage' ? (this.options.dealStage ?? lateStage(this.stages)) : null;
    this.change(deals === 'untilStage' && dealStage === null ? {} : { deals, dealStage });
  }
  private async loadStages(): Promise<void> {
    this.problem = null;
    try {
      const { stages } = await get<{ stages: string[] }>('/deal-stages');
      this.stages = stages.map((stage) => ({ label: stage, value: stage }));
    } catch (error) {
      this.problem = reduceErrors(error);
    }
  }
  private pickStage(event: CustomEvent<{ value: string }>): void {
    this.change({ dealStage: event.detail.value });
  }
  private useTeams(event: CustomEvent<{ checked: boolean }>): void {
    this.change({ teamRole: event.detail.checked ? this.teamRole : null });
  }
  private nameRole(event: CustomEvent<{ value: string }>): void {
    this.teamRole = event.detail.value.trim();
  }
  private takeRole(): void {
    if (this.teamRole !== '' && this.teamRole !== this.options.teamRole) this.change({ teamRole: this.teamRole });
  }
  private useStamp(event: CustomEvent<{ checked: boolean }>): void {
    this.stamps = event.detail.checked;
    this.takeField();
  }
  private nameField(event: CustomEvent<{ value: string }>): void {
    this.field = event.detail.value.trim();
  }
  private takeField(): void {
    const stampField = this.stamps && this.field !== '' ? this.field : null;
    if (stampField !== this.options.stampField) this.change({ stampField });
  }
  private takeSize(event: Event): void {
    const size = Math.round(Number((event.target as HTMLInputElement).value));
    if (size >= 1 && size <= DEFAULTS.batchSize && size !== this.options.batchSize) this.change({ batchSize: size });
  }
  private pickTerritories(event: CustomEvent<{ value: string[] }>): void {
    this.change({ part: partOf(event.detail.value, this.partStates) });
  }
  private pickStates(event: CustomEvent<{ value: string[] }>): void {
    this.change({ part: partOf(this.partTerritories, event.detail.value) });
  }
  get canChoosePart(): boolean {
    return !this.isWhole;
  }
  /** Not called "change": the events of that name of the base components inside go through to whoever listens. */
  private change(change: Partial<Options>): void {
    this.options = { ...this.options, ...change };
    this.dispatchEvent(new CustomEvent('options', { detail: this.options }));
  }
}

/** The first stage of the last third: what people mean by a late deal. */
function lateStage(stages: readonly Choice[]): string | null {
  return stages[Math.floor((stages.length * 2) / 3)]?.value ?? null;
}
