import { LightningElement, api } from 'lwc';
import canOperate from '@salesforce/customPermission/Bailiwick_Operate';
import { texts } from './texts';

type View = 'find' | 'matches' | 'corrections' | 'files';

/** Providers and facilities: find one, review which accounts they are, see what was corrected. */
export default class RegistryPanel extends LightningElement {
  readonly texts = texts;
  /** Changes when a file was loaded. */
  @api stamp = 0;

  private brought = 0;
  private view: View = 'find';
  private recordKey = '';

  get views() {
    return [
      { label: texts.find, value: 'find', hint: texts.searchByNameNpiCcnOrCity },
      { label: texts.matches, value: 'matches', hint: texts.whichRecordEachAccountIs },
      { label: texts.corrections, value: 'corrections', hint: texts.whatWasCorrectedByWhomAndWhy },
      ...(canOperate === true
        ? [{ label: texts.files, value: 'files', hint: texts.whatIsLoadedAndBringingOneBack }]
        : []),
    ];
  }
  /** Changes when other files are in use. */
  get fresh(): number {
    return this.stamp + this.brought;
  }
  get isListing(): boolean {
    return this.view === 'files';
  }
  get hasRecord(): boolean {
    return this.recordKey !== '';
  }
  get isFinding(): boolean {
    return this.view === 'find';
  }
  get isMatching(): boolean {
    return this.view === 'matches';
  }
  /** Made anew after a record was looked at: something may have been corrected there. */
  get isCorrecting(): boolean {
    return this.view === 'corrections' && !this.hasRecord;
  }

  private pickView(event: CustomEvent<View>): void {
    this.view = event.detail;
    this.recordKey = '';
  }
  private open(event: CustomEvent<string>): void {
    this.recordKey = event.detail;
  }
  private renew(): void {
    this.brought++;
  }
  private close(): void {
    this.recordKey = '';
  }
}
