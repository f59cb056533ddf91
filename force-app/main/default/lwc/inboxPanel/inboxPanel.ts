import { LightningElement, api } from 'lwc';
import canOperate from '@salesforce/customPermission/Bailiwick_Operate';
import { texts } from './texts';

/** Feedback of reps and requests of managers in one place, with the rules by which some of it needs nobody. */
export default class InboxPanel extends LightningElement {
  readonly texts = texts;
  @api teamId = '';

  get canOperate(): boolean {
    return canOperate === true;
  }
}
