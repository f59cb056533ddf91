import ImportPanel from 'c/importPanel';
import { fail, find, findAll, labelled, mount, serve, textOf, unmountAll, until, type Answers } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const kinds = [{ kind: 'claims', label: 'Claims', about: 'Any claims table.' }];
const file = new File(['npi,zip\n'], 'may.csv');
const job = {
  id: 'job',
  kind: 'claims',
  name: 'may.csv',
  bytes: file.size,
  received: 0,
  state: 'receiving',
  doing: null,
  report: null,
  error: null,
};
const sent = { ...job, received: file.size };
const report = {
  id: 'snapshot',
  file: 'may.csv',
  layoutName: 'Vendor aggregate',
  period: '2025',
  importedAt: '2026-01-02T00:00:00Z',
  rowsRead: 10,
  rowsKept: 8,
  rowsSetAside: 2,
  setAside: [{ reason: 'no usable ZIP', rows: 2, lines: [3, 7] }],
  repaired: [],
  cells: 8,
  guarded: { cells: 2, below: 11 },
  notes: ['read as Windows-1252 text'],
  warnings: ['The claims are of 2012: 14 years old.'],
  alreadyThere: false,
};
const question = {
  columns: [
    { column: 'Doc', samples: ['1234567893'] },
    { column: 'Vol', samples: ['20', '40'] },
  ],
  fields: [
    { field: 'performing', label: 'NPI of the performing provider' },
    { field: 'services', label: 'Count' },
  ],
  guess: [{ field: 'performing', column: 'Doc', confidence: 0.6 }],
  needed: [['services'], ['performing']],
};
const refused = { ...sent, state: 'refused', error: { code: 'mapping_needed', message: 'Odd.', action: 'Name them.', details: question } }; // prettier-ignore

const answers = (more: Answers = {}): Answers => ({
  'GET /api/uploads': { uploads: [], kinds },
  'POST /api/uploads': { ...job, partBytes: 8 },
  'PUT /api/uploads/job/part?offset=0': sent,
  'POST /api/uploads/job/import': { ...sent, state: 'importing' },
  'GET /api/uploads/job': { ...sent, state: 'done', report },
  'GET /api/imports': { imports: [] },
  ...more,
});
const choose = (element: HTMLElement) =>
  labelled(element, 'Choose a file').dispatchEvent(new CustomEvent('change', { detail: { files: [file] } }));
const drop = (element: HTMLElement) => {
  const event = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { files: [file] } });
  find(element, '[data-drop]').dispatchEvent(event);
};
const mounted = async (more: Answers = {}) => {
  const calls = serve(answers(more));
  const element = mount('c-import-panel', ImportPanel);
  await until('the kinds', () => textOf(element).includes('Any claims table.'));
  return { calls, element };
};

