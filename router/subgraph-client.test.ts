import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addressOf } from '#test/router/address.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { createHttp } from '#platform/http/http.ts';
import { listen } from '#platform/http/listen.ts';
import { until } from '#test/until.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { OperationsRequest } from '#platform/graphql/operations.ts';
import { subgraphClient } from './subgraph-client.ts';

/** Who a double takes the caller for: the whole of the token that it was given. */
const callerOf = (_root: unknown, _args: unknown, { authorization }: { authorization: string | undefined }) => ({
  id: authorization ?? 'nobody',
  email: authorization ?? 'nobody',
});

const people = Array.from({ length: 24 }, (_, number) => `person-${number}`);

describe('concurrent operations of several customers', () => {
  let router: RunningRouter;
  const held = new Map<string, PromiseWithResolvers<void>>();

  beforeAll(async () => {
    router = await startRouterWithDoubles({
      user: { Query: { viewer: callerOf } },
      billing: {
        Query: {
          viewer: callerOf,
          account: async (_root, { id }: { id?: string }, { authorization }) => {
            await held.get(id!)?.promise;
            if (id === 'broken') throw new Error('broken');
            return { id, number: authorization ?? '' };
          },
        },
      },
      order: {
        Query: { viewer: callerOf },
        User: { orders: (_user, _args, { authorization }) => ({ nodes: [{ id: '1', productId: authorization }] }) },
      },
    });
    // An operation is planned the first time.
    const authorization = await router.issuer.authorization({ userId: 'first' });
    for (const query of [overview, one])
      await router.ask(query, { variables: { id: 'a' }, headers: { authorization } });
  });
  afterAll(async () => await router.stop());
  beforeEach(() => {
    held.clear();
    for (const { received } of Object.values(router.subgraphs)) received.length = 0;
  });

  const overview = '{ viewer { email orders { nodes { productId } } } }';
  const one = 'query ($id: ID!) { account(id: $id) { id number } }';
  /** Operations of one request have the same headers object. */
  const requestsTo = (name: 'user' | 'billing') =>
    new Set(router.subgraphs[name].received.map(({ headers }) => headers)).size;

  test('share few requests, and each is executed for its own customer', async () => {
    const tokens = await Promise.all(people.map(async (userId) => await router.issuer.authorization({ userId })));
    const answers = await Promise.all(
      tokens.map(async (authorization) => await router.ask(overview, { headers: { authorization } })),
    );

    for (const [place, authorization] of tokens.entries()) {
      expect(answers[place]!.errors).toBeUndefined();
      expect(answers[place]!.data).toEqual({
        viewer: { email: authorization, orders: { nodes: [{ productId: authorization }] } },
      });
    }
    expect(router.subgraphs.user.received).toHaveLength(people.length);
    expect(requestsTo('user')).toBeLessThan(people.length);
  });

  test('do not wait for the slowest', async () => {
    held.set('slow', Promise.withResolvers());
    const ask = async (id: string) => await router.ask(one, { variables: { id } });
    const slow = ask('slow');
    const quick = await Promise.all(people.map(ask));
    expect(quick.map(({ data }) => data)).toEqual(people.map((id) => ({ account: { id, number: '' } })));

    held.get('slow')!.resolve();
    expect(await slow).toMatchObject({ data: { account: { id: 'slow' } } });
  });

  test('do not fail with a failing one', async () => {
    const ids = ['a', 'broken', 'b'];
    const answers = await Promise.all(ids.map(async (id) => await router.ask(one, { variables: { id } })));

    expect(answers.map(({ errors }) => errors?.map(({ extensions }) => extensions.code))).toEqual([
      undefined,
      ['INTERNAL_SERVER_ERROR'],
      undefined,
    ]);
    expect(answers.map(({ data }) => (data?.['account'] as { id: string } | null)?.id)).toEqual(['a', undefined, 'b']);
  });
});

/** Answers each operation with its place, and keeps what it was asked. */
async function startRecorder() {
  const requests: OperationsRequest[] = [];
  const http = createHttp({ log: createLog('test', 'silent'), bodyLimit: 1_000_000 });
  http.post('/operations', async ({ body }) => {
    requests.push(body as OperationsRequest);
    return (body as OperationsRequest).operations
      .map((_, place) => `[${place},{"data":{"place":${place}}}]\n`)
      .join('');
  });
  await listen(http, '127.0.0.1', 0, 'none');
  const client = subgraphClient({ url: `${addressOf(http.server)}/graphql`, timeoutMs: 5_000, connections: 4 });
  const stop = async () => {
    await client.close();
    await http.close();
  };
  return { client, requests, stop };
}

