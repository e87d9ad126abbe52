import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-sse';
import pg from 'pg';
import { type EventPublisher, openEventPublisher } from '#platform/messaging/events.ts';
import { fault } from '#platform/errors/faults.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { openStream, type OpenStream, type StreamRequest } from '#test/event-stream.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import type { DoubleContext } from '#test/router/subgraph-double.ts';
import { testSetting } from '#test/test-setting.ts';
import { until } from '#test/until.ts';

const orderUpdated = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status } }';
const notificationAdded = 'subscription { notificationAdded { id subject } }';

interface OrderDouble {
  readonly owner: string;
  status: string;
}

interface NotificationDouble {
  readonly owner: string;
  readonly id: string;
  readonly subject: string;
  readonly createdAt: Date;
}

let databases: TestDatabases;
let publisher: EventPublisher;
let orders: Map<string, OrderDouble>;
let notifications: NotificationDouble[];
let router: RunningRouter;
let opened: OpenStream[];

beforeAll(async () => {
  databases = await createDatabases('jobs');
  publisher = openEventPublisher({ postgresUrl: databases.urls.jobs }, createLog('test', 'silent'));
});
afterAll(async () => {
  await publisher.close();
  await databases.drop();
});

beforeEach(() => {
  orders = new Map();
  notifications = [];
  opened = [];
});
afterEach(async () => {
  for (const stream of opened) stream.close();
  await router.stop();
});

/** Whose token it is: the doubles answer as the subgraphs do, each customer with their own. */
function viewerId({ authorization = '' }: DoubleContext): string {
  const [, payload = ''] = authorization.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).sub;
}

async function start(settings: NodeJS.ProcessEnv = {}): Promise<void> {
  const shown = (owner: string) =>
    notifications
      .filter((notification) => notification.owner === owner)
      .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  router = await startRouterWithDoubles(
    {
      order: {
        Query: {
          order: (_root, args, context) => {
            const { id } = args as { id: string };
            const order = orders.get(id);
            return order?.owner === viewerId(context) ? { id, status: order.status } : null;
          },
        },
      },
      billing: {
        Order: {
          transactions: () => {
            throw fault('SERVICE_UNAVAILABLE', 'Billing rests.');
          },
        },
      },
      notification: {
        Query: {
          viewer: (_root, _args, context) => ({ id: viewerId(context) }),
          notification: (_root, args, context) =>
            shown(viewerId(context)).find(({ id }) => id === (args as { id: string }).id) ?? null,
        },
        User: {
          notifications: (user, args) => {
            const { first, after } = args as { first: number; after?: string | null };
            const all = shown((user as { id: string }).id);
            const begin = after == null ? 0 : Number(after);
            const end = begin + first;
            return {
              nodes: all.slice(begin, end),
              pageInfo: { hasNextPage: end < all.length, endCursor: String(end) },
            };
          },
        },
      },
    },
    { JOBS_LISTENER_DATABASE_URL: databases.processes.jobs.listener, LIVE_RECHECK_S: '3600', ...settings },
  );
  if (settings['JOBS_LISTENER_DATABASE_URL'] !== '')
    await until('the listener', async () => (await listeners()).length > 0);
}

/** As the administrator: a role sees, and may end, only its own connections. */
async function onDatabase<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
  const { pathname } = new URL(databases.urls.jobs);
  const { href } = Object.assign(new URL(testSetting('WALLET_TEST_DATABASE_URL')), { pathname });
  const client = new pg.Client({ connectionString: href });
  await client.connect();
  const { rows } = await client.query<Row>(statement);
  await client.end();
  return rows;
}

