import UnitChoice from 'c/unitChoice';
import { find, labelled, mount, textOf, unmountAll, until } from './kit';

afterEach(unmountAll);
const change = (element: Element, value: string) =>
  element.dispatchEvent(new CustomEvent('change', { detail: { value } }));
const PLACES = 'Counties in these states (such as ME, VT), or these counties by their five digits';

describe('c-unit-choice', () => {
  it('chooses counties of states and single counties, and blocks what is neither', async () => {
    const element = mount('c-unit-choice', UnitChoice, { choice: 'zip' });
    const chosen: unknown[] = [];
    element.addEventListener('choose', (event) => chosen.push((event as CustomEvent).detail));
    const button = find(element, 'button') as HTMLButtonElement;
    change(labelled(element, 'Building blocks of the map'), 'mixed');
    await until('the places', () => button.disabled);
    change(labelled(element, PLACES), 'me, 4400');
    await until('the reason', () => textOf(element).includes('4400 is neither a state'));
    change(labelled(element, PLACES), 'me 44001');
    await until('a way on', () => !button.disabled);
    await expect(element).toBeAccessible();
    button.click();
    expect(chosen).toEqual([{ countyStates: ['ME'], counties: ['44001'] }]);
  });

  it('shows what is chosen now', () => {
    const element = mount('c-unit-choice', UnitChoice, { choice: { countyStates: ['VT'], counties: [] } });
    expect(textOf(element)).toContain('Units of the map: Counties in some states, ZIPs elsewhere (VT)');
  });
});
