import CompareStep from 'c/compareStep';
import { find, labelled, mount, textOf, unmountAll } from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
afterEach(unmountAll);

const row = { index: 2, name: 'North', repName: 'Ana', gains: 0, loses: 12, before: 1.38, after: 1.1 };
const comparison = {
  units: 6,
  newlyCovered: 0,
  accounts: 12,
  accountsShare: 0.06,
  salesUsd: 1_000_000,
  salesShare: 0.05,
  potentialUsd: 2e6,
  onTargetBefore: 1,
  onTargetAfter: 3,
  territories: 4,
  perTerritory: [row],
};

describe('c-compare-step', () => {
  it('says what changes, for whom and what is at risk, and is accessible', async () => {
    const element = mount('c-compare-step', CompareStep, { comparison, planName: 'Draft' });
    for (const text of ['1 → 3 of 4', '12 (6 %)', '$130k – $180k', '138 % → 110 % of hours', '−12 accounts']) {
      expect(textOf(element)).toContain(text);
    }
    await expect(element).toBeAccessible();
  });

  it('picks a territory and goes on', () => {
    const element = mount('c-compare-step', CompareStep, { comparison, planName: 'Draft' });
    const told: unknown[] = [];
    element.addEventListener('pick', (event) => told.push((event as CustomEvent).detail));
    element.addEventListener('next', () => told.push('next'));
    find(element, 'li button').click();
    labelled(element, 'Prepare to publish').click();
    expect(told).toEqual([2, 'next']);
  });

  it('has nothing to publish while the draft equals today', () => {
    const same = { ...comparison, units: 0, perTerritory: [] };
    const element = mount('c-compare-step', CompareStep, { comparison: same, planName: 'Draft' });
    expect(textOf(element)).toContain('The draft equals today’s map');
    expect((labelled(element, 'Prepare to publish') as unknown as { disabled: boolean }).disabled).toBe(true);
  });
});
