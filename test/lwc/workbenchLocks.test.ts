import { find, findAll, labelled, pressable, textOf, unmountAll, until, world, zips, type Call } from './kit';
import { design, designing, draft, draw, pane, pickTab, unitsOf } from './workbenchWorld';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(() => {
  unmountAll();
  localStorage.clear();
});

const [a, b] = unitsOf(0) as [number, number];
const id = (territory: number) => world.territories[territory]!.id;
const posts = (calls: Call[], what: string) =>
  calls.filter(({ method, path }) => method === 'POST' && path === `/api/alignments/draft/${what}`);
const ownersWith = (changes: Record<number, number>) => world.owners.map((owner, unit) => changes[unit] ?? owner);
const saved = (element: Element) => textOf(design(element)).includes('All moves saved');

describe('locks and finders', () => {
  it('locks a territory for hand and engine; a stroke over it says what stayed', async () => {
    let isLocked = false;
    const { element, calls } = await designing({
      'POST /api/alignments/draft/locks': () => {
        isLocked = true;
        return { version: 2 };
      },
      'GET /api/alignments/draft': () => (isLocked ? { ...draft, version: 2, lockedTerritories: [0] } : draft),
    });
    pickTab(element, 'table');
    await until('the table', () => find(pane(element), 'c-territory-table'));
    find(find(pane(element), 'c-territory-table'), 'button[aria-label="Lock South West"]').click();
    await until('the lock', () => textOf(design(element)).includes('Locked: 1 territory.'));
    expect(posts(calls, 'locks')[0]!.body).toEqual({ version: 1, lockedUnits: [], lockedTerritories: [id(0)] });
    draw(element, [a, b]);
    await until('the message', () => textOf(design(element)).includes('2 ZIPs stayed: South West is locked'));
    expect(saved(element)).toBe(true);
  });

  it('gives chosen ZIPs away in the table, as one step, and map, bars and table follow', async () => {
    const { element } = await designing();
    pickTab(element, 'units');
    await until('the ZIPs', () => find(pane(element), 'c-unit-table'));
    const table = () => find(pane(element), 'c-unit-table');
    const before = findAll(table(), 'tbody tr').length;
    expect(before).toBe(unitsOf(1).length);
    for (const box of findAll(table(), 'td input').slice(0, 2)) box.click();
    const select = find<HTMLSelectElement>(table(), 'select');
    select.value = '2';
    select.dispatchEvent(new CustomEvent('change'));
    await until('the button', () => !(pressable(table(), 'Give') as HTMLButtonElement).disabled);
    pressable(table(), 'Give').click();
    await until('two fewer', () => findAll(table(), 'tbody tr').length === before - 2);
    expect(textOf(design(element))).toContain('2 ZIPs given to North West.');
    labelled(design(element), 'Undo').click();
    await until('all again', () => findAll(table(), 'tbody tr').length === before);
  });

  it('goes to the next ZIP without a territory, and repairs what lies apart in one step', async () => {
    const free = unitsOf(3)[0]!;
    const owners = ownersWith({ [free]: -1 });
    const { element } = await designing({ 'GET /api/alignments/draft': { ...draft, owners } });
    await until('the count', () => textOf(design(element)).includes('Next unassigned ZIP (1)'));
    pressable(design(element), 'Next unassigned ZIP (1)').click();
    await until('the place', () =>
      textOf(design(element)).includes(`1 of 1: ${zips[free]} Town, MA has no territory.`),
    );
    const far = unitsOf(2).at(-8)!;
    draw(element, [far]);
    await until('the stray part', () => textOf(design(element)).includes('1 ZIP of South East lies apart'));
    pressable(design(element), 'Repair').click();
    await until('the repair', () => !textOf(design(element)).includes('lies apart'));
    expect(textOf(design(element))).toContain('1 ZIP given to the neighbours that take them best');
    labelled(design(element), 'Undo').click();
    await until('the part again', () => textOf(design(element)).includes('1 ZIP of South East lies apart'));
  });
});
