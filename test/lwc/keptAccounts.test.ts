import KeptAccounts from 'c/keptAccounts';
import { deep, deepAll, fail, find, findAll, mount, serve, textOf, unmountAll, until, type Answers } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const choices = [
  { label: 'North · Ana Ruiz', value: '0' },
  { label: 'South · Bo Lind', value: '1' },
];
const found = { id: 'x', name: 'Dr X', city: 'Boston', zip: '02115', unit: 7, territoryName: 'North' };
const account = { accountId: 'x', accountName: 'Dr X', kind: null, canEdit: true, territory: 1, held: false, part: {} };
const ANSWERS: Answers = {
  'GET /api/accounts?q=': { accounts: [found, { ...found, id: 'y', name: 'Dr Nowhere', zip: null, unit: -1 }] },
  'GET /api/alignments/d/accounts?unit=02115': { accounts: [account] },
};

async function chosen(answers: Answers = {}) {
  serve({ ...ANSWERS, ...answers });
  const element = mount('c-kept-accounts', KeptAccounts, { planId: 'd', choices, held: [] as unknown[] });
  const asked: unknown[] = [];
  element.addEventListener('desk', (event) => asked.push((event as CustomEvent).detail));
  const input = deep(element, 'input') as HTMLInputElement;
  input.value = 'dr';
  input.dispatchEvent(new CustomEvent('input'));
  await until('somebody', () => deepAll(element, 'li[role=option]').length > 0);
  const offered = deepAll(element, 'li[role=option]').map((row) => row.textContent.trim());
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  return { element, asked, offered };
}

describe('c-kept-accounts', () => {
  it('finds an account by name and asks that it stays where the plan has it, by keyboard', async () => {
    const { element, asked, offered } = await chosen();
    expect(offered).toHaveLength(1);
    await until('the wish', () => asked.length > 0);
    expect(asked).toEqual([{ do: 'hold', accountId: 'x', accountName: 'Dr X', to: 1 }]);
    await until('the answer', () => textOf(element).includes('Dr X stays in South.'));
    expect(find(element, 'summary').textContent).toBe('Accounts that stay with their rep: none');
    await expect(element).toBeAccessible();
  });

  it('lists who stays, and lets one go', async () => {
    const { element, asked } = await chosen();
    await until('the wish', () => asked.length > 0);
    const row = { accountId: 'x', accountName: 'Dr X', zip: '02115', zipTerritory: 'North', territory: 'South' };
    element.held = [row, { ...row, accountId: null, accountName: 'An account that is not shared with you' }];
    await Promise.resolve();
    expect(find(element, 'summary').textContent).toBe('Accounts that stay with their rep: 2 by name');
    expect(textOf(element)).toContain('stays in South · 02115');
    const [button, ...others] = findAll(element, 'li button');
    expect(others).toEqual([]);
    expect(button!.getAttribute('aria-label')).toBe('Let Dr X follow its ZIP');
    button!.click();
    expect(asked.at(-1)).toEqual({ do: 'hold', accountId: 'x', accountName: 'Dr X', to: null });
    await expect(element).toBeAccessible();
  });

  it('says why one cannot stay: not hers to change, in no territory, out of reach', async () => {
    for (const [answer, words] of [
      [{ accounts: [{ ...account, canEdit: false }] }, 'yours to see, not to change'],
      [{ accounts: [{ ...account, territory: -1 }] }, 'in no territory yet'],
      [fail(503, 'The service is away.', 'Wait.'), 'The service is away.'],
    ] as const) {
      const { element, asked } = await chosen({ 'GET /api/alignments/d/accounts?unit=02115': answer });
      await until(words, () => textOf(element).includes(words));
      expect(asked).toEqual([]);
      unmountAll();
    }
  });
});
