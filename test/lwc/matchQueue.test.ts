import MatchQueue from 'c/matchQueue';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until, type Answers } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
jest.mock('@salesforce/customPermission/Bailiwick_Reassign', () => ({ default: true }), { virtual: true });
afterEach(unmountAll);

const candidate = (key: string, name: string, score: number, rejected = false) => ({
  key,
  name,
  kind: 'hospital',
  street: '1 Main St',
  city: 'Boston',
  state: 'MA',
  zip: '02115',
  likeness: { score, name: score, street: null, place: 1, reasons: ['names 91 % alike', 'same ZIP 02115'] },
  rejected,
});
const entry = (id: string, name: string, candidates = [candidate('220001', 'Mercy Hospital', 0.86)]) => ({
  account: { id, name, npi: null, ccn: null, street: '1 Main Street', city: 'Boston', state: 'MA', zip: '02115' },
  state: 'toReview',
  key: null as string | null,
  how: null as string | null,
  candidates,
  note: null as string | null,
  decision: null as object | null,
});
const mercy = { ...entry('001000000000001', 'Mercy'), note: 'several records are nearly as alike' };
const unity = entry('001000000000002', 'Unity', [
  candidate('220002', 'Unity North', 0.8),
  candidate('220003', 'Unity South', 0.79),
]);
const decision = { verdict: 'accepted', byName: 'Dana', at: '2026-01-02T00:00:00Z', note: null };
const accepted = { ...mercy, state: 'matched', key: '220001', how: 'accepted', decision };
const list = (matches: object[], counts: object) => ({ counts, matches, total: matches.length, offset: 0 });
const counts = { matched: 3, toReview: 2, rejected: 0, none: 1 };

const mounted = async (more: Answers = {}) => {
  const calls = serve({
    'GET /api/registry/matches?state=toReview': list([mercy, unity], counts),
    'GET /api/registry/matches?state=matched': list([accepted], counts),
    'GET /api/registry/matches?state=rejected': list([], counts),
    'POST /api/registry/matches/001000000000001/decide': accepted,
    ...more,
  });
  const element = mount('c-match-queue', MatchQueue, { stamp: 0 });
  await until('an answer', () => !textOf(element).includes('Comparing'));
  return { calls, element };
};
const rows = (element: Element) => findAll(element, 'c-match-entry');
const verdict = (row: Element, what: string, key: string) =>
  find(row, `button[data-verdict=${what}][data-key="${key}"]`);
const tabs = (element: Element) =>
  findAll(find(element, 'c-button-row'), 'button').map(({ textContent }) => textContent?.trim());
const asked = (calls: { method: string; body: unknown }[]) =>
  calls.filter(({ method }) => method === 'POST').map(({ body }) => body);
const press = (row: Element, key: string) =>
  find(row, '[data-entry]').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