const listeners = async () =>
  await onDatabase<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and query = 'listen live_events' and state = 'idle'`,
  );

async function subscribe(
  request: StreamRequest,
  { userId = 'ada', goodFor = '10m', headers = {} }: { userId?: string; goodFor?: string; headers?: object } = {},
): Promise<OpenStream> {
  const authorization = await router.issuer.authorization({ userId, goodFor });
  const stream = await openStream(router.origin, request, { authorization, ...headers });
  opened.push(stream);
  return stream;
}

function place(status = 'PENDING', owner = 'ada'): string {
  const id = randomUUID();
  orders.set(id, { owner, status });
  return id;
}

/** As a job does: commits, then tells. */
function move(orderId: string, status: string): void {
  const order = orders.get(orderId)!;
  order.status = status;
  publisher.publish([{ kind: 'order-changed', customerId: order.owner, orderId }]);
}

function write(subject: string, { tells = true, owner = 'ada', createdAt = new Date() } = {}): string {
  const id = randomUUID();
  notifications.push({ owner, id, subject, createdAt });
  if (tells) publisher.publish([{ kind: 'notification-added', customerId: owner, notificationId: id }]);
  return id;
}

const statuses = (stream: OpenStream) =>
  stream.results().map(({ data }) => (data?.['orderUpdated'] as { status: string } | undefined)?.status);

const subjects = (stream: OpenStream) =>
  stream.results().map(({ data }) => (data?.['notificationAdded'] as { subject: string } | undefined)?.subject);

const codes = (stream: OpenStream) =>
  stream.results().map(({ errors = [] }) => errors.map(({ extensions }) => extensions?.code));

describe('orderUpdated', () => {
  test('shows the order at once, each change once, and ends when the status is final', async () => {
    await start();
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    publisher.publish([{ kind: 'order-changed', customerId: 'ada', orderId: id }]);
    move(id, 'REFUNDING');
    await stream.first(2);
    move(id, 'REFUNDED');

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'REFUNDING', 'REFUNDED']);
    expect(stream.events().map(({ event, id: eventId }) => [event, eventId])).toEqual([
      ['next', 'PENDING'],
      ['next', 'REFUNDING'],
      ['next', 'REFUNDED'],
      ['complete', null],
    ]);
  });

  test.each(['PAID', 'REJECTED', 'REFUNDED'])('shows a final status, %s, and ends', async (status) => {
    await start();
    const stream = await subscribe({ query: orderUpdated, variables: { id: place(status) } });

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual([status]);
  });

  test('answers another customer’s order as one that does not exist', async () => {
    await start();
    const seen = [];
    for (const id of [place('PENDING', 'bob'), randomUUID(), 'no id']) {
      const stream = await subscribe({ query: orderUpdated, variables: { id } });
      expect(await stream.ended()).toBe('complete');
      seen.push(stream.text());
    }

    expect(new Set(seen).size).toBe(1);
    expect(opened[0]!.results()).toEqual([
      {
        data: null,
        errors: [
          {
            message: 'This order does not exist or is not yours.',
            path: ['orderUpdated'],
            extensions: { code: 'NOT_FOUND' },
          },
        ],
      },
    ]);
  });

  test('reads nothing when something of another customer’s changes', async () => {
    await start();
    const [id, other] = [place(), place('PENDING', 'bob')];
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    const readBefore = router.subgraphs.order.received.length;
    move(other, 'REFUNDING');
    publisher.publish([{ kind: 'order-changed', customerId: 'bob', orderId: id }]);
    const bobs = await subscribe({ query: orderUpdated, variables: { id: other } }, { userId: 'bob' });
    move(other, 'PAID');
    await bobs.ended();

    expect(router.subgraphs.order.received.length - readBefore).toBe(bobs.results().length);
  });

  test('keeps the client’s names, fragments and variables, and shows nothing else', async () => {
    await start();
    const id = place('PAID');
    const stream = await subscribe({
      query: `query Q { viewer { name } }
        subscription S($order: ID!, $short: Boolean!) { mine: orderUpdated(id: $order) { ...Parts } }
        fragment Parts on Order { number: id status @skip(if: $short) }`,
      operationName: 'S',
      variables: { order: id.toUpperCase(), short: true },
    });
    orders.set(id.toUpperCase(), { owner: 'ada', status: 'PAID' });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['NOT_FOUND']]);
    const again = await subscribe({
      query:
        'subscription ($order: ID!) { mine: orderUpdated(id: $order) { ...Parts } } fragment Parts on Order { number: id }',
      variables: { order: id },
    });
    await again.ended();
    expect(again.results().map(({ data }) => data)).toEqual([{ mine: { number: id } }]);
  });

  test('keeps names that are other fields’ names, and refuses numbers that JSON rounds', async () => {
    await start();
    const id = place('PAID');
    const stream = await subscribe({
      query: `subscription ($representations: ID!) {
        id: orderUpdated(id: $representations) { id: status __typename: id status: transactions { id: kind } }
      }`,
      variables: { representations: id },
    });
    const [result] = await stream.first(1);
    expect(result?.data).toEqual({ id: { id: 'PAID', __typename: id, status: null } });
    expect(result?.errors?.map(({ path }) => path)).toEqual([['id', 'status']]);

    const rounded = await subscribe({ query: orderUpdated, variables: { id: 9_007_199_254_740_992 } });
    expect(await rounded.ended()).toBe('complete');
    expect(rounded.results()[0]?.errors?.[0]).toMatchObject({
      message: expect.stringContaining('"$id"'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('passes on what failed below, in its place', async () => {
    await start();
    const id = place('PAID');
    const stream = await subscribe({
      query: 'subscription ($id: ID!) { mine: orderUpdated(id: $id) { id transactions { kind } } }',
      variables: { id },
    });
    await stream.ended();

    expect(stream.results()).toMatchObject([
      {
        data: { mine: { id, transactions: null } },
        errors: [{ path: ['mine', 'transactions'], extensions: { code: 'SERVICE_UNAVAILABLE' } }],
      },
    ]);
  });

  test('does not repeat to a client that resumes what it has', async () => {
    await start();
    const id = place('PENDING');
    const stream = await subscribe(
      { query: orderUpdated, variables: { id } },
      { headers: { 'last-event-id': 'PENDING' } },
    );
    move(id, 'PAID');
    await stream.ended();

    expect(statuses(stream)).toEqual(['PAID']);
  });

  test('finds by itself what nobody told', async () => {
    await start({ LIVE_RECHECK_S: '1' });
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    orders.get(id)!.status = 'PAID';

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'PAID']);
  });

  test('looks again when the connection for events was lost and is back', async () => {
    await start();
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    orders.get(id)!.status = 'PAID';
    const [listener] = await listeners();
    await onDatabase(`select pg_terminate_backend(${listener!.pid})`);

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'PAID']);
  });

  test('goes on after the subgraph was away', async () => {
    await start();
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    router.subgraphs.order.misbehave((reply) => reply.raw.writeHead(500).end());
    const readBefore = router.subgraphs.order.received.length;
    move(id, 'PAID');
    await until('a read that fails', () => router.subgraphs.order.received.length > readBefore);
    router.subgraphs.order.misbehave(null);

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'PAID']);
  });
});

describe('notificationAdded', () => {
  test('shows what is written from now on, once each, in its order', async () => {
    await start();
    write('before', { tells: false });
    const stream = await subscribe({ query: notificationAdded });
    const first = write('first');
    publisher.publish([{ kind: 'notification-added', customerId: 'ada', notificationId: first }]);
    write('for Bob', { owner: 'bob' });
    write('second');
    await stream.first(2);

    expect(subjects(stream)).toEqual(['first', 'second']);
  });

  const resumptions: [how: string, request: (id: string) => [StreamRequest, { headers?: object }]][] = [
    ['a header', (id) => [{ query: notificationAdded }, { headers: { 'last-event-id': id } }]],
    ['an extension', (lastEventId) => [{ query: notificationAdded, extensions: { lastEventId } }, {}]],
  ];

  test.each(resumptions)('a client that resumes by %s gets what it missed, and nothing twice', async (_how, asking) => {
    await start();
    const stream = await subscribe({ query: notificationAdded });
    write('first');
    const [first] = await stream.first(1);
    stream.close();
    const times = Array.from({ length: 12 }, (_, index) => new Date(Date.now() + index));
    // One of them becomes visible late: its time lies before that of what was sent.
    write('late', { createdAt: new Date(Date.now() - 1_000) });
    for (const createdAt of times) write(`missed at ${createdAt.getTime()}`, { createdAt });
    const resumed = await subscribe(...asking(first!.extensions!.lastEventId!));
    await resumed.first(13);
    write('last', { createdAt: new Date(Date.now() + 1_000) });
    await resumed.first(14);

    expect(subjects(resumed)).toEqual(['late', ...times.map((time) => `missed at ${time.getTime()}`), 'last']);
  });

  test('a client to which nothing was sent resumes from where it began', async () => {
    await start();
    write('before', { tells: false });
    const stream = await subscribe({ query: notificationAdded });
    const begin = stream.headers.get('last-event-id')!;
    await until('the first line', () => stream.text().startsWith(`id: ${begin}\n\n`));
    stream.close();
    write('missed', { tells: false });
    const resumed = await subscribe({ query: notificationAdded, extensions: { lastEventId: begin } });
    await resumed.first(1);

    expect(subjects(resumed)).toEqual(['missed']);
  });

  test('finds by itself what nobody told', async () => {
    await start({ LIVE_RECHECK_S: '1' });
    const stream = await subscribe({ query: notificationAdded });
    write('untold', { tells: false });
    await stream.first(1);

    expect(subjects(stream)).toEqual(['untold']);
  });

  test('an id that is not one of its events’ is refused', async () => {
    await start();
    const stream = await subscribe({ query: notificationAdded }, { headers: { 'last-event-id': 'PAID' } });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['BAD_USER_INPUT']]);
  });

  test('a client that missed more than can be caught up is told so', async () => {
    await start();
    for (let count = 0; count <= 1_000; count += 1) write('old', { tells: false });
    const stream = await subscribe({ query: notificationAdded }, { headers: { 'last-event-id': '0.' } });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['BAD_USER_INPUT']]);
  });

  test('goes on after the subgraph was away', async () => {
    await start();
    const stream = await subscribe({ query: notificationAdded });
    router.subgraphs.notification.misbehave((reply) => reply.raw.writeHead(500).end());
    const readBefore = router.subgraphs.notification.received.length;
    write('meanwhile');
    await until('a read that fails', () => router.subgraphs.notification.received.length > readBefore);
    router.subgraphs.notification.misbehave(null);
    await stream.first(1);

    expect(subjects(stream)).toEqual(['meanwhile']);
  });
});

describe('who may subscribe', () => {
  const statusOf = async (headers: Record<string, string>) => {
    const stream = await openStream(router.origin, { query: notificationAdded }, headers);
    opened.push(stream);
    return stream.status;
  };

  test('nobody without a token, with a bad one or with an expired one', async () => {
    await start();
    const expired = await router.issuer.authorization({ expired: true });

    expect([
      await statusOf({}),
      await statusOf({ authorization: 'Bearer forged' }),
      await statusOf({ authorization: expired }),
    ]).toEqual([401, 401, 401]);
  });

  test('nobody for longer than their token is good', async () => {
    await start();
    const id = place();
    const [order, told] = [
      await subscribe({ query: orderUpdated, variables: { id } }, { goodFor: '2s' }),
      await subscribe({ query: notificationAdded }, { goodFor: '2s' }),
    ];

    expect([await order.ended(), await told.ended()]).toEqual(['complete', 'complete']);
    expect(codes(order)).toEqual([[], ['UNAUTHENTICATED']]);
    expect(codes(told)).toEqual([['UNAUTHENTICATED']]);
  });

  test('nobody with more streams than the setting says, until one is left', async () => {
    await start({ LIVE_STREAMS_PER_CUSTOMER: '2' });
    const open = async (userId: string) => await subscribe({ query: notificationAdded }, { userId });
    const [first] = [await open('ada'), await open('ada')];

    expect((await open('ada')).status).toBe(429);
    expect((await open('bob')).status).toBe(200);
    first.close();
    await until('the place', async () => (await open('ada')).status === 200);
  });

  test('nobody more often than they may ask the graph', async () => {
    await start({ CUSTOMER_COST_PER_MINUTE: '3' });
    const open = async (userId: string) => {
      const stream = await subscribe({ query: notificationAdded }, { userId });
      stream.close();
      return stream.status;
    };
    const statuses = [await open('ada'), await open('ada'), await open('ada'), await open('ada')];

    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(await open('bob')).toBe(200);
  });
});

describe('who may read a stream in a browser', () => {
  test('pages of the origins that the settings name, and no others', async () => {
    await start({ CORS_ORIGINS: 'https://friend.example' });
    const headersFor = async (origin: string) =>
      (await subscribe({ query: notificationAdded }, { headers: { origin } })).headers;
    const [friend, stranger] = [
      await headersFor('https://friend.example'),
      await headersFor('https://stranger.example'),
    ];

    expect(friend.get('access-control-allow-origin')).toBe('https://friend.example');
    expect(friend.get('access-control-expose-headers')).toContain('last-event-id');
    expect(stranger.get('access-control-allow-origin')).toBeNull();
    for (const headers of [friend, stranger]) {
      expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});

describe('what is asked', () => {
  const deep = `${'{ order { notifications '.repeat(6)}{ id }${' } }'.repeat(6)}`;
  const refused: [what: string, request: StreamRequest, code: string][] = [
    ['a syntax error', { query: 'subscription {' }, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', { query: 'subscription { notificationAdded { no } }' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a query', { query: '{ viewer { id } }' }, 'BAD_REQUEST'],
    ['a mutation', { query: 'mutation { closeAccounts { userErrors { code } } }' }, 'BAD_REQUEST'],
    ['an ambiguous document', { query: `${orderUpdated} query Q { viewer { id } }` }, 'GRAPHQL_VALIDATION_FAILED'],
    ['a missing variable', { query: orderUpdated }, 'BAD_USER_INPUT'],
    ['too deep a selection', { query: `subscription { notificationAdded ${deep} }` }, 'QUERY_TOO_COMPLEX'],
    [
      'too dear a selection',
      {
        query: `subscription { notificationAdded {
          order { customer { orders(first: 100) { nodes { notifications { order { transactions { id } } } } } } }
        } }`,
      },
      'QUERY_TOO_COMPLEX',
    ],
    ['a last event id that is no text', { query: notificationAdded, extensions: { lastEventId: 1 } }, 'BAD_USER_INPUT'],
  ];

  test.each(refused)('%s is refused in the stream, and ends it', async (_what, request, code) => {
    await start({ OPERATION_COST_LIMIT: '500' });
    const stream = await subscribe(request);

    expect(stream.status).toBe(200);
    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([[code]]);
  });

  test('a subscription is told so at /graphql, and shown in the schema', async () => {
    await start();
    const asked = await router.ask(notificationAdded);
    const { data } = await router.ask('{ __schema { subscriptionType { fields { name } } } }');

    expect(asked).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    expect(data).toEqual({
      __schema: { subscriptionType: { fields: [{ name: 'notificationAdded' }, { name: 'orderUpdated' }] } },
    });
  });

  test('requests that are none are refused as such', async () => {
    await start();
    const authorization = await router.issuer.authorization();
    const json = { authorization, 'content-type': 'application/json' };
    const send = async (init: RequestInit, search = '') =>
      (await router.request(`/graphql/stream${search}`, { headers: json, ...init })).status;

    expect(await send({ method: 'POST', body: '{' })).toBe(400);
    expect(await send({ method: 'POST', body: '[]' })).toBe(400);
    expect(await send({ method: 'POST', body: '{}' })).toBe(400);
    expect(await send({ method: 'POST', body: '{"query":5}' })).toBe(400);
    expect(
      await send({ method: 'POST', body: 'query', headers: { authorization, 'content-type': 'text/plain' } }),
    ).toBe(415);
    expect(await send({ method: 'GET' })).toBe(400);
    expect(await send({ method: 'GET' }, '?query=%7B&variables=%7B')).toBe(400);
    expect(await send({ method: 'PUT' })).toBe(405);
    expect(await send({ method: 'DELETE' })).toBe(405);
    expect(await send({ method: 'POST', body: '{}', headers: { ...json, accept: 'application/json' } })).toBe(400);
  });

  test('a GET is answered as a POST is', async () => {
    await start();
    const search = new URLSearchParams({ query: orderUpdated, variables: JSON.stringify({ id: place('PAID') }) });
    const authorization = await router.issuer.authorization({ userId: 'ada' });
    const { text } = await router.request(`/graphql/stream?${search.toString()}`, {
      method: 'GET',
      headers: { authorization, accept: 'text/event-stream' },
    });

    expect(text).toMatch(/^:\n\nid: PAID\nevent: next\ndata: .*"status":"PAID".*\n\nevent: complete\ndata:\n\n$/);
  });
});

/** It subscribes to notifications, and reads no more than the beginning. */
async function stalledClient({ goodFor = '10m' } = {}): Promise<Socket> {
  const authorization = await router.issuer.authorization({ userId: 'ada', goodFor });
  const body = JSON.stringify({ query: notificationAdded });
  const socket = connect(Number(new URL(router.origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `POST /graphql/stream HTTP/1.1\r\nhost: router\r\nauthorization: ${authorization}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, 'readable');
  socket.pause();
  return socket;
}

