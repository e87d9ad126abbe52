import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, fetchExchange, gql } from '@urql/core';
import { GraphQLClient } from 'graphql-request';
import { createClient } from 'graphql-sse';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { sendRaw } from '#test/raw-http.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { until } from '#test/until.ts';

/** Clients as people use them, at `/graphql`. */

let databases: TestDatabases;
let router: RunningRouter;
let url: string;
let authorization: string;
beforeAll(async () => {
  databases = await createDatabases('jobs');
  router = await startRouterWithDoubles(
    {
      user: { Query: { viewer: () => ({ id: 'user-1', name: 'Ada' }) } },
      order: { Query: { order: (_root, args) => ({ ...(args as { id: string }), status: 'PAID' }) } },
    },
    { JOBS_LISTENER_DATABASE_URL: databases.processes.jobs.listener, CLIENT_NAMES: 'console, shop' },
  );
  url = `${router.origin}/graphql`;
  authorization = await router.issuer.authorization();
});
afterAll(async () => {
  await router.stop();
  await databases.drop();
});

const query = '{ viewer { name } }';
const subscription = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status } }';
const id = randomUUID();
const paid = { orderUpdated: { id, status: 'PAID' } };

describe('urql', () => {
  const urql = (preferGetMethod: 'force' | false) =>
    new Client({
      url,
      exchanges: [fetchExchange],
      preferGetMethod,
      fetchSubscriptions: true,
      fetchOptions: { headers: { authorization } },
    });

  test.each(['force', false] as const)('sends queries, with GET: %s', async (preferGetMethod) => {
    const { data, error } = await urql(preferGetMethod).query(gql(query), {}).toPromise();

    expect(error).toBeUndefined();
    expect(data).toEqual({ viewer: { name: 'Ada' } });
  });

  test.each(['force', false] as const)('subscribes, with GET: %s', async (preferGetMethod) => {
    const { data, error } = await urql(preferGetMethod).subscription(gql(subscription), { id }).toPromise();

    expect(error).toBeUndefined();
    expect(data).toEqual(paid);
  });
});

test.each(['GET', 'POST'] as const)('graphql-request sends queries with %s', async (method) => {
  const client = new GraphQLClient(url, { method, headers: { authorization } });

  expect(await client.request(query, { unused: 'ü + #' })).toEqual({ viewer: { name: 'Ada' } });
});

test.each(['/graphql', '/graphql/stream'])('graphql-sse subscribes at %s', async (path) => {
  const client = createClient({ url: `${router.origin}${path}`, headers: { authorization }, retryAttempts: 0 });
  const results: unknown[] = [];
  for await (const { data } of client.iterate({ query: subscription, variables: { id } })) results.push(data);

  expect(results).toEqual([paid]);
});

describe('a GET without the header that Apollo Server requires', () => {
  const get = async (headers: Record<string, string>) =>
    await router.request(`/graphql?${new URLSearchParams({ query })}`, { headers });

  test('is executed with a bearer token, whether or not the token is valid', async () => {
    expect(await get({ authorization })).toMatchObject({ status: 200, data: { viewer: { name: 'Ada' } } });
    expect(await get({ authorization: authorization.replace('Bearer', 'bEARER') })).toMatchObject({ status: 200 });
    expect(await get({ authorization: 'Bearer bad' })).toMatchObject({ status: 401 });
  });

  test.each(['Basic dXNlcjpwYXNz', 'Negotiate abc', 'Digest username="a"', 'Bearer', 'bearerless abc'])(
    'is refused where a browser could have added its credentials: %s',
    async (credentials) => {
      const answer = await get({ authorization: credentials });

      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
      expect(answer.errors?.[0]?.message).toMatch(/CSRF.*Authorization: Bearer.*Apollo-Require-Preflight/);
    },
  );
});

