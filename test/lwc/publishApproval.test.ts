import { deepText, find, pressable, unmountAll, until } from './kit';
import { preview } from './publishWorld';
import { designing } from './workbenchWorld';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const life = (stage: string, more: object) => ({
  ...{ id: 'draft', name: 'Draft', state: 'draft', stage, version: 1, path: [], steps: [], touched: 1, accounts: 2 },
  settings: { approvalRequired: true },
  ...{ schedule: null, timeZone: 'America/New_York', cover: null, notices: [], can: ['submit'], needsApproval: true },
  approval: { missing: [], approvers: [], approvals: [] },
  ...more,
});
const missing = { missing: ['Boston Metro'], approvers: ['Gideon Ullmark'], approvals: [] };

describe('the publish step of the workbench', () => {
  it('publishes no plan that waits for its approval: the way of the plan above tells it, step by step', async () => {
    const { element } = await designing({
      'GET /api/alignments/draft/life': life('draft', {}),
      'POST /api/alignments/draft/steps': life('review', { can: [], approval: missing }),
      'POST /api/publishes/preview': preview,
      'GET /api/publishes?team': { publishes: [] },
    });
    find(find(element, 'c-step-path'), '[data-step=publish]').click();
    await until('the reason', () => deepText(element).includes('Send this one to review first'));
    const button = () => pressable(find(element, 'c-publish-step'), 'Publish to the CRM') as HTMLButtonElement;
    await until('the button', () => deepText(element).includes('Changes to publish') && button().disabled);
    pressable(find(element, 'c-plan-life'), 'Send to review').click();
    const next = 'Still to be approved: Boston Metro, by Gideon Ullmark or by Sales Ops.';
    await until('who is next', () => deepText(element).includes(next));
    expect(button().disabled).toBe(true);
  });
});
