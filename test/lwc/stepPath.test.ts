import StepPath from 'c/stepPath';
import { find, findAll, mount, unmountAll } from './kit';

afterEach(unmountAll);

describe('c-step-path', () => {
  it('marks the current of five steps and is accessible', async () => {
    const element = mount('c-step-path', StepPath, { current: 'design' });
    expect(findAll(element, 'button').map((button) => button.dataset.step)).toEqual([
      'market',
      'today',
      'design',
      'compare',
      'publish',
    ]);
    expect(find(element, '[aria-current=step]').dataset.step).toBe('design');
    await expect(element).toBeAccessible();
  });

  it('tells which step was picked', () => {
    const element = mount('c-step-path', StepPath);
    const pick = jest.fn();
    element.addEventListener('pick', (event) => pick((event as CustomEvent).detail));
    find(element, '[data-step=publish]').click();
    expect(pick).toHaveBeenCalledWith('publish');
  });
});