describe('a request', () => {
  let recorder: Awaited<ReturnType<typeof startRecorder>>;
  beforeEach(async () => {
    recorder = await startRecorder();
  });
  afterEach(async () => await recorder.stop());

  test('has eight operations at most, and each document once', async () => {
    const { client, requests } = recorder;
    const asked = Array.from({ length: 20 }, (_, number) => {
      const query = `{ q${number % 3} }`;
      return client.ask({ query, operationName: undefined, variables: { number } }, `Bearer ${number}`);
    });
    const answers = await Promise.all(asked);

    expect(answers.every((answer) => 'data' in answer)).toBe(true);
    expect(requests.map(({ operations }) => operations.length).toSorted((a, b) => b - a)).toEqual([8, 8, 4]);
    expect(requests.map(({ documents }) => documents.length)).toEqual([3, 3, 3]);
    expect(
      new Set(requests.flatMap(({ operations }) => operations.map(([, , authorization]) => authorization))).size,
    ).toBe(20);
  });

  test('names a client only to a subgraph that gets it', async () => {
    const { client, requests } = recorder;
    const operation = { query: '{ q }', operationName: undefined, variables: {} };
    const person = { sender: '192.0.2.1', device: 'Firefox on Linux' };
    await client.ask(operation, 'Bearer');
    await client.ask(operation, 'Bearer', { ...person, gone: null });
    const calls = requests.flatMap(({ operations }) => operations);
    expect(calls.map((call) => call.slice(4))).toEqual([[], [person]]);
  });

  test('is never larger than a subgraph accepts, however long its variables are', async () => {
    const { client, requests } = recorder;
    const asked = Array.from({ length: 40 }, (_, number) =>
      client.ask(
        { query: '{ q }', operationName: undefined, variables: { name: '字'.repeat(60_000), number } },
        'Bearer',
      ),
    );
    const answers = await Promise.all(asked);
    const numbers = requests.flatMap(({ operations }) => operations.map(([, { number }]) => number as number));

    expect(answers.every((answer) => 'data' in answer)).toBe(true);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, number) => number));
  });
});

describe('a sign-in', () => {
  const login = 'mutation { login(input: { email: "a@b.example", password: "x" }) { accessToken } }';
  const headers = {
    'x-forwarded-for': '203.0.113.9',
    'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0',
  };
  let router: RunningRouter;
  beforeAll(async () => {
    router = await startRouterWithDoubles({ user: { Query: { viewer: callerOf } } }, { TRUSTED_PROXIES: '1' });
  });
  afterAll(async () => await router.stop());

  /** What the subgraph gets, whose answers never come, and how many of its requests have been broken off. */
  function hang() {
    const { user } = router.subgraphs;
    let brokenOff = 0;
    user.received.length = 0;
    user.misbehave(({ raw }) => raw.once('close', () => (brokenOff += 1)));
    return { received: user.received, brokenOff: () => brokenOff };
  }

  test('has its own request with the sender, which is aborted when its client disconnects', async () => {
    const { received, brokenOff } = hang();
    const leaving = new AbortController();
    const asked = Array.from(
      { length: 3 },
      async () =>
        await router.request('/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify({ query: login }),
          signal: leaving.signal,
        }),
    );
    await until('the sign-ins', () => received.length === 3);
    expect(new Set(received.map((operation) => operation.headers)).size).toBe(3);
    expect(received.map(({ client }) => client)).toEqual(
      Array.from({ length: 3 }, () => ({ sender: '203.0.113.9', device: 'Firefox on Windows' })),
    );
    leaving.abort();
    await Promise.allSettled(asked);
    await until('the requests to be broken off', () => brokenOff() === 3);
    router.subgraphs.user.misbehave(null);
  });

  test.each([
    ['a customer’s query', [], '{ viewer { email } }', null],
    ['a query of staff', ['AUDITOR'], '{ viewer { email } }', '203.0.113.9'],
    ['a mutation', [], 'mutation { updateProfile(input: { name: "Ada" }) { user { id } } }', '203.0.113.9'],
  ] as const)(
    '%s sends the client’s address to a subgraph only if it may record it',
    async (_what, roles, query, sender) => {
      const { received } = router.subgraphs.user;
      received.length = 0;
      const authorization = await router.issuer.authorization({ roles });
      await router.ask(query, { headers: { ...headers, authorization } });
      expect(received.map(({ client }) => client?.sender ?? null)).toEqual([sender]);
    },
  );
});

test('an operation that waits for a connection is not sent after its caller disconnected', async () => {
  const { client, requests, stop } = await startRecorder();
  const leaving = new AbortController();
  const ask = async (query: string, signal: AbortSignal) =>
    await client.ask({ query, operationName: undefined, variables: {} }, undefined, {
      sender: '192.0.2.1',
      device: 'A program',
      gone: signal,
    });
  const abandoned = ask('{ abandoned }', leaving.signal);
  leaving.abort();
  expect(await Promise.all([abandoned, ask('{ late }', leaving.signal)])).toMatchObject([
    { failed: 'CALLER_GONE' },
    { failed: 'CALLER_GONE' },
  ]);
  const { signal } = new AbortController();
  for (const query of ['{ first }', '{ second }', '{ third }']) expect(await ask(query, signal)).toHaveProperty('data');

  expect(requests.map(({ documents }) => documents[0]!.query)).toEqual(['{ first }', '{ second }', '{ third }']);
  await stop();
});
