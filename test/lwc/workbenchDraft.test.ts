import { deepText, fail, find, labelled, pressable, textOf, unmountAll, until, world, zips, type Call } from './kit';
import { design, designing, draft, draw, unitsOf } from './workbenchWorld';

let mockHasEnded = false;
jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({
    default: async () => {
      if (mockHasEnded) throw { body: { message: 'Session expired or invalid' } };
      // a session that is about to end: it is asked for again each time
      return { token: 't', serviceUrl: 'http://service', expiresAt: '2020-01-01T00:00:00Z' };
    },
  }),
  { virtual: true },
);
afterEach(() => {
  unmountAll();
  localStorage.clear();
  mockHasEnded = false;
  jest.restoreAllMocks();
});

const [a, b, c] = unitsOf(0) as [number, number, number];
const id = (territory: number) => world.territories[territory]!.id;
const posts = (calls: Call[], what: string) =>
  calls.filter(({ method, path }) => method === 'POST' && path === `/api/alignments/draft/${what}`);
const ownersWith = (changes: Record<number, number>) => world.owners.map((owner, unit) => changes[unit] ?? owner);
const edit = (version: number, moves: object[]) => ({
  ...{ version, at: '2026-11-01T10:00:00Z', byName: 'Ana Ruiz', isMine: false, note: null, moves, overrides: [] },
});
const stale = () => ({
  fails: 409,
  error: { code: 'alignment_stale', message: 'The plan is at version 7.', action: 'Reload.' },
});
const saved = (element: Element) => textOf(design(element)).includes('All moves saved');
const press = async (element: Element, label: string) => {
  await until(label, () => labelled(design(element), label));
  labelled(design(element), label).click();
};

