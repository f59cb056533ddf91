import { LightningElement, api } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import canReassign from '@salesforce/customPermission/Bailiwick_Reassign';

/** Where somebody has no territory: what to do next; whoever decides about territories meets the feedback here. */
export default class TerritoryEmpty extends NavigationMixin(LightningElement) {
  @api isSelf = false;

  get canDesign(): boolean {
    return canReassign === true;
  }
  get text(): string {
    if (this.isSelf && this.canDesign)
      return 'You work no territory yourself. The territories that you manage are in the workbench; what their reps say is wrong is below.';
    return `${this.isSelf ? 'You have' : 'This person has'} no territory. Territory Admins give territories their reps in Salesforce’s Territory Management.`;
  }

  private openWorkbench(): void {
    const attributes = { apiName: 'Bailiwick_Territories' };
    this[NavigationMixin.Navigate]({ type: 'standard__navItemPage', attributes });
  }
}