describe('a subscription at /graphql', () => {
  const body = JSON.stringify({ query: subscription, variables: { id } });
  const search = new URLSearchParams({ query: subscription, variables: JSON.stringify({ id }) });
  const json = { 'content-type': 'application/json' };
  interface Init {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  }
  const ways: readonly (readonly [way: string, path: string, init: Init])[] = [
    ['GET', `/graphql?${search}`, {}],
    ['POST', '/graphql', { method: 'POST', headers: json, body }],
  ];

  test.each(ways)('by %s gets a stream if the client accepts one', async (_way, path, init) => {
    for (const accept of ['text/event-stream', 'TEXT/Event-Stream', 'application/json, text/event-stream']) {
      const answer = await router.request(path, { ...init, headers: { ...init.headers, authorization, accept } });

      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
      expect(answer.text).toContain(JSON.stringify({ data: paid }).slice(0, -1));
      expect(answer.text).toMatch(/event: complete\n/);
    }
  });

  test.each(ways)('by %s is refused without a token', async (_way, path, init) => {
    const answer = await router.request(path, { ...init, headers: { ...init.headers, accept: 'text/event-stream' } });

    expect(answer).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test.each(ways)('by %s gets parts if the client prefers them', async (_way, path, init) => {
    const accepts = [
      'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9',
      'Multipart/Mixed; SubscriptionSpec="1.0", application/json',
      'multipart/mixed; boundary="a, b"; subscriptionSpec=1.0; q=0.9, text/event-stream; q=0.8',
      'multipart/mixed;deferSpec=20220824, multipart/mixed;subscriptionSpec=1.0, application/json',
    ];
    for (const accept of accepts) {
      const answer = await router.request(path, { ...init, headers: { ...init.headers, authorization, accept } });

      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
      ]);
      expect(answer.text).toContain(`{"payload":${JSON.stringify({ data: paid }).slice(0, -1)}`);
      expect(answer.text).toMatch(/\r\n--graphql--\r\n$/);
    }
  });

  test.each(ways)('by %s gets events if the client prefers those', async (_way, path, init) => {
    for (const accept of [
      'text/event-stream, multipart/mixed',
      'multipart/mixed;subscriptionSpec=1.0;q=0.5, text/event-stream',
      'multipart/mixed;subscriptionSpec=1.0;q=0, text/event-stream;q=0.1',
    ]) {
      const answer = await router.request(path, { ...init, headers: { ...init.headers, authorization, accept } });

      expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    }
  });

  test.each(ways)('by %s is refused without an event stream, with and without a token', async (_way, path, init) => {
    const accepts = [
      {},
      { accept: '*/*' },
      { accept: 'application/json' },
      { accept: 'multipart/mixed, application/json' },
      { accept: 'multipart/mixed;deferSpec=20220824, application/json' },
      { accept: 'multipart/mixed;subscriptionSpec=2.0, application/json' },
      { accept: 'multipart/mixed;subscriptionSpec=1.0;q=0, application/json' },
      { accept: 'multipart/*, application/json' },
    ];
    for (const accept of accepts) {
      for (const token of [{}, { authorization }]) {
        const answer = await router.request(path, { ...init, headers: { ...init.headers, ...accept, ...token } });

        expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
        expect(answer.errors?.[0]?.message).toMatch(/Accept: text\/event-stream, at \/graphql\/stream/);
      }
    }
  });

  test.each(['/graphql', '/graphql/stream', `/graphql?${new URLSearchParams({ query })}`])(
    'over a WebSocket is told where it is answered: %s',
    async (path) => {
      const upgrade =
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n';
      const { status, body } = await sendRaw(router.origin, `GET ${path} HTTP/1.1\r\nHost: a\r\n${upgrade}\r\n`);

      expect(status).toBe(400);
      expect(JSON.parse(body).errors[0].message).toMatch(
        /Server-Sent Events.*(?:\/graphql\/stream|text\/event-stream)/,
      );
    },
  );

  test('a query at the stream URL is refused with the right URL', async () => {
    const answer = await router.request('/graphql', {
      method: 'POST',
      headers: { ...json, authorization, accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
    });

    expect(answer.text).toMatch(/event: next\ndata: .*"BAD_REQUEST"/);
    expect(answer.text).toMatch(/Accept: application\/json/);
  });
});

describe('the name and version of a client', () => {
  const named = async (headers: Record<string, string>) =>
    await router.ask(query, { headers: { authorization, ...headers } });
  const name = 'apollographql-client-name';
  const version = 'apollographql-client-version';

  test('are labels of a metric, for clients in CLIENT_NAMES', async () => {
    await named({ [name]: 'shop', [version]: '1.2.3' });
    await named({ [name]: 'shop' });
    for (const stranger of ['stranger', 'x'.repeat(65), '__proto__', 'shop, shop'])
      await named({ [name]: stranger, [version]: '9' });
    await named({});
    const counted = async () => {
      const text = await (await fetch(`${router.management}/metrics`)).text();
      const labels = text.matchAll(/^wallet_client_requests_total\{client="(.*?)",version="(.*?)",outcome="ok"/gm);
      return [...labels].map(([, client, of]) => `${client} ${of}`).toSorted();
    };

    // A request is counted after its response is sent.
    await until('the requests', async () => (await counted()).length >= 4);
    expect(await counted()).toEqual(['other ', 'shop ', 'shop 1.2.3', 'unnamed ']);
  });

  test('are bounded', async () => {
    for (let minor = 0; minor < 25; minor += 1) await named({ [name]: 'console', [version]: `1.${minor}` });
    await named({ [name]: 'console', [version]: 'x'.repeat(65) });
    const versions = async () => {
      const text = await (await fetch(`${router.management}/metrics`)).text();
      return [...text.matchAll(/client="console",version="(.*?)"/g)].map(([, one]) => one);
    };

    await until('the versions', async () => new Set(await versions()).size >= 22);
    expect(new Set(await versions())).toEqual(
      new Set(['', 'other', ...Array.from({ length: 20 }, (_, minor) => `1.${minor}`)]),
    );
  });
});
