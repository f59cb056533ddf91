import TodayStep from 'c/todayStep';
import { fail, find, findAll, labelled, mount, serve, source, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);
const findings = {
  sentence: '3 of 4 are on target; North East is at 138 % of its hours.',
  items: [
    { kind: 'onTarget', text: '3 of 4 are on target.', value: 3 },
    { kind: 'overloaded', text: 'North East is at 138 % of its hours.', value: 1.38, territoryIndex: 3 },
  ],
};
const show = () => mount('c-today-step', TodayStep, { planId: 'live', canEdit: true, isSample: true, source });

describe('c-today-step', () => {
  it('tells the findings in one sentence, with their source, and is accessible', async () => {
    serve({ 'GET /api/alignments/live/findings': findings });
    const element = show();
    await until('the sentence', () => textOf(element).includes('North East is at 138 %'));
    expect(textOf(element)).toContain('Sample claims, 2025. Procedures × value × share.');
    await expect(element).toBeAccessible();
  });

  it('shows a finding on the map when it is clicked, and goes on to a draft', async () => {
    serve({ 'GET /api/alignments/live/findings': findings });
    const element = show();
    const told: unknown[] = [];
    element.addEventListener('show', (event) => told.push((event as CustomEvent).detail.territoryIndex));
    element.addEventListener('next', () => told.push('next'));
    await until('findings', () => findAll(element, 'li button').length === 2);
    find(element, '.overloaded').click();
    labelled(element, 'Fix it in a draft').click();
    expect(told).toEqual([3, 'next']);
  });

  it('says what went wrong and asks again', async () => {
    serve({ 'GET /api/alignments/live/findings': fail(503, 'Claims are being read.', 'Wait a minute.') });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('Claims are being read.');
    const calls = serve({ 'GET /api/alignments/live/findings': findings });
    find(element, 'c-error-panel').dispatchEvent(new CustomEvent('retry'));
    await until('the sentence', () => textOf(element).includes('138 %'));
    expect(calls).toHaveLength(1);
  });
});
