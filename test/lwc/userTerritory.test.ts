import UserTerritory from 'c/userTerritory';
import { fail, find, findAll, mount, serve, standing, textOf, unmountAll, until, world } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

const mine = {
  ...standing(2),
  teamId: 'team',
  teamName: 'Sales',
  alignmentId: 'live',
  version: 1,
  parentName: 'Northeast',
  rank: { position: 2, of: 25 },
  target: { potentialUsd: 9_000_000, workloadHours: 1800 },
  unitIndexes: world.owners.flatMap((owner, unit) => (owner === 2 ? [unit] : [])),
  topAccounts: [
    {
      id: '001',
      name: 'St. Alban',
      city: 'Town',
      kind: 'Hospital',
      potentialUsd: 1e6,
      salesUsd: 4e5,
      headroomUsd: 6e5,
    },
  ],
};
const page = { user: { id: '005', name: 'Ana Ruiz' }, territories: [mine] };
const show = () => mount('c-user-territory', UserTerritory, { recordId: '005' });

describe('c-user-territory', () => {
  it('says what is mine, what it is worth and how fair it is, without names; is accessible', async () => {
    serve({ 'GET /api/users/005/territory': page });
    const element = show();
    await until('the territory', () => textOf(element).includes('North West'));
    expect(textOf(element)).toContain('number 2 of 25');
    expect(findAll(element, 'c-target-bar')).toHaveLength(2);
    expect(findAll(element, 'li a')[0]?.textContent).toContain('St. Alban');
    await until('the map', () => find(find(element, 'c-territory-map'), '.leaflet-pane'));
    await expect(element).toBeAccessible();
  });

  it('paints a territory of others as not shown and draws no name of theirs', async () => {
    const territories = world.territories.map((territory, i) => (i === 2 ? territory : null));
    const owners = world.owners.map((owner) => (owner === 2 ? 2 : -2));
    const plan = { id: 'live', teamId: 'team', territories, owners };
    serve({ 'GET /api/users/005/territory': page, 'GET /api/alignments/live': plan });
    const element = show();
    await until('the legend', () => textOf(find(element, 'c-territory-map')).includes('not your territory'));
    expect(find(element, 'c-error-panel')).toBeNull();
  });

  it('says so when nobody assigned a territory', async () => {
    serve({ 'GET /api/users/005/territory': { ...page, territories: [] } });
    const element = show();
    await until('the sentence', () => textOf(element).includes('This person has no territory'));
    await expect(element).toBeAccessible();
  });

  it('says what went wrong', async () => {
    serve({ 'GET /api/users/005/territory': fail(503, 'The org does not answer.', 'Try later.') });
    const element = show();
    await until('the problem', () => find(element, 'c-error-panel'));
    expect(textOf(find(element, 'c-error-panel'))).toContain('Try later.');
  });
});
