import DesignStep from 'c/designStep';
import { find, findAll, labelled, mount, pressable, textOf, unmountAll } from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
afterEach(unmountAll);

const plan = { draftId: 'd', draftName: 'Draft', version: 1, canEdit: true, undo: 0, redo: 0, unsaved: 0 };
const territories = [{ label: 'North · Ana', value: '0' }];
const nothing = {
  ...{ mode: 'give' as const, note: '', kept: '', others: '', hasOthersToShow: false },
  ...{ conflicts: [], strays: null, finders: [], locks: '' },
};
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
    const strays = { text: '2 ZIPs of North lie apart from the rest.', units: [4, 5], canRepair: true };
    const element = show({ selected: 0, desk: { ...nothing, strays } });
    const [told, asked]: [unknown[], unknown[]] = [[], []];
    element.addEventListener('desk', (event) => asked.push((event as CustomEvent).detail));
    element.addEventListener('show', (event) => told.push((event as CustomEvent).detail.units));
    find(element, '.strays button').click();
    expect(told).toEqual([[4, 5]]);
    pressable(element, 'Repair').click();
    expect(asked).toEqual([{ do: 'repair' }]);
    expect((labelled(element, 'Compare with today') as unknown as { disabled: boolean }).disabled).toBe(false);
  });

  it('asks for give or swap, for the next thing to look at, and to drop what was kept', async () => {
    const finders = [
      { what: 'unassigned', label: 'Next unassigned ZIP (3)', isDisabled: false },
      { what: 'stray', label: 'Next stray part (0)', isDisabled: true },
    ];
    const desk = {
      ...nothing,
      finders,
      kept: '2 ZIPs moved before and not saved: on the map again.',
      locks: 'Locked: 1 ZIP.',
    };
    const element = show({ selected: 0, desk });
    const asked: unknown[] = [];
    element.addEventListener('desk', (event) => asked.push((event as CustomEvent).detail));
    pressable(element, 'Swap').click();
    pressable(element, 'Next unassigned ZIP (3)').click();
    pressable(element, 'Discard them').click();
    expect((pressable(element, 'Next stray part (0)') as HTMLButtonElement).disabled).toBe(true);
    expect(asked).toEqual([{ do: 'mode', value: 'swap' }, { do: 'find', what: 'unassigned' }, { do: 'discardKept' }]);
    expect(textOf(element)).toContain('Locked: 1 ZIP.');
    await expect(element).toBeAccessible();
  });

  it('tells what others did, and asks about ZIPs that two people moved', async () => {
    const conflicts = [
      { unit: 7, place: '02115 Boston', mine: 'North', theirs: 'South', by: 'Ana, Nov 1', isLocked: false },
    ];
    const desk = { ...nothing, conflicts, others: 'Merged: Ana gave 2 ZIPs to South.', hasOthersToShow: true };
    const element = show({ selected: 0, desk });
    const asked: unknown[] = [];
    element.addEventListener('desk', (event) => asked.push((event as CustomEvent).detail));
    expect(textOf(element)).toContain('Merged: Ana gave 2 ZIPs to South.');
    find(find(element, 'c-edit-conflicts'), '.link').click();
    expect(asked).toEqual([{ do: 'show', units: [7] }]);
    find(element, '.others [data-do=showOthers]').click();
    find(find(element, 'c-edit-conflicts'), '[data-take=mine][data-unit="7"]').click();
    expect(asked.slice(1)).toEqual([{ do: 'showOthers' }, { do: 'choose', units: [7], take: 'mine' }]);
    await expect(element).toBeAccessible();
  });

  it('lets nobody draw who may only look', () => {
    const element = show({ plan: { ...plan, canEdit: false } });
    expect(textOf(element)).toContain('not change it');
    expect(find(element, 'c-button-row')).toBeNull();
    expect(find(element, 'c-optimize-panel')).toBeNull();
  });
});
