import { describe, expect, test } from '@jest/globals';
import {
  type Auth,
  clientCredentials,
  ConnectionLost,
  createSession,
  createWallet,
  Deposit,
  memoryStore,
  OrderUpdated,
  Profile,
  WalletError,
} from '../../clients/typescript/src/index.ts';
import { until } from '#test/until.ts';

/** The typed client of clients/typescript, against a server that fails as a test needs it. */

const origin = 'http://127.0.0.1:9';
const retry = { attempts: 3, firstPauseMs: 1, longestPauseMs: 5 };
const deposit = (idempotencyKey: string) => ({
  input: { accountId: 'x', amount: { amount: '1.00', currency: 'USD' }, idempotencyKey } as const,
});
const keyOf = (error: unknown) => (error as WalletError).idempotencyKey;
const badGateway = () => new Response('Bad gateway', { status: 502 });

/** A `fetch` whose answers never come. It ends with its signal. */
function silence() {
  let calls = 0;
  const silent: typeof fetch = async (_input, init) => {
    calls += 1;
    return await new Promise((_resolve, reject) =>
      init?.signal?.addEventListener('abort', () => reject(init.signal!.reason as Error)),
    );
  };
  return { fetch: silent, calls: () => calls };
}

describe('requests that wait for one token', () => {
  test('fail with an error of their own, which has their own key', async () => {
    const store = memoryStore();
    await store.save({ accessToken: 'a', refreshToken: 'r', renewAtMs: 0 });
    let refreshes = 0;
    const options = {
      origin,
      retry,
      fetch: async () => {
        refreshes += 1;
        return badGateway();
      },
    };
    const wallet = createWallet({ ...options, auth: createSession({ ...options, store }) });
    const requests = [
      wallet.execute(Deposit, deposit('one')),
      wallet.execute(Deposit, deposit('two')),
      wallet.execute(Profile),
    ];
    const errors = await Promise.all(requests.map(async (request) => await request.catch((error: unknown) => error)));

    expect(errors.map(keyOf)).toEqual(['one', 'two', null]);
    for (const error of errors) {
      expect(error).toBeInstanceOf(ConnectionLost);
      expect(error).toMatchObject({ name: 'ConnectionLost', retryAfterS: null });
      expect((error as Error).stack).toContain('ConnectionLost');
    }
    expect(refreshes).toBe(retry.attempts);
  });

  test.each([
    ['a session', 'session'],
    ['an API client', 'client'],
  ])('of %s end with their own signal', async (_what, kind) => {
    const store = memoryStore();
    await store.save({ accessToken: 'a', refreshToken: 'r', renewAtMs: 0 });
    const server = silence();
    const options = { origin, fetch: server.fetch, timeoutMs: 60_000 };
    const auth =
      kind === 'session'
        ? createSession({ ...options, store })
        : clientCredentials({ ...options, clientId: 'id', clientSecret: 'secret' });
    const wallet = createWallet({ ...options, auth });
    const [one, other] = [new AbortController(), new AbortController()];
    const leaving = wallet.execute(Profile, {}, { signal: one.signal });
    const staying = wallet.execute(Profile, {}, { signal: other.signal });
    const ends: string[] = [];
    const noted = staying.catch(() => ends.push('the other'));
    await until('the token request', () => server.calls() === 1);
    one.abort(new Error('I leave.'));

    await expect(leaving).rejects.toThrow('I leave.');
    expect(ends).toEqual([]);
    other.abort(new Error('I leave, too.'));
    await noted;
    expect([ends, server.calls()]).toEqual([['the other'], 1]);
  });
});

test('a mutation that is aborted after it was sent names its key', async () => {
  const server = silence();
  const leaving = new AbortController();
  const wallet = createWallet({ origin, fetch: server.fetch });
  const request = wallet.execute(Deposit, deposit('mine'), { signal: leaving.signal });
  await until('the request', () => server.calls() === 1);
  const reason = new Error('I leave.');
  leaving.abort(reason);

  const error = await request.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(WalletError);
  expect([keyOf(error), (error as Error).cause]).toEqual(['mine', reason]);
});