describe('c-match-queue', () => {
  it('shows each account with the records that it may be, and why', async () => {
    const { element } = await mounted();
    expect(tabs(element)).toEqual(['To review (2)', 'Matched (3)', 'Rejected (0)', 'Nothing alike (1)']);
    const text = textOf(rows(element)[0]!);
    expect(text).toContain('1 Main Street, Boston MA 02115');
    expect(text).toContain('Several records are nearly as alike.');
    expect(text).toContain('86 % alike:');
    expect(text).toContain('names 91\u00a0% alike, same ZIP 02115');
    await expect(element).toBeAccessible();
  });

  it('accepts a record at once, and hands the keyboard to the next account', async () => {
    let answer = (_: object) => {};
    const { calls, element } = await mounted();
    const serving = globalThis.fetch;
    globalThis.fetch = (async (url: string, options: RequestInit) => {
      if (options.method === 'POST') await new Promise<object>((resolve) => (answer = resolve));
      return serving(url, options);
    }) as typeof fetch;
    verdict(rows(element)[0]!, 'accepted', '220001').click();
    await until('the account to leave', () => rows(element).length === 1);
    expect(asked(calls)).toEqual([]);
    expect(tabs(element).slice(0, 2)).toEqual(['To review (1)', 'Matched (4)']);
    expect(textOf(element)).toContain('Mercy is Mercy Hospital.');
    expect(rows(element)[0]!.shadowRoot!.activeElement).toBe(find(rows(element)[0]!, '[data-entry]'));
    await until('the call', () => (answer({}), asked(calls).length === 1));
    expect(asked(calls)).toEqual([{ verdict: 'accepted', key: '220001', note: null }]);
  });

  it('puts an account back where the service refuses', async () => {
    const { element } = await mounted({
      'POST /api/registry/matches/001000000000001/decide': fail(503, 'The database is away.', 'Try again.'),
    });
    verdict(rows(element)[0]!, 'accepted', '220001').click();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('The database is away.');
    expect(rows(element)).toHaveLength(2);
    expect(tabs(element)[0]).toBe('To review (2)');
    expect(textOf(element)).not.toContain('Mercy is Mercy Hospital.');
  });

  it('rejects one record of two, and keeps the account until both are', async () => {
    const half = { ...unity, candidates: [{ ...unity.candidates[0], rejected: true }, unity.candidates[1]] };
    const { element } = await mounted({ 'POST /api/registry/matches/001000000000002/decide': half });
    verdict(rows(element)[1]!, 'rejected', '220002').click();
    await until('the mark', () => textOf(rows(element)[1]!).includes('Rejected'));
    expect(rows(element)).toHaveLength(2);
    expect(verdict(rows(element)[1]!, 'rejected', '220002')).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('is worked by keys alone', async () => {
    const { calls, element } = await mounted();
    find(rows(element)[0]!, '[data-entry]').focus();
    press(rows(element)[0]!, 'ArrowDown');
    expect(rows(element)[1]!.shadowRoot!.activeElement).not.toBeNull();
    press(rows(element)[1]!, 'ArrowUp');
    press(rows(element)[0]!, 'x');
    press(rows(element)[0]!, 'a');
    await until('the call', () => asked(calls).length === 1);
    expect(asked(calls)).toEqual([{ verdict: 'accepted', key: '220001', note: null }]);
  });

  it('names a record by hand', async () => {
    const record = { ...candidate('220009', 'Mercy Annex', 0), npi: null, ccn: '220009', isPerson: false, address: '2 Main St', coordinates: 'source', phone: null, ownership: null, emergency: null, beds: null }; // prettier-ignore
    const { calls, element } = await mounted({
      'GET /api/registry/search?': { records: [record], total: 1, offset: 0 },
      'POST /api/registry/matches/001000000000001/decide': { ...accepted, key: '220009', how: 'byHand' },
    });
    find(rows(element)[0]!, '[data-do=search]').click();
    await until('the search', () => find(rows(element)[0]!, 'c-registry-search'));
    const search = find(rows(element)[0]!, 'c-registry-search');
    await until('what is found', () => find(search, 'button[data-key="220009"]'));
    expect(calls.some(({ path }) => path.startsWith('/api/registry/search?q=Mercy'))).toBe(true);
    await expect(element).toBeAccessible();
    find(search, 'button[data-key="220009"]').click();
    await until('the call', () => asked(calls).length === 1);
    expect(asked(calls)).toEqual([{ verdict: 'accepted', key: '220009', note: null }]);
  });

  it('takes a decision back', async () => {
    const { calls, element } = await mounted({
      'GET /api/registry/matches?state=matched': list([accepted], { ...counts, matched: 1 }),
      'POST /api/registry/matches/001000000000001/decide': mercy,
    });
    findAll(find(element, 'c-button-row'), 'button')[1]!.click();
    await until('matched ones', () => rows(element).length === 1 && textOf(rows(element)[0]!).includes('Accepted'));
    expect(textOf(rows(element)[0]!)).toContain('Accepted by Dana, Jan 2, 2026.');
    await expect(element).toBeAccessible();
    find(rows(element)[0]!, '[data-do=undo]').click();
    await until('the account to leave', () => rows(element).length === 0);
    expect(asked(calls)).toEqual([{ verdict: 'undo' }]);
    expect(tabs(element)[0]).toBe('To review (3)');
  });

  it('says so when there is nothing to review', async () => {
    const { element } = await mounted({
      'GET /api/registry/matches?state=toReview': list([], { ...counts, toReview: 0 }),
    });
    expect(textOf(element)).toContain('Nothing to review.');
    await expect(element).toBeAccessible();
  });

  it('fetches more of a long list', async () => {
    const many = { ...counts, toReview: 3 };
    const third = entry('001000000000003', 'Third');
    const { element } = await mounted({
      'GET /api/registry/matches?state=toReview': list([mercy, unity], many),
      'GET /api/registry/matches?state=toReview&offset=2': list([third], many),
    });
    labelled(element, 'Show more (1 left)').click();
    await until('the third', () => rows(element).length === 3);
    expect(labelled(element, 'Show more (0 left)')).toBeUndefined();
  });

  it('tells when the service does not answer, and tries again', async () => {
    let isAway = true;
    const { element } = await mounted({
      'GET /api/registry/matches': () => (isAway ? fail(503, 'Away.', 'Try again.') : list([mercy], counts)),
      'GET /api/registry/matches?state=toReview': () => (isAway ? fail(503, 'Away.', 'Wait.') : list([mercy], counts)),
    });
    await until('the problem', () => find(element, 'c-error-panel'));
    isAway = false;
    labelled(find(element, 'c-error-panel'), 'Try again').click();
    await until('the account', () => rows(element).length === 1);
  });
});
