import { LightningElement, api } from 'lwc';
import canOperate from '@salesforce/customPermission/Bailiwick_Operate';

type View = 'find' | 'matches' | 'corrections' | 'files';

/** Providers and facilities: find one, review which accounts they are, see what was corrected. */
export default class RegistryPanel extends LightningElement {
  /** Changes when a file was loaded. */
  @api stamp = 0;

  private brought = 0;
  private view: View = 'find';
  private recordKey = '';

  get views() {
    return [
      { label: 'Find', value: 'find', hint: 'Search by name, NPI, CCN or city' },
      { label: 'Matches', value: 'matches', hint: 'Which record each account is' },
      { label: 'Corrections', value: 'corrections', hint: 'What was corrected, by whom and why' },
      ...(canOperate === true
        ? [{ label: 'Files', value: 'files', hint: 'What is loaded, and bringing one back' }]
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
