import { LightningElement, api } from 'lwc';
import { texts } from './texts';

type View = 'runs' | 'automatic' | 'plans' | 'drift' | 'setup' | 'fields';

const VIEWS = [
  { label: texts.runs, value: 'runs' },
  { label: texts.automatic, value: 'automatic' },
  { label: texts.plans, value: 'plans' },
  { label: texts.drift, value: 'drift' },
  { label: texts.setUp, value: 'setup' },
  { label: texts.fields, value: 'fields' },
];

/** What Sales Ops does with the CRM beside the five steps: runs, the automatic sync, drift, set-up and fields. */
export default class CrmPanel extends LightningElement {
  readonly texts = texts;
  @api teamId = '';
  private view: View = 'runs';
  readonly views = VIEWS;

  get on() {
    const { view } = this;
    return {
      label: VIEWS.find(({ value }) => value === view)?.label ?? '',
      runs: view === 'runs',
      automatic: view === 'automatic',
      plans: view === 'plans',
      drift: view === 'drift',
      setup: view === 'setup',
      fields: view === 'fields',
    };
  }

  private pick(event: CustomEvent<View>): void {
    this.view = event.detail;
  }
  private passPublished(): void {
    this.dispatchEvent(new CustomEvent('published'));
  }
}
