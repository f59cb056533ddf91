import { createElement } from 'lwc';
import ReassignAction from 'c/reassignAction';
import { element } from './dom.ts';

/** The quick action of an account, as Lightning shows it: a box over the page; the record's id comes after the component. */
export function quickAction(recordId: string): HTMLElement {
  const button = element('button', { type: 'button', class: 'slds-button slds-button_neutral host-quick' }, 'Reassign territory'); // prettier-ignore
  button.addEventListener('click', () => {
    const action = createElement('c-reassign-action', { is: ReassignAction });
    const box = element('dialog', { class: 'host-box', 'aria-label': 'Reassign territory' }, action);
    document.body.append(box);
    box.addEventListener('close', () => box.remove());
    box.addEventListener('lightning__actionsclosescreen', () => box.close());
    box.showModal();
    queueMicrotask(() => Object.assign(action, { recordId }));
  });
  return button;
}
