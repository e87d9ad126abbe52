import { describe, expect, test } from '@jest/globals';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import {
  move,
  notificationAdded,
  orderUpdated,
  place,
  router,
  start,
  testLiveUpdates,
  write,
} from '#test/router/live-router.ts';
import { until } from '#test/until.ts';
testLiveUpdates();

const accept = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json';

async function send(query: string, variables: object = {}, headers: Record<string, string> = {}) {
  const authorization = await router.issuer.authorization({ userId: 'ada' });
  return await router.request('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, authorization, ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

interface Seen {
  readonly results: unknown[];
  readonly errors: unknown[];
  isComplete: boolean;
  readonly leave: () => void;
}

/** Subscribes with Apollo Client and no settings but the address and the token. */
async function watch(query: string, variables: Record<string, unknown> = {}, goodFor = '10m'): Promise<Seen> {
  const authorization = await router.issuer.authorization({ userId: 'ada', goodFor });
  const client = new ApolloClient({
    link: new HttpLink({ uri: `${router.origin}/graphql`, headers: { authorization } }),
    cache: new InMemoryCache(),
  });
  const seen = { results: [] as unknown[], errors: [] as unknown[], isComplete: false };
  const subscription = client.subscribe({ query: gql(query), variables }).subscribe({
    next: ({ data, error }) => (error === undefined ? seen.results.push(data) : seen.errors.push(error)),
    error: (error: unknown) => seen.errors.push(error),
    complete: () => {
      seen.isComplete = true;
    },
  });
  return Object.assign(seen, { leave: () => subscription.unsubscribe() });
}

const statusesOf = ({ results }: Seen) =>
  results.map((data) => (data as { orderUpdated: { status: string } }).orderUpdated.status);

describe('Apollo Client', () => {
  test('sees each change of an order, a refusal with its code, and the end', async () => {
    await start();
    const id = place();
    const seen = await watch(orderUpdated, { id });
    await until('the order', () => seen.results.length === 1);
    move(id, 'PAID');
    const refused = await watch(orderUpdated, { id: 'no-id' });
    await until('the ends', () => seen.isComplete && refused.isComplete);

    expect([statusesOf(seen), seen.errors]).toEqual([['PENDING', 'PAID'], []]);
    expect(codesIn(refused)).toEqual(['NOT_FOUND']);
  });

  test('learns that its token has expired', async () => {
    await start();
    const seen = await watch(notificationAdded, {}, '5s');
    await until('the end', () => seen.isComplete);

    expect(codesIn(seen)).toEqual(['UNAUTHENTICATED']);
  });

  test('gets an error, not the end, when the router stops', async () => {
    await start();
    const seen = await watch(orderUpdated, { id: place() });
    await until('the order', () => seen.results.length === 1);
    await router.stop();
    await until('the error', () => seen.errors.length === 1);

    expect(seen.errors.map(String)).toEqual([expect.stringMatching(/premature end|terminated/)]);
    await start();
  });

  test('frees its stream when it unsubscribes', async () => {
    await start({ LIVE_STREAMS_PER_CUSTOMER: '1' });
    const seen = await watch(orderUpdated, { id: place() });
    await until('the order', () => seen.results.length === 1);

    expect(await send(orderUpdated, { id: place('PAID') })).toMatchObject({ status: 429 });
    seen.leave();
    await until('a free stream', async () => (await send(orderUpdated, { id: place('PAID') })).status === 200);
  });
});

function codesIn({ errors }: Seen): unknown[] {
  return errors.flatMap((error) =>
    CombinedGraphQLErrors.is(error) ? error.errors.map(({ extensions }) => extensions?.['code']) : [error],
  );
}

describe('a multipart stream', () => {
  test('has the parts of the protocol: a heartbeat, payloads, the last delimiter', async () => {
    await start();
    const id = place('PAID');
    const { status, headers, text } = await send(orderUpdated, { id });
    const type = '\r\ncontent-type: application/json\r\n\r\n';

    expect([status, headers.get('content-type')]).toEqual([
      200,
      'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
    ]);
    expect(text.split('\r\n--graphql')).toEqual([
      '',
      `${type}{}`,
      expect.stringContaining(`${type}{"payload":{`),
      '--\r\n',
    ]);
    expect(JSON.parse(text.split(type)[2]!.split('\r\n')[0]!)).toEqual({
      payload: { data: { orderUpdated: { id, status: 'PAID' } }, extensions: { lastEventId: 'PAID' } },
    });
  });

  test('continues after the event that the client names', async () => {
    await start();
    const authorization = await router.issuer.authorization({ userId: 'ada', goodFor: '5s' });
    const before = await send(notificationAdded, {}, { authorization });
    write('missed', { publishes: false });
    const lastEventId = before.headers.get('last-event-id')!;
    const again = await router.issuer.authorization({ userId: 'ada', goodFor: '5s' });
    const { text } = await send(notificationAdded, {}, { authorization: again, 'last-event-id': lastEventId });

    expect(text).toContain('"subject":"missed"');
  });

  test('is refused with a status before it begins', async () => {
    await start();
    const refused: [query: string, headers: Record<string, string>][] = [
      ['subscription {', {}],
      [orderUpdated, { authorization: 'Bearer bad' }],
      [orderUpdated, { 'last-event-id': 'x'.repeat(12_000) }],
    ];
    const answers = await Promise.all(
      refused.map(async ([query, headers]) => await send(query, { id: place() }, headers)),
    );

    expect(answers.map(({ status }) => status)).toEqual([400, 401, 400]);
    for (const { headers } of answers) expect(headers.get('content-type')).toMatch(/json/);
  });
});
