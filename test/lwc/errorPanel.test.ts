import ErrorPanel from 'c/errorPanel';
import { find, labelled, mount, textOf, unmountAll } from './kit';

const problem = { code: 'org_unreachable', message: 'The org does not answer.', action: 'Check the connection.' };
afterEach(unmountAll);

describe('c-error-panel', () => {
  it('shows nothing while all is well', () => {
    expect(find(mount('c-error-panel', ErrorPanel), '[role=alert]')).toBeNull();
  });

  it('says what happened and what to do, and is accessible', async () => {
    const element = mount('c-error-panel', ErrorPanel, { problem });
    expect(textOf(element)).toContain('The org does not answer.');
    expect(textOf(element)).toContain('Check the connection.');
    await expect(element).toBeAccessible();
  });

  it('tells who tries again', () => {
    const element = mount('c-error-panel', ErrorPanel, { problem });
    const retry = jest.fn();
    element.addEventListener('retry', retry);
    labelled(element, 'Try again').click();
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
