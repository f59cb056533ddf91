import CorrectionRows from 'c/correctionRows';
import MatchQueue from 'c/matchQueue';
import { findAll, mount, serve, textOf, unmountAll } from './kit';

jest.mock('@salesforce/customPermission/Bailiwick_Reassign', () => ({ default: undefined }), { virtual: true });
afterEach(unmountAll);

const correction = {
  id: 'one',
  key: '220001',
  name: 'Mercy',
  kind: 'volume' as const,
  factor: 0,
  reason: 'closed',
  byName: 'Dana',
  at: '2026-01-02T12:00:00Z',
  endedAt: null,
  endedByName: null,
  endedReason: null,
  effect: { keys: [], proceduresBefore: 0, proceduresAfter: 0, opportunityUsdBefore: 0, opportunityUsdAfter: 0 },
};

describe('without the right to reassign', () => {
  it('matches are not asked for, and it is said whom they are for', async () => {
    const calls = serve();
    const element = mount('c-match-queue', MatchQueue, { stamp: 0 });
    await Promise.resolve();
    expect(textOf(element)).toContain('for Territory Admins (custom permission Bailiwick Reassign)');
    expect(calls).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('a correction is seen and cannot be ended', async () => {
    const element = mount('c-correction-rows', CorrectionRows, { corrections: [correction] });
    await Promise.resolve();
    expect(textOf(element)).toContain('Volume at 0 % of claims');
    expect(textOf(element)).toContain('Changes nothing: the market’s claims do not know it.');
    expect(findAll(element, 'button')).toEqual([]);
    await expect(element).toBeAccessible();
  });
});
