import ConfirmDialog from 'c/confirmDialog';
import { find, mount, unmountAll } from './kit';

afterEach(unmountAll);

const open = async () => {
  const opener = document.createElement('button');
  document.body.appendChild(opener);
  opener.focus();
  const element = mount('c-confirm-dialog', ConfirmDialog, { heading: 'Sure?', confirmLabel: 'Do it' });
  const told: string[] = [];
  for (const name of ['confirm', 'cancel']) element.addEventListener(name, () => told.push(name));
  await Promise.resolve();
  return { opener, element, told };
};
const focused = (element: HTMLElement) => (element.shadowRoot!.activeElement as HTMLElement | null)?.dataset['do'];

describe('c-confirm-dialog', () => {
  it('takes the focus on the harmless button, keeps it inside and gives it back', async () => {
    const { opener, element } = await open();
    expect(focused(element)).toBe('cancel');
    find(element, '[data-edge=last]').focus();
    expect(focused(element)).toBe('close');
    find(element, '[data-edge=first]').focus();
    expect(focused(element)).toBe('confirm');
    await expect(element).toBeAccessible();
    element.remove();
    expect(document.activeElement).toBe(opener);
  });

  it('leaves by Escape, by Cancel and by the cross, and confirms by its button alone', async () => {
    const { element, told } = await open();
    find(element, '[role=dialog]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    find(element, '[role=dialog]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    find(element, '[data-do=cancel]').click();
    find(element, '[data-do=close]').click();
    find(element, '[data-do=confirm]').click();
    expect(told).toEqual(['cancel', 'cancel', 'cancel', 'confirm']);
  });
});
