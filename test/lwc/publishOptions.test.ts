import PublishOptions from 'c/publishOptions';
import { change, findPressable, findAll, mount, pressable, serve, fail, textOf, unmountAll, until } from './kit';

jest.mock(
  '@salesforce/apex/BailiwickSession.open',
  () => ({ default: async () => ({ token: 't', serviceUrl: 'http://service', expiresAt: '2999-01-01T00:00:00Z' }) }),
  { virtual: true },
);
afterEach(unmountAll);

interface Told {
  deals: string;
  dealStage: string | null;
  part: object | null;
  teamRole: string | null;
  stampField: string | null;
  batchSize: number;
}
const show = (properties = {}) => {
  const element = mount('c-publish-options', PublishOptions, {
    territories: [{ label: 'North', value: 'T1' }],
    states: [
      { label: 'MA', value: 'MA' },
      { label: 'NH', value: 'NH' },
    ],
    ...properties,
  });
  const told: Told[] = [];
  element.addEventListener('options', (event) => told.push((event as CustomEvent<Told>).detail));
  return { element, told };
};
const stages = { stages: ['Prospecting', 'Proposal', 'Negotiation'] };

describe('c-publish-options', () => {
  it('says in a sentence what is written, and is accessible', async () => {
    serve();
    const { element } = show();
    expect(textOf(element)).toContain(
      'Writes each account’s territory, its owner and new and renamed territories with their reps.',
    );
    await expect(element).toBeAccessible();
    for (const label of ['Put accounts into their territories', 'New territories, their names and their reps'])
      change(pressable(element, label), { checked: false });
    change(pressable(element, 'Account owner becomes the territory’s rep'), { checked: false });
    await until('the sentence', () => textOf(element).includes('Writes nothing: choose at least one way.'));
  });

  it('lets deals stay from a stage on, a late one unless another is picked', async () => {
    serve({ 'GET /api/deal-stages': stages });
    const { element, told } = show();
    change(pressable(element, 'Open deals of those accounts'), { value: 'untilStage' });
    await until('stages', () => findPressable(element, 'Deals stay from this stage on'));
    expect(told.at(-1)).toMatchObject({ deals: 'untilStage', dealStage: 'Negotiation' });
    change(pressable(element, 'Deals stay from this stage on'), { value: 'Proposal' });
    expect(told.at(-1)).toMatchObject({ deals: 'untilStage', dealStage: 'Proposal' });
    change(pressable(element, 'Open deals of those accounts'), { value: 'move' });
    await until('it is told', () => told.at(-1)?.deals === 'move');
    expect(told.at(-1)?.dealStage).toBeNull();
  });

  it('says that stages cannot be read, and keeps the former choice', async () => {
    serve({ 'GET /api/deal-stages': fail(503, 'No answer.', 'Wait.') });
    const { element, told } = show();
    change(pressable(element, 'Open deals of those accounts'), { value: 'untilStage' });
    await until('the problem', () => textOf(element).includes('No answer.'));
    expect(told.every(({ deals }) => deals === 'stay')).toBe(true);
  });

  it('writes a part, a role and a code only when they are named', async () => {
    serve();
    const { element, told } = show();
    change(pressable(element, 'Territories'), { value: ['T1'] });
    change(pressable(element, 'States'), { value: ['NH'] });
    expect(told.at(-1)?.part).toEqual({ territoryIds: ['T1'], states: ['NH'] });
    await until('it is said', () => textOf(element).includes('Only North, NH.'));
    change(pressable(element, 'States'), { value: [] });
    change(pressable(element, 'Territories'), { value: [] });
    expect(told.at(-1)?.part).toBeNull();
    change(pressable(element, 'Add the rep to the account team'), { checked: true });
    expect(told.at(-1)?.teamRole).toBe('Sales Rep');
    change(pressable(element, 'Stamp the territory’s code on the account'), { checked: true });
    expect(told.at(-1)?.stampField).toBeNull();
    await until('room for the field', () => findPressable(element, 'API name of that field'));
    change(pressable(element, 'API name of that field'), { value: 'Code__c' });
    change(pressable(element, 'API name of that field'), {}, 'blur');
    expect(told.at(-1)?.stampField).toBe('Code__c');
    const size = pressable(element, 'Records a request');
    for (const value of ['0', '201', '50']) {
      Object.assign(size, { value });
      change(size, {}, 'blur');
    }
    expect(told.at(-1)?.batchSize).toBe(50);
  });

  it('starts from a saved choice, and then of the whole plan', () => {
    serve();
    const { element } = show({ isWhole: true, value: { owners: false, teamRole: 'Rep' } });
    expect(textOf(element)).toContain('its account team (Rep)');
    expect(findAll(element, 'lightning-checkbox-group')).toHaveLength(0);
  });
});