describe('a subscription', () => {
  const heartbeat = ':\n\n';
  const next = (result: object, id?: string) =>
    `${id === undefined ? '' : `id: ${id}\n`}event: next\ndata: ${JSON.stringify(result)}\n\n`;
  const complete = 'event: complete\ndata:\n\n';
  const failed = (code: string) => next({ data: null, errors: [{ message: 'No.', extensions: { code } }] }, 'later');
  const refused = failed('UNAUTHENTICATED') + complete;
  const paid = { orderUpdated: { id: 'x', status: 'PAID' } };

  /** The first event of a stream, which ends. */
  async function first<Item>(events: AsyncGenerator<Item>) {
    const { value } = await events.next();
    await events.return(undefined);
    return value as Item;
  }

  /** Follows an order on a server whose connections send these texts and end. The last one repeats. */
  function follow(connections: readonly string[], auth: Partial<Auth> = {}, attempts?: number) {
    const sent: { token: string | null; lastEventId: unknown }[] = [];
    const replaced: string[] = [];
    const wallet = createWallet({
      origin,
      retry,
      auth: {
        token: async () => `token-${replaced.length}`,
        replacementFor: async (token) => `token-${replaced.push(token)}`,
        ...auth,
      },
      fetch: async (_input, init) => {
        const { extensions } = JSON.parse(init!.body as string) as { extensions?: { lastEventId: string } };
        const token = new Headers(init!.headers).get('authorization');
        const text = connections[Math.min(sent.length, connections.length - 1)]!;
        sent.push({ token, lastEventId: extensions?.lastEventId });
        return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
      },
    });
    const options = attempts === undefined ? {} : { attempts };
    return { events: wallet.subscribe(OrderUpdated, { id: 'x' }, options), sent, replaced };
  }

  test('without events goes on with a new token after each expiry', async () => {
    const quiet = heartbeat + refused;
    const { events, replaced } = follow([quiet, quiet, quiet, heartbeat, next({ data: paid }) + complete]);

    expect(await first(events)).toMatchObject({ data: paid });
    expect(replaced).toEqual(['token-0', 'token-1', 'token-2']);
  });

  test('ends when the server refuses each new token at once', async () => {
    const { events, replaced } = follow([refused]);

    await expect(events.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(replaced).toEqual(['token-0']);
  });

  test('counts only the cuts in a row without a sign of life', async () => {
    const { events } = follow([...Array.from({ length: 5 }, () => heartbeat), next({ data: paid })], {}, 2);
    expect(await first(events)).toMatchObject({ data: paid });
    const dead = follow([''], {}, 2);
    await expect(dead.events.next()).rejects.toThrow(ConnectionLost);
    expect(dead.sent).toHaveLength(2);
  });

  test('ends if the server refuses each new token after a sign of life', async () => {
    const { events, replaced } = follow(['id: 1\n\n' + refused]);

    await expect(events.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(replaced).toHaveLength(retry.attempts);
  });

  test('goes on after a new token could not be fetched', async () => {
    const asked: string[] = [];
    const replacementFor = async (token: string) => {
      if (asked.push(token) === 1) throw new ConnectionLost('the test');
      return 'new';
    };
    const { events } = follow([refused, refused, next({ data: paid })], { replacementFor });

    expect(await first(events)).toMatchObject({ data: paid });
    expect(asked).toEqual(['token-0', 'token-0']);
  });

  test('replaces the token that the server refused', async () => {
    const tokens = ['sent'];
    const asked: string[] = [];
    const auth = {
      token: async () => tokens.shift() ?? 'fresh',
      replacementFor: async (token: string) => (asked.push(token), 'fresh'),
    };
    const { events, sent } = follow([refused, next({ data: paid })], auth);

    expect(await first(events)).toMatchObject({ data: paid });
    expect([asked, sent.map(({ token }) => token)]).toEqual([['sent'], ['Bearer sent', 'Bearer fresh']]);
  });

  test('yields the readable part of an event with its errors', async () => {
    const errors = [{ message: 'No.', path: ['orderUpdated', 'product'], extensions: { code: 'SERVICE_UNAVAILABLE' } }];
    const { events } = follow([next({ data: paid, errors }, '7') + complete]);

    expect(await events.next()).toMatchObject({ value: { data: paid, errors, lastEventId: '7' } });
    expect((await events.next()).done).toBe(true);
  });

  test('asks again for an event that could not be read, but not without end', async () => {
    const begin = 'id: 1\n\n';
    const unread = begin + failed('SERVICE_UNAVAILABLE') + complete;
    const { events, sent } = follow([unread, next({ data: paid }, '2')]);
    expect(await first(events)).toMatchObject({ data: paid, errors: [], lastEventId: '2' });
    expect(sent.map(({ lastEventId }) => lastEventId)).toEqual([undefined, '1']);

    const never = follow([unread]);
    await expect(never.events.next()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(never.sent).toHaveLength(retry.attempts);
  });
});
