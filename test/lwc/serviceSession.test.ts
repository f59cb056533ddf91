import openSession from '@salesforce/apex/BailiwickSession.open';
import { get, reduceErrors } from 'c/bailiwick';
import { forgetSession } from '../../force-app/main/default/lwc/bailiwick/session';

jest.mock('@salesforce/apex/BailiwickSession.open', () => ({ default: jest.fn() }), { virtual: true });
const apex = openSession as unknown as jest.Mock;
const good = () => ({
  token: `token ${apex.mock.calls.length}`,
  serviceUrl: 'https://service.example',
  expiresAt: new Date(Date.now() + 300_000).toISOString(),
});
const answers = (...statuses: number[]) => {
  const fetched = jest.fn();
  for (const status of statuses)
    fetched.mockResolvedValueOnce({ ok: status < 300, status, text: () => Promise.resolve('{"n":1}') });
  global.fetch = fetched as never;
  return fetched;
};
const failure = async () => reduceErrors(await get('/me').catch((error: unknown) => error));

beforeEach(() => {
  forgetSession();
  apex.mockReset().mockImplementation(() => Promise.resolve(good()));
});

describe('a request to the service', () => {
  it('renews a refused token once, silently', async () => {
    const fetched = answers(401, 200);
    await expect(get('/me')).resolves.toEqual({ n: 1 });
    expect(apex).toHaveBeenCalledTimes(2);
    expect(fetched.mock.calls.map(([, { headers }]) => headers.authorization)).toEqual([
      'Bearer token 1',
      'Bearer token 2',
    ]);
  });

  it('asks Apex again before a token ends', async () => {
    answers(200, 200);
    apex.mockImplementationOnce(() =>
      Promise.resolve({ ...good(), expiresAt: new Date(Date.now() + 30_000).toISOString() }),
    );
    await get('/me');
    await get('/me');
    expect(apex).toHaveBeenCalledTimes(2);
  });

  it.each([{ status: 401 }, { body: { message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' } }])(
    'says that the Salesforce session has ended, and works again after a login',
    async (refusal) => {
      answers(200);
      apex.mockRejectedValueOnce(refusal);
      expect(await failure()).toMatchObject({
        code: 'salesforce_session_ended',
        message: 'Your Salesforce session has ended.',
        action: expect.stringContaining('Log in again'),
      });
      await expect(get('/me')).resolves.toEqual({ n: 1 });
    },
  );

  it('passes on what Apex says of a missing permission', async () => {
    apex.mockRejectedValueOnce({ body: { message: 'You have no permission for Bailiwick.' } });
    expect(await failure()).toMatchObject({ message: 'You have no permission for Bailiwick.' });
  });

  it('says that the service does not answer, also where it never does', async () => {
    global.fetch = jest.fn().mockRejectedValueOnce(new TypeError('Failed to fetch')) as never;
    expect(await failure()).toMatchObject({ code: 'service_unreachable' });
    jest.useFakeTimers();
    global.fetch = ((_url: string, { signal }: { signal: AbortSignal }) =>
      new Promise((_done, refuse) => signal.addEventListener('abort', () => refuse(new Error('aborted'))))) as never;
    const waiting = failure();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(await waiting).toMatchObject({ code: 'service_unreachable' });
    jest.useRealTimers();
  });
});