describe('two people on one draft', () => {
  it('merges edits of other units by itself and tells whose they are', async () => {
    const moved = ownersWith({ [b]: 2 });
    const { element, calls } = await designing({
      'POST /api/alignments/draft/moves': { version: 3, applied: 1 },
      'GET /api/alignments/draft/edits': {
        version: 3,
        edits: [
          edit(2, [{ unit: zips[b], from: id(0), to: id(2) }]),
          edit(3, [{ unit: zips[a], from: id(0), to: id(1) }]),
        ],
      },
    });
    const answer = { ...draft, version: 3, owners: moved.map((owner, unit) => (unit === a ? 1 : owner)) };
    draw(element, [a]);
    const { fetch } = globalThis;
    globalThis.fetch = (async (url: string, options?: RequestInit) =>
      url.endsWith('/alignments/draft') && posts(calls, 'moves').length > 0
        ? { ok: true, status: 200, text: async () => JSON.stringify(answer) }
        : fetch(url, options)) as typeof fetch;
    await press(element, 'Save');
    await until('the merge', () => textOf(design(element)).includes('Merged: Ana Ruiz gave 1 ZIP to North West'));
    expect(saved(element)).toBe(true);
    expect(find(design(element), 'c-edit-conflicts')).toBeNull();
    // the other one's ZIP is on this map too: giving it on starts from where it is now
    draw(element, [b]);
    await press(element, 'Save');
    await until('the second save', () => posts(calls, 'moves').length === 2);
    expect(posts(calls, 'moves')[1]!.body).toEqual({
      version: 3,
      moves: [{ unit: zips[b], from: id(2), to: id(1) }],
    });
  });

  it('shows ZIPs that both moved with who and when, saves the rest, and takes mine or leaves theirs', async () => {
    let isNewer = false;
    const { element, calls } = await designing({
      'POST /api/alignments/draft/moves': (body: { version: number }) => {
        if (body.version >= 7) return { version: body.version + 1, applied: 1 };
        isNewer = true;
        return stale();
      },
      'GET /api/alignments/draft': () =>
        isNewer ? { ...draft, version: 7, owners: ownersWith({ [a]: 2, [b]: 2 }) } : draft,
      'GET /api/alignments/draft/edits': {
        version: 7,
        edits: [
          edit(
            7,
            [a, b].map((unit) => ({ unit: zips[unit], from: id(0), to: id(2) })),
          ),
        ],
      },
    });
    draw(element, [a, b, c]);
    await press(element, 'Save');
    await until('the conflicts', () => find(design(element), 'c-edit-conflicts'));
    const conflicts = find(design(element), 'c-edit-conflicts');
    const text = textOf(conflicts).replace(/\s+/g, ' ');
    for (const part of [
      '2 ZIPs moved by somebody else too',
      'Now in North West',
      'Ana Ruiz, Nov 1, 2026',
      'South East',
    ])
      expect(text).toContain(part);
    // what was disjoint is saved already
    expect(posts(calls, 'moves').map(({ body }) => body)).toEqual([
      expect.objectContaining({ version: 1 }),
      { version: 7, moves: [{ unit: zips[c], from: id(0), to: id(1) }] },
    ]);
    await until('the save', () => saved(element));
    find(conflicts, `[data-take=mine][data-unit="${a}"]`).click();
    await until('one left', () => textOf(design(element)).includes('1 ZIP moved, not saved yet'));
    find(find(design(element), 'c-edit-conflicts'), `[data-take=theirs][data-unit="${b}"]`).click();
    await until('none left', () => !find(design(element), 'c-edit-conflicts'));
    await press(element, 'Save');
    await until('mine over theirs', () => posts(calls, 'moves').length === 3);
    expect(posts(calls, 'moves')[2]!.body).toEqual({
      version: 8,
      moves: [{ unit: zips[a], from: id(2), to: id(1) }],
    });
  });

  it('loses nothing that is drawn while the merge travels', async () => {
    let isNewer = false;
    const { element, calls } = await designing({
      'POST /api/alignments/draft/moves': (body: { version: number }) => {
        if (body.version >= 7) return { version: body.version + 1, applied: 1 };
        isNewer = true;
        return stale();
      },
      'GET /api/alignments/draft': () => (isNewer ? { ...draft, version: 7, owners: ownersWith({ [a]: 2 }) } : draft),
      'GET /api/alignments/draft/edits': () => {
        // in the middle of the merge, between two answers of the service
        draw(element, [c]);
        return { version: 7, edits: [edit(7, [{ unit: zips[a], from: id(0), to: id(2) }])] };
      },
    });
    draw(element, [a, b]);
    await press(element, 'Save');
    await until('the conflict', () => find(design(element), 'c-edit-conflicts'));
    await until('all that was drawn is there', () => saved(element) || textOf(design(element)).includes('1 ZIP moved'));
    if (!saved(element)) await press(element, 'Save');
    await until('the save', () => saved(element));
    const sent = posts(calls, 'moves').flatMap(({ body }) =>
      (body as { version: number; moves: { unit: string }[] }).version >= 7
        ? (body as { moves: { unit: string }[] }).moves.map(({ unit }) => unit)
        : [],
    );
    expect(new Set(sent)).toEqual(new Set([zips[b], zips[c]]));
  });

  it('takes in what others saved by itself, while nothing is drawn here, and announces every step', async () => {
    let watch: () => void = () => undefined;
    jest.spyOn(window, 'setInterval').mockImplementation(((work: () => void) => {
      watch = work;
      return 0;
    }) as never);
    let isNewer = false;
    const { element } = await designing({
      'GET /api/alignments/draft': () => (isNewer ? { ...draft, version: 2, owners: ownersWith({ [b]: 2 }) } : draft),
      'GET /api/alignments/draft/edits': () => ({
        version: isNewer ? 2 : 1,
        edits: isNewer ? [edit(2, [{ unit: zips[b], from: id(0), to: id(2) }])] : [],
      }),
    });
    draw(element, [a]);
    await until('the effect', () =>
      /1 ZIP moved\. Hours used: South (West|East) \d+ % → \d+ %/.test(textOf(design(element))),
    );
    isNewer = true;
    draw(element, [c], 'drag');
    watch();
    draw(element, [], 'cancel');
    expect(textOf(design(element))).not.toContain('Merged');
    watch();
    await until('theirs', () => textOf(design(element)).includes('Merged: Ana Ruiz gave 1 ZIP to North West'));
    expect(textOf(design(element))).toContain('1 ZIP moved, not saved yet');
    expect((labelled(design(element), 'Undo') as unknown as { disabled: boolean }).disabled).toBe(false);
    pressable(design(element), 'Close').click();
    await until('no word of it', () => !textOf(design(element)).includes('Merged'));
  });
});

