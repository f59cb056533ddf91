import { LightningElement, api } from 'lwc';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';
import { get, reduceErrors } from 'c/bailiwick';
import type { Correction, Problem, RecordPage } from 'c/bailiwick';
import { coordinatesText, factLines } from './factWords';
import {
  affiliationRows,
  alternativeRows,
  counted,
  sourceRows,
  specialtyRows,
  volumeRows,
  volumeText,
} from './recordRows';
import { texts } from './texts';

/** All that is known of one provider or facility, and where managers put right what claims miss. */
export default class RegistryRecord extends LightningElement {
  readonly texts = texts;
  private page: RecordPage | null = null;
  private problem: Problem | null = null;
  private correcting: Correction['kind'] | '' = '';
  private key = '';
  private shouldFocus = false;

  /** NPI or CCN. */
  @api get recordKey(): string {
    return this.key;
  }
  set recordKey(key: string) {
    if (key === this.key) return;
    this.key = key;
    [this.page, this.correcting, this.shouldFocus] = [null, '', true];
    void this.load();
  }

  renderedCallback(): void {
    if (!this.shouldFocus || !this.page) return;
    this.shouldFocus = false;
    this.template?.querySelector<HTMLElement>('[data-title]')?.focus();
  }

  get isWaiting(): boolean {
    return this.page === null && this.problem === null;
  }
  get title(): string {
    return this.page?.record.name || this.key;
  }
  get facts(): string[] {
    return factLines(this.page!);
  }
  get coordinates(): string {
    return coordinatesText(this.page!);
  }
  get coordinatesLook(): string {
    return this.page?.record.coordinates === 'source' ? 'quiet' : 'told';
  }
  get canCorrect(): boolean {
    return canReassign === true;
  }
  get isIdle(): boolean {
    return this.correcting === '';
  }
  get procedures(): number {
    return counted(this.page!);
  }
  get hasCorrections(): boolean {
    return this.page!.corrections.length > 0;
  }
  get volumeText(): string {
    return volumeText(this.page!);
  }
  get hasVolumes(): boolean {
    return this.page!.volumes.length > 0;
  }
  get volumes() {
    return volumeRows(this.page!);
  }
  get hasSpecialties(): boolean {
    return this.page!.specialties.length > 0;
  }
  get specialties() {
    return specialtyRows(this.page!);
  }
  get hasAffiliations(): boolean {
    return this.page!.affiliations.length > 0;
  }
  get affiliationsTitle(): string {
    return this.page!.record.isPerson ? texts.worksAt : texts.whoWorksHere;
  }
  get affiliations() {
    return affiliationRows(this.page!);
  }
  get sources() {
    return sourceRows(this.page!);
  }
  get hasAlternatives(): boolean {
    return this.page!.alternatives.length > 0;
  }
  get alternatives() {
    return alternativeRows(this.page!);
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }
  private open(event: Event): void {
    const detail = (event.currentTarget as HTMLElement).dataset['key'];
    this.dispatchEvent(new CustomEvent('open', { detail }));
  }
  private correct(event: Event): void {
    this.correcting = (event.currentTarget as HTMLElement).dataset['kind'] as Correction['kind'];
  }
  private leave(): void {
    this.correcting = '';
  }
  private takeSaved(): void {
    this.correcting = '';
    void this.load();
  }

  private async load(): Promise<void> {
    const { key } = this;
    this.problem = null;
    try {
      const page = await get<RecordPage>(`/registry/${key}`);
      if (key === this.key) this.page = page;
    } catch (error) {
      if (key === this.key) this.problem = reduceErrors(error);
    }
  }
}
