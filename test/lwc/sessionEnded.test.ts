import UserTerritory from 'c/userTerritory';
import { change, deepText, find, mount, serve, unmountAll, until } from './kit';

const mockOpen = jest.fn();
jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: () => mockOpen() }), { virtual: true });
afterEach(unmountAll);

const nobody = { user: { id: '005', name: 'Ana' }, isSelf: true, hasNoClaims: false, territories: [], outlines: [] };

describe('an ended Salesforce session', () => {
  it('is said in a sentence with a way out; after signing in again the same page goes on', async () => {
    mockOpen.mockRejectedValueOnce({ body: { message: 'Session expired or invalid' } });
    serve({ 'GET /api/users/005/territory': nobody });
    const element = mount('c-user-territory', UserTerritory, { recordId: '005' });
    await until('the sentence', () => deepText(element).includes('Your Salesforce session has ended'));
    expect(deepText(element)).toContain('Log in again in another tab, then come back here and try again');
    await expect(element).toBeAccessible();
    mockOpen.mockResolvedValue({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' });
    change(find(element, 'c-error-panel'), {}, 'retry');
    await until('the page', () => deepText(element).includes('has no territory'));
    expect(find(element, 'c-error-panel')).toBeNull();
  });
});