describe('what is kept in the browser', () => {
  const offline = { 'POST /api/alignments/draft/moves': fail(503, 'The service does not answer.', 'Try again.') };

  it('brings unsaved moves and steps back after a reload, for this user and plan only', async () => {
    const first = await designing(offline);
    draw(first.element, [a, b]);
    await press(first.element, 'Save');
    await until('the problem', () => find(first.element, 'c-error-panel'));
    expect(deepText(find(first.element, 'c-error-panel'))).toContain('(2 moved ZIPs) is kept in this browser');
    unmountAll();
    const other = await designing({ 'GET /api/me': { ...(await import('./kit')).me, userId: '005000000000002AAA' } });
    expect(textOf(design(other.element))).not.toContain('moved before');
    unmountAll();
    const { element, calls } = await designing();
    await until('the moves', () => textOf(design(element)).includes('2 ZIPs moved before and not saved'));
    expect(textOf(design(element))).toContain('2 ZIPs moved, not saved yet');
    labelled(design(element), 'Undo').click();
    await until('the start', () => saved(element));
    labelled(design(element), 'Redo').click();
    await press(element, 'Save');
    await until('the request', () => posts(calls, 'moves').length === 1);
    expect((posts(calls, 'moves')[0]!.body as { moves: object[] }).moves).toHaveLength(2);
    await until('all saved', () => saved(element));
    expect(textOf(design(element))).not.toContain('moved before');
  });

  it('keeps moves when the Salesforce session has ended, says so, and saves them once it is back', async () => {
    const { element, calls } = await designing();
    draw(element, [a]);
    mockHasEnded = true;
    await press(element, 'Save');
    await until('the problem', () => find(element, 'c-error-panel'));
    const text = deepText(find(element, 'c-error-panel'));
    expect(text).toContain('Your Salesforce session has ended');
    expect(text).toContain('Log in again in another tab');
    expect(text).toContain('(1 moved ZIP) is kept in this browser, for you and this plan only');
    mockHasEnded = false;
    labelled(find(element, 'c-error-panel'), 'Save again').click();
    await until('the save', () => saved(element));
    expect(posts(calls, 'moves')).toHaveLength(1);
  });

  it('asks about kept moves that somebody overtook, and drops the rest where that is wished', async () => {
    const first = await designing(offline);
    draw(first.element, [a, b]);
    await until('the step', () => textOf(design(first.element)).includes('not saved yet'));
    unmountAll();
    const { element } = await designing({
      'GET /api/alignments/draft': { ...draft, version: 2, owners: ownersWith({ [a]: 3 }) },
      'GET /api/alignments/draft/edits': {
        version: 2,
        edits: [edit(2, [{ unit: zips[a], from: id(0), to: id(3) }])],
      },
    });
    await until('the conflict', () => find(design(element), 'c-edit-conflicts'));
    expect(textOf(design(element))).toContain('1 ZIP moved before and not saved');
    pressable(design(element), 'Discard them').click();
    await until('the draft as saved', () => saved(element));
    expect(textOf(design(element))).toContain('Undo brings the moves back');
  });
});

describe('what is another manager’s', () => {
  const others = { ...draft, territories: draft.territories.map((one, i) => ({ ...one, canEdit: i !== 0 })) };

  it('stays where it is, and she can be asked for it from the map', async () => {
    const { element, calls } = await designing({
      'GET /api/alignments/draft': others,
      'POST /api/feedback': { managers: ['Mara Voss'] },
    });
    draw(element, [a, b]);
    await until('the offer', () => textOf(design(element)).includes('2 ZIPs of South West belong to another manager.'));
    find(design(element), '[data-do=request]').click();
    await until('with whom it is', () => textOf(design(element)).includes('With Mara Voss now.'));
    expect(calls.find(({ path }) => path === '/api/feedback')?.body).toMatchObject({
      teamId: 'team',
      zips: [zips[a], zips[b]],
      toTerritoryId: id(1),
    });
    expect(posts(calls, 'moves')).toHaveLength(0);
    expect(find(design(element), '[data-do=request]')).toBeNull();
  });
});
