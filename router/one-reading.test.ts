import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readingOf } from '#test/ambiguous-parts.ts';
import { ambiguousRequests } from '#test/ambiguous-requests.ts';
import { sendRaw } from '#test/raw-http.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

/** A request is read once: limits, registration and execution see the same document, or the request is refused. */

let open: RunningRouter;
let registered: RunningRouter;
beforeAll(async () => {
  const resolvers = { user: { Query: { viewer: () => ({ id: 'user-1', name: 'Ada' }) } } };
  open = await startRouterWithDoubles(resolvers);
  registered = await startRouterWithDoubles(resolvers, { ONLY_REGISTERED_OPERATIONS: 'true' });
});
afterAll(async () => {
  await open.stop();
  await registered.stop();
});

const simple = '{ viewer { name } }';
/** 31 aliases of one field are one more than the limits allow. */
const tooMuch = `{${Array.from({ length: 31 }, (_, index) => `a${index}:__typename`).join(' ')}}`;

describe.each(ambiguousRequests('/graphql'))('$what', ({ outcome, request }) => {
  test(`is ${outcome} by limits, registration and execution alike`, async () => {
    const answers = [
      [await sendRaw(open.origin, request(simple)), '{"data":{"viewer":{"name":"Ada"}}}'],
      [await sendRaw(registered.origin, request(simple)), '"FORBIDDEN"'],
      [await sendRaw(open.origin, request(tooMuch)), '"QUERY_TOO_COMPLEX"'],
    ] as const;

    expect(readingOf(answers)).toBe(outcome);
  });
});

describe.each(ambiguousRequests('/graphql/stream').filter(({ what }) => !what.includes('a semicolon between')))(
  'of a stream: $what',
  ({ outcome, request }) => {
    test(`is ${outcome}`, async () => {
      const answer = await sendRaw(open.origin, request('subscription { notificationAdded { id } }'));

      // Who subscribes is asked once the request is read.
      expect(readingOf([[answer, '401']])).toBe(outcome);
    });
  },
);

test('24 fragments that each spread the next one twice are refused in every part of a request', async () => {
  const fragments = Array.from({ length: 24 }, (_, i) => `fragment f${i} on User{...f${i + 1} ...f${i + 1}}`).join('');
  const query = encodeURIComponent(`{viewer{...f0}}${fragments}fragment f24 on User{id}`);
  const headers = { 'apollo-require-preflight': '1' };

  expect((await open.request(`/graphql?query=${query}%23%ZZ`, { headers })).status).toBe(400);
  expect(await open.request(`/graphql?query=${query}`, { headers })).toMatchObject({
    status: 400,
    errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
  });
});

test('a persisted query is limited and executed as it was parsed', async () => {
  const sha256Hash = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(tooMuch))).toString(
    'hex',
  );
  const extensions = { persistedQuery: { version: 1, sha256Hash } };

  expect(await open.post(JSON.stringify({ query: tooMuch, extensions }))).toMatchObject({
    errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
  });
  expect(await open.post(JSON.stringify({ extensions }))).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  });
});
