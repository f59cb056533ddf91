import TerritoryTable from 'c/territoryTable';
import { fail, find, findAll, mount, pressable, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const row = (index: number, name: string, more = {}) => ({
  ...{ index, name, region: 'New England', rep: `Rep ${index}`, repId: `005${index}`, units: 10, accounts: 20 },
  ...{ potentialUsd: 1e6, salesUsd: 5e5, workloadHours: 1800, travelHours: 300, utilization: 0.98 },
  ...{ workloadDeviation: 0, potentialDeviation: 0, targetShare: 1, isLocked: false, canEdit: true },
  ...more,
});
const rows = [
  row(0, 'Boston', { utilization: 1.38, workloadDeviation: 0.4, workloadHours: 2520 }),
  row(1, 'Maine', { rep: '', repId: null, isLocked: true }),
  row(2, 'Queens', { region: 'New York', workloadDeviation: -0.2, potentialDeviation: 0.3 }),
];
const show = (more = {}) =>
  mount('c-territory-table', TerritoryTable, {
    ...{ rows, selected: null, planId: 'draft', planName: 'Draft', canEdit: true },
    ...more,
  });
const names = (element: Element) => findAll(element, 'tbody tr[data-index] th').map((cell) => cell.textContent!.trim());
const told = (element: HTMLElement, name = 'desk') => {
  const list: unknown[] = [];
  element.addEventListener(name, (event) => list.push((event as CustomEvent).detail));
  return list;
};
const set = (field: HTMLElement, value: string, type = 'input') => {
  (field as HTMLInputElement).value = value;
  field.dispatchEvent(new CustomEvent(type));
};
const turn = () => Promise.resolve();

describe('c-territory-table', () => {
  it('shows every territory with its figures, the busiest first, what is off marked, and is accessible', async () => {
    const element = show();
    expect(names(element)).toEqual(['Boston', 'Maine', 'Queens']);
    expect(findAll(element, '.off').map((cell) => cell.textContent)).toEqual(['140 %', '130 %', '80 %']);
    expect(findAll(element, 'lightning-icon')).toHaveLength(1);
    expect(textOf(element)).toContain('no rep');
    await expect(element).toBeAccessible();
  });

  it('sorts by any column, finds by name, rep or region, and filters', async () => {
    const element = show();
    pressable(element, 'Territory').click();
    await turn();
    expect(names(element)).toEqual(['Boston', 'Maine', 'Queens']);
    find(element, '[data-key=name]').click();
    await turn();
    expect(names(element)).toEqual(['Queens', 'Maine', 'Boston']);
    expect(find(element, '[aria-sort=descending]').textContent).toContain('Territory');
    set(find(element, 'input[type=search]'), 'new york');
    await turn();
    expect(names(element)).toEqual(['Queens']);
    set(find(element, 'input[type=search]'), '');
    for (const [filter, found] of [
      ['vacant', ['Maine']],
      ['locked', ['Maine']],
      ['over', ['Boston']],
      ['off', ['Queens', 'Boston']],
    ] as const) {
      set(find(element, 'select'), filter, 'change');
      await turn();
      expect(names(element)).toEqual(found);
    }
    set(find(element, 'input[type=search]'), 'nowhere');
    await turn();
    expect(textOf(element)).toContain('No territory is like this');
  });

  it('rolls regions up: sums, and the region against what it should hold', async () => {
    const element = show();
    (find(element, 'input[type=checkbox]') as HTMLInputElement).checked = true;
    find(element, 'input[type=checkbox]').dispatchEvent(new CustomEvent('change'));
    await turn();
    const group = findAll(element, 'tr.group')[0]!;
    const cells = [...group.children].map((cell) => cell.textContent!.trim());
    // 2520 + 1800 hours against targets of 1800 each
    expect(cells.slice(0, 11)).toEqual([
      ...['New England', '', '2 territories', '200 %', '20', '40', '$2.0M', '100 %', '4,320', '120 %', '118 %'],
    ]);
    await expect(element).toBeAccessible();
  });

  it('is walked with arrows and picked with Enter, and a click picks too', async () => {
    const element = show();
    const picked = told(element, 'pick');
    const lines = findAll(element, 'tr[data-index]');
    expect(lines.map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
    lines[0]!.focus();
    lines[0]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    expect(element.shadowRoot!.activeElement).toBe(lines[1]);
    lines[1]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    lines[2]!.click();
    expect(picked).toEqual([1, 2]);
  });

  it('edits name, rep and target in the row; a new rep at 70 %', async () => {
    serve({
      'GET /api/alignments/draft/reps': {
        reps: [
          { id: '0050', name: 'Rep 0' },
          { id: '0059', name: 'New One' },
        ],
      },
    });
    const element = show();
    const asked = told(element);
    find(element, '[aria-label="Edit Boston"]').click();
    await until('the reps', () => findAll(element, 'td select option').length === 3);
    await expect(element).toBeAccessible();
    set(find(element, '[aria-label="Name of Boston"]'), 'Boston Metro');
    set(find(element, 'td select'), '0059', 'change');
    set(find(element, 'input[type=number]'), '70');
    await turn();
    expect((find(element, 'input[type=number]') as HTMLInputElement).value).toBe('70');
    pressable(element, 'Save').click();
    expect(asked).toEqual([{ do: 'territory', index: 0, name: 'Boston Metro', repId: '0059', targetShare: 0.7 }]);
    await turn();
    expect(find(element, 'td select')).toBeNull();
  });

  it('says what is wrong with a value, and what failed, and keeps what was typed', async () => {
    serve({ 'GET /api/alignments/draft/reps': fail(503, 'The service does not answer.', 'Try again.') });
    const element = show();
    const asked = told(element);
    find(element, '[aria-label="Edit Boston"]').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    set(find(element, 'input[type=number]'), '5');
    await turn();
    pressable(element, 'Save').click();
    await until('the reason', () => textOf(find(element, 'c-error-panel')).includes('between 10 % and 300 %'));
    expect(asked).toEqual([]);
    pressable(element, 'Cancel').click();
    await turn();
    expect(find(element, 'c-error-panel')).toBeNull();
  });

  it('locks and unlocks a territory', () => {
    const element = show();
    const asked = told(element);
    find(element, '[aria-label="Lock Boston"]').click();
    find(element, '[aria-label="Unlock Maine"]').click();
    expect(asked).toEqual([
      { do: 'lock', territories: [0], isOn: true },
      { do: 'lock', territories: [1], isOn: false },
    ]);
  });

  it('changes nothing where one may only look, and says so where there is nothing', async () => {
    const element = show({ canEdit: false, rows: rows.map((one) => ({ ...one, canEdit: false })) });
    expect(findAll(element, 'td button')).toHaveLength(0);
    expect(textOf(show({ rows: [] }))).toContain('No territories yet.');
    await expect(element).toBeAccessible();
  });
});
