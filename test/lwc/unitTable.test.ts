import UnitTable from 'c/unitTable';
import { find, findAll, mount, pressable, textOf, unmountAll } from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
afterEach(unmountAll);

const row = (unit: number, more = {}) => ({
  ...{ unit, zip: String(2100 + unit), name: 'Town, MA', county: 'Suffolk', accounts: unit, providers: 3 },
  ...{ potentialUsd: unit * 1e5, hours: 40, isLocked: false },
  ...more,
});
const rows = [row(1), row(2, { isLocked: true }), row(3, { name: 'Salem, MA', county: 'Essex' })];
const choices = [
  { label: 'North · Ana', value: '0' },
  { label: 'South · Ben', value: '1' },
];
const show = (more = {}) =>
  mount('c-unit-table', UnitTable, {
    ...{ rows, selected: 0, territoryName: 'North', choices, canEdit: true },
    ...more,
  });
const zips = (element: Element) => findAll(element, 'tbody th').map((cell) => cell.textContent!.trim());
const told = (element: HTMLElement, name = 'desk') => {
  const list: unknown[] = [];
  element.addEventListener(name, (event) => list.push((event as CustomEvent).detail));
  return list;
};
const turn = () => Promise.resolve();

describe('c-unit-table', () => {
  it('asks for a territory first, and says when it has no ZIP', async () => {
    expect(textOf(show({ selected: null, rows: [] }))).toContain('Pick a territory');
    const empty = show({ rows: [] });
    expect(textOf(empty)).toContain('This territory has no ZIP');
    await expect(empty).toBeAccessible();
  });

  it('lists the ZIPs, the most valuable first, sorted and found by town or county, and is accessible', async () => {
    const element = show();
    expect(zips(element)).toEqual(['2103', '2102', '2101']);
    find(element, '[data-key=zip]').click();
    await turn();
    expect(zips(element)).toEqual(['2101', '2102', '2103']);
    const search = find<HTMLInputElement>(element, 'input[type=search]');
    search.value = 'essex';
    search.dispatchEvent(new CustomEvent('input'));
    await turn();
    expect(zips(element)).toEqual(['2103']);
    await expect(element).toBeAccessible();
  });

  it('gives, locks, unlocks and shows what is chosen; nothing while nothing is chosen', async () => {
    const element = show();
    const asked = told(element);
    const isOff = (label: string) => (pressable(element, label) as HTMLButtonElement).disabled;
    expect(['Give', 'Lock', 'Unlock', 'Show on map'].map(isOff)).toEqual([true, true, true, true]);
    find(element, 'td input[data-unit="1"]').click();
    find(element, 'td input[data-unit="3"]').click();
    await turn();
    expect(textOf(element)).toContain('2 ZIPs chosen, $400k');
    expect(isOff('Give')).toBe(true);
    const select = find<HTMLSelectElement>(element, 'select');
    expect([...select.options].map(({ value }) => value)).toEqual(['', '1']);
    select.value = '1';
    select.dispatchEvent(new CustomEvent('change'));
    await turn();
    for (const label of ['Give', 'Lock', 'Unlock', 'Show on map']) pressable(element, label).click();
    expect(asked).toEqual([
      { do: 'move', units: [1, 3], to: 1 },
      { do: 'lock', units: [1, 3], isOn: true },
      { do: 'lock', units: [1, 3], isOn: false },
      { do: 'show', units: [1, 3] },
    ]);
  });

  it('forgets the choice of ZIPs that left, and of another territory', async () => {
    const element = show();
    find(element, 'thead input').click();
    await turn();
    expect(textOf(element)).toContain('3 ZIPs chosen');
    element.rows = rows.slice(1);
    await turn();
    expect(textOf(element)).toContain('2 ZIPs chosen');
    element.selected = 1;
    await turn();
    expect(textOf(element)).not.toContain('chosen,');
  });

  it('opens the accounts of a ZIP, and changes nothing where one may only look', async () => {
    const element = show();
    const opened = told(element, 'unit');
    find(element, '[aria-label="Accounts of 2103"]').click();
    expect(opened).toEqual([3]);
    const looking = show({ canEdit: false });
    expect(findAll(looking, 'td button')).toHaveLength(0);
    expect(findAll(looking, 'select')).toHaveLength(0);
  });

  it('shows the first 200 of many and more on demand', async () => {
    const element = show({ rows: Array.from({ length: 450 }, (_, unit) => row(unit + 1)) });
    expect(zips(element)).toHaveLength(200);
    expect(textOf(element)).toContain('250 more.');
    pressable(element, 'Show more').click();
    await turn();
    expect(zips(element)).toHaveLength(400);
  });
});
