import SmallCounts from 'c/smallCounts';
import { labelled, mount, textOf, unmountAll, until } from './kit';

afterEach(unmountAll);
const change = (element: Element, value: string) =>
  element.dispatchEvent(new CustomEvent('change', { detail: { value } }));

describe('c-small-counts', () => {
  it('starts with the rule of CMS, and says another as soon as it is one', async () => {
    const element = mount('c-small-counts', SmallCounts);
    const rules: unknown[] = [];
    element.addEventListener('rule', (event) => rules.push((event as CustomEvent).detail));
    expect(textOf(element)).toContain('Small counts: 1 to 10 stand as 5.5');
    change(labelled(element, 'Guard counts below'), '16');
    change(labelled(element, 'They stand as'), '7');
    expect(rules).toEqual([
      { below: 16, imputed: 8 },
      { below: 16, imputed: 7 },
    ]);
    await until('the summary', () => textOf(element).includes('1 to 15 stand as 7'));
    await expect(element).toBeAccessible();
  });

  it('says nothing for a rule that guards nothing, and why', async () => {
    const element = mount('c-small-counts', SmallCounts);
    const rules: unknown[] = [];
    element.addEventListener('rule', (event) => rules.push((event as CustomEvent).detail));
    change(labelled(element, 'They stand as'), '12');
    await until('the reason', () => textOf(element).includes('What they stand as lies between 0 and 11.'));
    change(labelled(element, 'Guard counts below'), '0');
    await until('the reason', () => textOf(element).includes('a whole number from 1 to 1000'));
    expect(rules).toEqual([]);
  });
});
