import { describe, expect, test } from '@jest/globals';
import {
  codes,
  notificationAdded,
  opened,
  orderUpdated,
  place,
  router,
  start,
  subscribe,
  testLiveUpdates,
} from '#test/router/live-router.ts';
import { openStream, type StreamRequest } from '#test/event-stream.ts';
import { until } from '#test/until.ts';
testLiveUpdates();

describe('subscribing', () => {
  const statusOf = async (headers: Record<string, string>) => {
    const stream = await openStream(router.origin, { query: notificationAdded }, headers);
    opened.push(stream);
    return stream.status;
  };

  test('is refused without a token, with an invalid one and with an expired one', async () => {
    await start();
    const expired = await router.issuer.authorization({ expired: true });

    expect([
      await statusOf({}),
      await statusOf({ authorization: 'Bearer forged' }),
      await statusOf({ authorization: expired }),
    ]).toEqual([401, 401, 401]);
  });

  test('ends when the token expires', async () => {
    await start();
    const id = place();
    const [order, notifications] = [
      await subscribe({ query: orderUpdated, variables: { id } }, { goodFor: '5s' }),
      await subscribe({ query: notificationAdded }, { goodFor: '5s' }),
    ];

    expect([await order.ended(), await notifications.ended()]).toEqual(['complete', 'complete']);
    expect(codes(order)).toEqual([[], ['UNAUTHENTICATED']]);
    expect(codes(notifications)).toEqual([['UNAUTHENTICATED']]);
  });

  test('is refused above the maximum of streams, until one is closed', async () => {
    await start({ LIVE_STREAMS_PER_CUSTOMER: '2' });
    const open = async (userId: string) => await subscribe({ query: notificationAdded }, { userId });
    const [first] = [await open('ada'), await open('ada')];

    expect((await open('ada')).status).toBe(429);
    expect((await open('bob')).status).toBe(200);
    first.close();
    await until('a free stream', async () => (await open('ada')).status === 200);
  });

  test('counts against the rate limit of operations', async () => {
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

describe('a stream in a browser', () => {
  test('is readable for pages of the configured origins only', async () => {
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

describe('a request', () => {
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
      'too expensive a selection',
      {
        query: `subscription { notificationAdded {
          order { customer { orders(first: 100) { nodes { notifications { order { transactions { id } } } } } } }
        } }`,
      },
      'QUERY_TOO_COMPLEX',
    ],
    [
      'a last event id that is not a string',
      { query: notificationAdded, extensions: { lastEventId: 1 } },
      'BAD_USER_INPUT',
    ],
  ];

  test.each(refused)('with %s is refused in the stream, which then ends', async (_what, request, code) => {
    await start({ OPERATION_COST_LIMIT: '500' });
    const stream = await subscribe(request);

    expect(stream.status).toBe(200);
    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([[code]]);
  });

  test('without an event stream at /graphql is refused; the schema has the subscriptions', async () => {
    await start();
    const refusal = await router.ask(notificationAdded);
    const { data } = await router.ask('{ __schema { subscriptionType { fields { name } } } }');

    expect(refusal).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    expect(data).toEqual({
      __schema: { subscriptionType: { fields: [{ name: 'notificationAdded' }, { name: 'orderUpdated' }] } },
    });
  });

  test('that is malformed is refused with its status', async () => {
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

  test('by GET gets the same stream as by POST', async () => {
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
