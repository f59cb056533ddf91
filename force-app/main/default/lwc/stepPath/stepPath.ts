import { LightningElement, api } from 'lwc';

const STEPS = [
  { name: 'market', label: 'Market' },
  { name: 'today', label: 'Today' },
  { name: 'design', label: 'Design' },
  { name: 'compare', label: 'Compare' },
  { name: 'publish', label: 'Publish' },
];

/** The five steps of the workbench; every one can be opened at any time. */
export default class StepPath extends LightningElement {
  @api current = 'today';

  get steps() {
    return STEPS.map((step, i) => {
      const isCurrent = step.name === this.current;
      return { ...step, number: i + 1, look: isCurrent ? 'step step-on' : 'step', aria: isCurrent ? 'step' : null };
    });
  }

  private pick(event: Event): void {
    const detail = (event.currentTarget as HTMLElement).dataset.step;
    this.dispatchEvent(new CustomEvent('pick', { detail }));
  }
}