describe('c-import-panel', () => {
  it('takes a dropped file, sends it and shows where every row went', async () => {
    const { calls, element } = await mounted();
    let imported: unknown;
    element.addEventListener('imported', (event) => (imported = (event as CustomEvent<unknown>).detail));
    drop(element);
    await until('the report', () => find(element, 'c-import-report'));
    const text = textOf(find(element, 'c-import-report'));
    expect(text).toContain('10 rows read, 8 kept, 2 set aside');
    expect(text).toContain('read as Windows-1252 text');
    expect(text).toContain('14 years old');
    expect(text).toContain('Set aside: no usable ZIP');
    expect(text).toContain('3, 7');
    expect(imported).toEqual(report);
    expect(calls.find(({ method, path }) => method === 'POST' && path === '/api/uploads')?.body).toEqual({
      kind: 'claims',
      name: 'may.csv',
      bytes: file.size,
    });
    await expect(element).toBeAccessible();
  });

  it('goes on with an upload that broke off, from the byte that is here', async () => {
    const half = { ...job, received: 4 };
    const { calls, element } = await mounted({
      'GET /api/uploads': { uploads: [half], kinds },
      'PUT /api/uploads/job/part?offset=4': sent,
    });
    expect(textOf(element)).toContain('may.csv: 50 % is here. Choose the same file again to go on.');
    choose(element);
    await until('the report', () => find(element, 'c-import-report'));
    expect(calls.filter(({ method }) => method === 'PUT').map(({ path }) => path)).toEqual([
      '/api/uploads/job/part?offset=4',
    ]);
    expect(calls.some(({ method, path }) => method === 'POST' && path === '/api/uploads')).toBe(false);
  });

  it('asks for the columns of an odd file, and imports it with what was answered', async () => {
    let answered = false;
    const { calls, element } = await mounted({
      'GET /api/uploads/job': () => (answered ? { ...sent, state: 'done', report } : refused),
      'POST /api/uploads/job/import': (body: object) => {
        answered = 'columns' in body;
        return { ...sent, state: 'importing' };
      },
    });
    choose(element);
    await until('the question', () => find(element, 'c-column-mapper'));
    const mapper = find(element, 'c-column-mapper');
    expect(textOf(mapper)).toContain('20 · 40');
    expect(textOf(mapper)).toContain('Still needed: Count.');
    expect(textOf(mapper)).toContain('We are not sure of this one');
    labelled(mapper, 'What Vol holds').dispatchEvent(new CustomEvent('change', { detail: { value: 'services' } }));
    const name = labelled(mapper, 'Save these columns under a name (for the next file like this)');
    name.dispatchEvent(new CustomEvent('change', { detail: { value: 'Vendor X' } }));
    await until('nothing open', () => !textOf(mapper).includes('Still needed'));
    await expect(element).toBeAccessible();
    labelled(mapper, 'Import with these columns').click();
    await until('the report', () => find(element, 'c-import-report'));
    expect(calls.filter(({ path }) => path === '/api/uploads/job/import').at(-1)?.body).toEqual({
      columns: { performing: 'Doc', services: 'Vol' },
      saveAs: 'Vendor X',
    });
  });

  it('says what is wrong with a file that is none, and that nothing was changed', async () => {
    const error = { code: 'file_not_recognized', message: 'cat.png is not a text file.', action: 'Give a table.', details: null }; // prettier-ignore
    const { element } = await mounted({ 'GET /api/uploads/job': { ...sent, state: 'refused', error } });
    choose(element);
    await until('the problem', () => find(element, '[role=alert]'));
    expect(find(element, '[role=alert]').textContent).toContain('cat.png is not a text file.');
    expect(find(element, '[role=alert]').textContent).toContain('Nothing was changed');
  });

  it('shows how far it is with a number, and stops when told to', async () => {
    const doing = { phase: 'reading rows', share: 0.42 };
    const { calls, element } = await mounted({
      'GET /api/uploads/job': { ...sent, state: 'importing', doing },
      'DELETE /api/uploads/job': { cancelled: true },
    });
    choose(element);
    await until('the number', () => textOf(element).includes('reading rows, 42 % of this step'));
    labelled(element, 'Cancel').click();
    await until('the end', () => calls.some(({ method }) => method === 'DELETE'));
    await until('an idle panel', () => !textOf(element).includes('reading rows'));
  });

  it('lists former imports and brings one back', async () => {
    const listed = [
      { ...report, id: 'new', file: 'june.csv', countedBy: ['Implants'] },
      { ...report, id: 'old', countedBy: [] },
    ];
    const { calls, element } = await mounted({
      'GET /api/imports': { imports: listed },
      'POST /api/imports/old/activate': report,
    });
    const list = find(find(element, 'c-loaded-data'), 'c-import-list');
    await until('the list', () => textOf(list).includes('Counted by Implants'));
    const buttons = findAll(list, '[data-do=bring]');
    expect(buttons.map(({ dataset }) => dataset['id'])).toEqual(['old']);
    buttons[0]!.click();
    await until('the call', () => calls.some(({ path }) => path === '/api/imports/old/activate'));
  });

  it('gives the lines of a registry file, and shows what is loaded of its kind', async () => {
    const more = [...kinds, { kind: 'registry', label: 'Providers and facilities', about: 'Lists of facilities.' }];
    const { calls, element } = await mounted({
      'GET /api/uploads': { uploads: [], kinds: more },
      'GET /api/registry/imports/snapshot/report.csv': 'line\n',
    });
    labelled(element, 'What kind of file').dispatchEvent(new CustomEvent('change', { detail: { value: 'registry' } }));
    await until('its kind', () => find(find(element, 'c-loaded-data'), 'c-registry-panel'));
    drop(element);
    await until('the report', () => find(element, 'c-import-report'));
    expect(labelled(element, 'Show its demand on the map')).toBeUndefined();
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    const saved = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    find(find(element, 'c-import-report'), 'button').click();
    await until('the file', () => saved.mock.calls.length === 1);
    expect(calls.at(-1)?.path).toBe('/api/registry/imports/snapshot/report.csv');
  });

  it('tells when the service does not answer', async () => {
    serve({ 'GET /api/uploads': fail(503, 'The database is away.', 'Try again.') });
    const element = mount('c-import-panel', ImportPanel);
    await until('the problem', () => textOf(element).includes('The database is away.'));
  });
});
