import BalanceBars from 'c/balanceBars';
import { bars, find, findAll, mount, textOf, unmountAll } from './kit';

afterEach(unmountAll);

describe('c-balance-bars', () => {
  it('lists every territory, the busiest first, and counts who is on target', async () => {
    const element = mount('c-balance-bars', BalanceBars, { bars });
    const busiest = [...bars].sort((a, b) => b.utilization - a.utilization)[0]!;
    expect(findAll(element, 'tr[data-index]')).toHaveLength(bars.length);
    expect(Number(find(element, 'tr[data-index]').dataset.index)).toBe(busiest.index);
    const onTarget = bars.filter(({ workloadDeviation }) => Math.abs(workloadDeviation) <= 0.1).length;
    expect(textOf(element)).toContain(`${onTarget} of ${bars.length} on target`);
    await expect(element).toBeAccessible();
  });

  it('marks what changed, by how much, and nothing else', () => {
    const after = bars.map((bar) => (bar.index === 1 ? { ...bar, utilization: bar.utilization + 0.06 } : bar));
    const element = mount('c-balance-bars', BalanceBars, { bars: after, before: bars });
    expect(findAll(element, '.row-changed').map((row) => row.dataset.index)).toEqual(['1']);
    expect(find(element, '.delta').textContent).toBe('+6');
  });

  it('is walked with arrows and picked with Enter', () => {
    const element = mount('c-balance-bars', BalanceBars, { bars });
    const picked: number[] = [];
    element.addEventListener('pick', (event) => picked.push((event as CustomEvent).detail));
    const [first, second] = findAll(element, 'tr[data-index]') as [HTMLElement, HTMLElement];
    expect(first.tabIndex).toBe(0);
    first.focus();
    first.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    expect(element.shadowRoot!.activeElement).toBe(second);
    second.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(picked).toEqual([Number(second.dataset.index)]);
  });

  it('says so when there is nothing to show', async () => {
    const element = mount('c-balance-bars', BalanceBars, { bars: [] });
    expect(textOf(element)).toContain('No territories yet');
    await expect(element).toBeAccessible();
  });
});
