import { LightningElement, api } from 'lwc';
import { texts } from './texts';

const STEPS = [
  { name: 'market', label: texts.market },
  { name: 'today', label: texts.today },
  { name: 'design', label: texts.design },
  { name: 'compare', label: texts.compare },
  { name: 'publish', label: texts.publish },
];

/** The five steps of the workbench; every one can be opened at any time. */
export default class StepPath extends LightningElement {
  readonly texts = texts;
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
