import ButtonRow from 'c/buttonRow';
import { findAll, mount, unmountAll } from './kit';

afterEach(unmountAll);

const options = [
  { label: 'Lasso', value: 'lasso', hint: 'Drag a line' },
  { label: 'Brush', value: 'brush' },
];

describe('c-button-row', () => {
  it('shows which one is on, tells the one that is picked, and is accessible', async () => {
    const element = mount('c-button-row', ButtonRow, { label: 'Tools', options, value: 'brush' });
    const told: unknown[] = [];
    element.addEventListener('pick', (event) => told.push((event as CustomEvent).detail));
    const buttons = findAll(element, 'button');
    expect(buttons.map((button) => button.getAttribute('aria-pressed'))).toEqual(['false', 'true']);
    buttons[0]!.click();
    expect(told).toEqual(['lasso']);
    await expect(element).toBeAccessible();
  });
});
