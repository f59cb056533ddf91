import PlanSettings from 'c/planSettings';
import { change, deepText, fail, labelled, mount, pressable, serve, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const settings = {
  approvalRequired: true,
  approverIsAnother: false,
  smallChangesAreFree: true,
  tellReps: true,
  tellManagers: true,
  introductionDays: 14,
  keepYears: null as number | null,
};

describe('c-plan-settings', () => {
  it('shows what holds, saves a change on its version, and says what went wrong', async () => {
    const answer = { version: 2, settings, savedByName: 'Ana', savedAt: '2026-11-02T10:00:00Z' };
    const calls = serve({
      'GET /api/teams/team/plan-settings': answer,
      'PUT /api/teams/team/plan-settings': {
        ...answer,
        version: 3,
        settings: { ...settings, approverIsAnother: true },
      },
    });
    const element = mount('c-plan-settings', PlanSettings, { teamId: 'team' });
    const label = 'Who made a plan, or changed it last, does not approve it';
    await until('the settings', () => labelled(element, label));
    await expect(element).toBeAccessible();
    labelled(element, label).dispatchEvent(new CustomEvent('change', { detail: { checked: true } }));
    expect(textOf(element)).toContain('Empty: everything is kept.');
    const years = labelled(element, 'Years that closed feedback, messages and dropped drafts are kept');
    change(years, { value: '7' });
    await until('what that means', () => textOf(element).includes('What is older than 7 years is removed once a day'));
    change(years, { value: '' });
    await until('all', () => textOf(element).includes('Empty: everything is kept.'));
    change(years, { value: '1' });
    await until('one year', () => textOf(element).includes('older than 1 year is'));
    pressable(element, 'Save').click();
    await until('the word', () => textOf(element).includes('Saved.'));
    expect(calls.at(-1)?.body).toEqual({ ...settings, approverIsAnother: true, keepYears: 1, version: 2 });
    unmountAll();
    serve({ 'GET /api/teams/team/plan-settings': fail(500, 'Broken.', 'Try again.') });
    const bad = mount('c-plan-settings', PlanSettings, { teamId: 'team' });
    await until('the error', () => deepText(bad).includes('Broken.'));
  });
});