describe('the router', () => {
  test('reads nothing for clients that have left', async () => {
    await start({ LIVE_STREAMS_PER_CUSTOMER: '1' });
    const id = place();
    const leaver = await subscribe({ query: orderUpdated, variables: { id } });
    leaver.close();
    await until('the place', async () => {
      const stream = await subscribe({ query: notificationAdded });
      stream.close();
      return stream.status === 200;
    });
    await until('the place again', async () => {
      const stream = await subscribe({ query: orderUpdated, variables: { id: place('PAID') } });
      await stream.ended();
      return stream.status === 200;
    });
    const readBefore = [router.subgraphs.order.received.length, router.subgraphs.notification.received.length];
    move(id, 'REFUNDING');
    write('unheard');
    const bobs = await subscribe({ query: notificationAdded }, { userId: 'bob' });
    write('for Bob', { owner: 'bob' });
    await bobs.first(1);

    expect(router.subgraphs.order.received.length).toBe(readBefore[0]);
    // Bob's stream tries what is asked, sees where it is, and reads what is written.
    expect(router.subgraphs.notification.received.length - readBefore[1]!).toBe(3);
  });

  test('reads once for all streams of a customer that ask for the same', async () => {
    await start();
    const subscriptions = ['10m', '20m', '10m', '20m'].map(
      async (goodFor) => await subscribe({ query: notificationAdded }, { goodFor }),
    );
    const streams = await Promise.all(subscriptions);
    const readBefore = router.subgraphs.notification.received.length;
    write('for all of them');
    await Promise.all(streams.map(async (stream) => await stream.first(1)));

    expect(streams.map(subjects)).toEqual(streams.map(() => ['for all of them']));
    expect(router.subgraphs.notification.received.length - readBefore).toBe(1);
  });

  test('looks by itself once for all streams that follow the same', async () => {
    await start({ LIVE_RECHECK_S: '1' });
    const id = place();
    const streams = await Promise.all(
      Array.from({ length: 3 }, async () => await subscribe({ query: orderUpdated, variables: { id } })),
    );
    await Promise.all(streams.map(async (stream) => await stream.first(1)));
    const readBefore = router.subgraphs.order.received.length;
    orders.get(id)!.status = 'PAID';
    await Promise.all(streams.map(async (stream) => await stream.ended()));

    expect(streams.map(statuses)).toEqual(streams.map(() => ['PENDING', 'PAID']));
    // One that finds what is new, and one before it at most.
    expect(router.subgraphs.order.received.length - readBefore).toBeLessThanOrEqual(2);
  });

  test('says where live updates are not configured', async () => {
    await start({ JOBS_LISTENER_DATABASE_URL: '' });
    const stream = await subscribe({ query: notificationAdded });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['SERVICE_UNAVAILABLE']]);
  });

  test('lets a client try again where a subgraph is away', async () => {
    await start();
    router.subgraphs.notification.misbehave((reply) => reply.raw.writeHead(500).end());
    router.subgraphs.order.misbehave((reply) => reply.raw.writeHead(500).end());
    const streams = [
      await subscribe({ query: notificationAdded }),
      await subscribe({ query: orderUpdated, variables: { id: place() } }),
    ];

    expect(streams.map(({ status }) => status)).toEqual([503, 503]);
  });

  test('breaks streams off when it stops, so that their clients connect again', async () => {
    await start();
    const stream = await subscribe({ query: notificationAdded });
    const stopped = router.stop();

    expect(await stream.ended()).toBe('broken off');
    await stopped;
    await start();
  });

  test('is resumed by graphql-sse’s client when another takes its place', async () => {
    await start();
    let lastEventId: string | null = null;
    const remember = (id: string | null | undefined) => {
      lastEventId = id ?? lastEventId;
    };
    let connections = 0;
    const client = createClient({
      url: () => `${router.origin}/graphql/stream`,
      retry: async () => void (await until('the next router', () => isRunning)),
      headers: async () => ({
        authorization: await router.issuer.authorization({ userId: 'ada' }),
        ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
      }),
      fetchFn: async (...request: Parameters<typeof fetch>) => {
        const response = await fetch(...request);
        remember(response.headers.get('last-event-id'));
        connections += 1;
        return response;
      },
    });
    let isRunning = true;
    const seen: unknown[] = [];
    client.subscribe<{ notificationAdded: { subject: string } }, { lastEventId?: string }>(
      { query: notificationAdded },
      {
        next: ({ data, extensions }) => {
          seen.push(data?.notificationAdded.subject);
          remember(extensions?.lastEventId);
        },
        error: (error) => seen.push(error),
        complete: () => undefined,
      },
    );
    await until('the first connection', () => connections === 1);
    write('first');
    await until('it', () => seen.length === 1);
    isRunning = false;
    await router.stop();
    write('missed', { tells: false });
    await start();
    isRunning = true;
    await until('what was missed', () => seen.length === 2);
    client.dispose();

    expect(seen).toEqual(['first', 'missed']);
  });

  test('drops a client that does not read', async () => {
    await start({ LIVE_BUFFER_BYTES: '500000' });
    const socket = await stalledClient();
    const gone = once(socket, 'close');
    const reader = await subscribe({ query: notificationAdded });
    const written = 120;
    for (let count = 0; count < written; count += 1) write('x'.repeat(100_000));
    await reader.first(written);
    socket.resume();
    await gone;

    expect(socket.bytesRead).toBeLessThan(written * 100_000);
  });

  test('stops although a client does not read', async () => {
    await start({ LIVE_BUFFER_BYTES: '50000000' });
    const socket = await stalledClient();
    const reader = await subscribe({ query: notificationAdded });
    const written = 120;
    for (let count = 0; count < written; count += 1) write('x'.repeat(100_000));
    await reader.first(written);
    await router.stop();

    expect(socket.bytesRead).toBeLessThan(written * 100_000);
    socket.destroy();
    await start();
  });

  test('lets go of a client that does not read when its stream is over', async () => {
    await start({ LIVE_BUFFER_BYTES: '50000000' });
    const socket = await stalledClient({ goodFor: '4s' });
    const reader = await subscribe({ query: notificationAdded });
    const written = 15;
    for (let count = 0; count < written; count += 1) write('x'.repeat(1_000_000));
    await reader.first(written);
    await until('the router to let go', () => {
      // A connection that is no more says so to whoever writes.
      socket.write('\r\n');
      return socket.destroyed;
    });

    expect(socket.bytesRead).toBeLessThan(written * 1_000_000);
  });
});
