import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';
import { filled } from 'c/bailiwick';
import { texts } from './texts';

/** Where somebody has no territory: what to do next; whoever decides about territories meets the feedback here. */
export default class TerritoryEmpty extends NavigationMixin(LightningElement) {
  readonly texts = texts;
  @api isSelf = false;

  get canDesign(): boolean {
    return canReassign === true;
  }
  get text(): string {
    if (this.isSelf && this.canDesign) return texts.youWorkNoTerritoryYourselfThe;
    return filled(texts.noTerritoryTerritoryAdminsGive, this.isSelf ? texts.youHave : texts.thisPersonHas);
  }

  private openWorkbench(): void {
    const attributes = { apiName: 'Bailiwick_Territories' };
    this[NavigationMixin.Navigate]({ type: 'standard__navItemPage', attributes });
  }
}
