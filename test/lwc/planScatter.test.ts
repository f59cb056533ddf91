import PlanScatter from 'c/planScatter';
import { find, findAll, mount, textOf, unmountAll } from './kit';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
afterEach(unmountAll);

const row = (index: number, workloadDeviation: number, potentialDeviation: number) => ({
  ...{
    index,
    name: `T${index}`,
    region: '',
    rep: '',
    repId: null,
    units: 1,
    accounts: 1,
    potentialUsd: 1,
    salesUsd: 1,
  },
  ...{ workloadHours: 1, travelHours: 1, utilization: 1, workloadDeviation, potentialDeviation },
  ...{ targetShare: 1, isLocked: false, canEdit: true },
});
const rows = [row(0, 0.4, 0.5), row(1, -0.05, 0.1), row(2, -0.3, 0)];
const show = (more = {}) => mount('c-plan-scatter', PlanScatter, { rows, selected: null, ...more });
const point = (element: Element, index: number) => find<SVGElement>(element, `g[data-index="${index}"]`);
const at = (element: Element, index: number) => {
  const circle = point(element, index).querySelector('circle')!;
  return [Number(circle.getAttribute('cx')), Number(circle.getAttribute('cy'))] as const;
};

describe('c-plan-scatter', () => {
  it('puts hours to the right and potential upwards, with the target range, and is accessible', async () => {
    const element = show();
    const [[x0, y0], [x1, y1], [x2]] = [at(element, 0), at(element, 1), at(element, 2)];
    expect(x0).toBeGreaterThan(x1);
    expect(x1).toBeGreaterThan(x2);
    expect(y0).toBeLessThan(y1);
    const box = find(element, 'rect.target');
    const side = (name: string) => Number(box.getAttribute(name));
    expect(x1).toBeGreaterThan(side('x'));
    expect(x1).toBeLessThan(side('x') + side('width'));
    expect(y1).toBeGreaterThan(side('y'));
    expect(textOf(element)).toContain('1 of 3 in both target ranges');
    await expect(element).toBeAccessible();
  });

  it('is reached by one Tab and walked with arrows by hours; Enter and a click pick', () => {
    const element = show();
    const picked: number[] = [];
    element.addEventListener('pick', (event) => picked.push((event as CustomEvent).detail));
    expect(findAll(element, 'g[tabindex="0"]').map((one) => one.dataset.index)).toEqual(['2']);
    const press = (index: number, key: string) =>
      point(element, index).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    point(element, 2).focus();
    press(2, 'ArrowRight');
    expect((element.shadowRoot!.activeElement as unknown as SVGElement).dataset.index).toBe('1');
    press(1, 'Enter');
    point(element, 0).dispatchEvent(new MouseEvent('click'));
    expect(picked).toEqual([1, 0]);
  });

  it('names the point that is picked, and says so when there is nothing', async () => {
    const element = show({ selected: 1 });
    expect(point(element, 1).querySelector('text')!.textContent).toBe('T1');
    expect(point(element, 0).querySelector('text')).toBeNull();
    const empty = show({ rows: [] });
    expect(textOf(empty)).toContain('No territories yet');
    await expect(empty).toBeAccessible();
  });
});
