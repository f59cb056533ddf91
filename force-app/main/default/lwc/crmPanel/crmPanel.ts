import { LightningElement, api } from 'lwc';

type View = 'runs' | 'automatic' | 'plans' | 'drift' | 'setup' | 'fields';

const VIEWS = [
  { label: 'Runs', value: 'runs' },
  { label: 'Automatic', value: 'automatic' },
  { label: 'Plans', value: 'plans' },
  { label: 'Drift', value: 'drift' },
  { label: 'Set-up', value: 'setup' },
  { label: 'Fields', value: 'fields' },
];

/** What Sales Ops does with the CRM beside the five steps: runs, the automatic sync, drift, set-up and fields. */
export default class CrmPanel extends LightningElement {
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
