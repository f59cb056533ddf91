import DesignStep from 'c/designStep';
import { find, findAll, labelled, mount, textOf, unmountAll } from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
afterEach(unmountAll);

const plan = { draftId: 'd', draftName: 'Draft', version: 1, canEdit: true, undo: 0, redo: 0, unsaved: 0 };
const territories = [{ label: 'North · Ana', value: '0' }];
const show = (properties = {}) =>
  mount('c-design-step', DesignStep, { plan, territories, selected: null, tool: 'lasso', ...properties });

describe('c-design-step', () => {
  it('asks for a territory before anything can be drawn, and is accessible', async () => {
    const element = show();
    expect(textOf(element)).toContain('Pick a territory first');
    expect((labelled(element, 'Undo') as unknown as { disabled: boolean }).disabled).toBe(true);
    await expect(element).toBeAccessible();
  });

  it('tells the tool and the territory that were picked', () => {
    const element = show();
    const told: unknown[] = [];
    for (const name of ['tool', 'territory'])
      element.addEventListener(name, (event) => told.push((event as CustomEvent).detail));
    find(find(element, 'c-button-row'), '[data-value=brush2]').click();
    labelled(element, 'Give ZIPs to').dispatchEvent(new CustomEvent('change', { detail: { value: '0' } }));
    expect(told).toEqual(['brush2', 0]);
    const pressed = findAll(find(element, 'c-button-row'), '[aria-pressed=true]');
    expect(pressed.map((button) => button.dataset.value)).toEqual(['lasso']);
  });

  it('says what is not saved yet and offers to save, undo and go on', () => {
    const element = show({ selected: 0, plan: { ...plan, undo: 1, unsaved: 6 } });
    const told: string[] = [];
    for (const name of ['save', 'undo', 'next']) element.addEventListener(name, () => told.push(name));
    expect(textOf(element)).toContain('6 ZIPs moved, not saved yet');
    for (const label of ['Save', 'Undo', 'Compare with today']) labelled(element, label).click();
    expect(told).toEqual(['save', 'undo', 'next']);
  });

  it('tells of parts that lie apart and shows them, but forbids nothing', () => {
    const element = show({ selected: 0, strays: { text: '2 ZIPs of North lie apart from the rest.', units: [4, 5] } });
    const told: unknown[] = [];
    element.addEventListener('show', (event) => told.push((event as CustomEvent).detail.units));
    find(element, '.strays button').click();
    expect(told).toEqual([[4, 5]]);
    expect((labelled(element, 'Compare with today') as unknown as { disabled: boolean }).disabled).toBe(false);
  });

  it('lets nobody draw who may only look', () => {
    const element = show({ plan: { ...plan, canEdit: false } });
    expect(textOf(element)).toContain('not change it');
    expect(find(element, 'c-button-row')).toBeNull();
    expect(find(element, 'c-optimize-panel')).toBeNull();
  });
});
