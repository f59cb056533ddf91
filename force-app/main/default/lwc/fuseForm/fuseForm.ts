import { LightningElement, api } from 'lwc';
import type { Fuse } from 'c/bailiwick';
import { texts } from './texts';

type Share = Exclude<keyof Fuse, 'dealStage'>;

const LIMITS: readonly { name: Share; label: string }[] = [
  { name: 'movedShare', label: texts.ofAllAccountsWouldChangeTerritory },
  { name: 'territoryShare', label: texts.ofTheAccountsOfOneTerritoryWould },
  { name: 'vanishedShare', label: texts.ofThePlacedAccountsWouldLoseTheir },
  { name: 'newShare', label: texts.ofAllAccountsWouldGetAFirstPlace },
];

/** The fuse: a run that passes one of these limits writes nothing and asks. It cannot be switched off. */
export default class FuseForm extends LightningElement {
  readonly texts = texts;
  @api fuse: Fuse | null = null;
  @api stages: readonly string[] = [];

  get limits() {
    const { fuse } = this;
    return LIMITS.map(({ name, label }) => ({
      name,
      label: `% ${label}`,
      // 0.02 × 100 is 2.0000000000000004 for some shares
      percent: fuse ? Number((fuse[name] * 100).toFixed(3)) : 0,
    }));
  }
  get stageOptions() {
    const stages = this.stages.map((stage) => ({ label: stage, value: stage }));
    return [{ label: texts.theLastThirdOfTheStages, value: '' }, ...stages];
  }
  get stage(): string {
    return this.fuse?.dealStage ?? '';
  }

  private write(event: CustomEvent<{ value: string }>): void {
    const { name = '' } = (event.target as HTMLElement).dataset;
    const share = Number(event.detail.value) / 100;
    if (event.detail.value !== '' && share > 0 && share <= 1) this.tell({ [name]: share });
  }
  private pickStage(event: CustomEvent<{ value: string }>): void {
    this.tell({ dealStage: event.detail.value === '' ? null : event.detail.value });
  }
  private tell(change: Partial<Fuse>): void {
    this.dispatchEvent(new CustomEvent('fuse', { detail: { ...this.fuse, ...change } }));
  }
}
