import { createHash } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { type Answer, type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

/**
 * Known operations go past Apollo Server. A persisted query always goes through it, so the hash of the text beside the
 * text sends the same request the long way.
 */

let router: RunningRouter;
let token: string;
const long = jest.spyOn(ApolloServer.prototype, 'executeOperation');

beforeAll(async () => {
  const at = '2026-11-21T09:30:00.000Z';
  const order = (id: string) => ({ id, productId: 'a "quoted" \u2028 book', quantity: 2, placedAt: at });
  router = await startRouterWithDoubles(
    {
      user: {
        Query: { viewer: () => ({ id: 'user-1', name: 'Ada' }) },
        User: { __resolveReference: () => ({ id: 'user-1', name: 'Ada' }) },
        Mutation: {
          login: () => ({ accessToken: token.slice('Bearer '.length), userErrors: [] }),
        },
      },
      order: {
        Query: {
          viewer: () => ({ id: 'user-1' }),
          order: (_root: unknown, { id }: { id: string }) => {
            if (id === 'hidden')
              throw new GraphQLError('There is no such order.', { extensions: { code: 'NOT_FOUND' } });
            if (id === 'broken') throw new Error('secret.internal:5432');
            if (id === 'later') {
              throw new GraphQLError('Later.', { extensions: { code: 'RATE_LIMITED', retryAfterS: 7 } });
            }
            return id === 'incomplete' ? { ...order(id), productId: null } : order(id);
          },
        },
        User: { orders: () => ({ nodes: [order('1'), order('2')] }) },
      },
    },
    { OWN_EXECUTION: 'true' },
  );
  token = await router.issuer.authorization({ goodFor: '1h' });
});

afterAll(async () => await router.stop());

interface Request {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

interface Sent {
  readonly request: Request;
  readonly headers?: Record<string, string>;
}

async function send({ request, headers = {} }: Sent, way: 'short' | 'long'): Promise<Answer> {
  const sha256Hash = createHash('sha256').update(request.query).digest('hex');
  const extensions = way === 'long' ? { persistedQuery: { version: 1, sha256Hash } } : undefined;
  return await router.post(JSON.stringify({ ...request, extensions }), headers);
}

/** All that a client can see, without the remainder of the rate limits and the time. */
function seen({ status, headers, text }: Answer) {
  const shown = [...headers].filter(([name]) => name !== 'date');
  return { status, text, headers: shown.map(([name, value]) => [name, value.replaceAll(/;[rt]=\d+/g, '')]) };
}

const order = 'query Order($id: ID!) { order(id: $id) { id productId quantity placedAt } }';
const several = 'query A { viewer { id } } query B($id: ID!) { order(id: $id) { id } }';
const primed: readonly Request[] = [
  { query: order, variables: { id: '1' } },
  { query: several, operationName: 'A' },
  { query: several, operationName: 'B', variables: { id: '1' } },
  { query: '{ viewer { name shown: orders(first: 2) { nodes { productId } } } }' },
  { query: '{ __typename }' },
  {
    query: 'mutation ($email: String!) { login(input: { email: $email, password: "p" }) { accessToken } }',
    variables: { email: 'a' },
  },
];

const cases: readonly [what: string, request: Request, headers?: Record<string, string>][] = [
  ['data', primed[0]!],
  ['one of several operations', primed[1]!],
  ['another of several operations', primed[2]!],
  ['fields of two subgraphs, with an alias', primed[3]!],
  ['the name of the root', primed[4]!],
  ['a mutation that signs in', primed[5]!],
  ['a refusal of a subgraph', { query: order, variables: { id: 'hidden' } }],
  ['a fault of a subgraph', { query: order, variables: { id: 'broken' } }],
  ['a missing value', { query: order, variables: { id: 'incomplete' } }],
  ['an error with a time to wait', { query: order, variables: { id: 'later' } }],
  ['a missing variable', { query: order, variables: {} }],
  ['a variable of a wrong type', { query: order, variables: { id: { a: 1 } } }],
  ['a number that JSON has rounded', { query: order, variables: { id: 2 ** 60 } }],
  ['a missing variable, for any JSON', { query: order }, { accept: 'application/graphql-response+json' }],
  ['a missing variable, for plain JSON', { query: order }, { accept: 'application/json' }],
  ['more values than the limit allows', { query: order, variables: { id: Array(3_000).fill(1) } }],
  ['an operation name that is not there', { query: several, operationName: 'C' }],
  ['an empty operation name', { query: order, operationName: '', variables: { id: '1' } }],
  ['several operations without a name', { query: several }],
  ['no token', primed[3]!, { authorization: '' }],
  ['a bad token', primed[3]!, { authorization: 'Bearer a.bad.token' }],
  ['a bad token at a sign-in', primed[5]!, { authorization: 'Bearer a.bad.token' }],
];

describe('an operation that is known', () => {
  beforeAll(async () => {
    for (const request of primed) await send({ request, headers: { authorization: token } }, 'short');
  });

  test.each(cases)('gets the response of Apollo Server to the letter: %s', async (_what, request, headers = {}) => {
    const authorized = { authorization: token, ...headers };
    if (authorized.authorization === '') delete (authorized as { authorization?: string }).authorization;
    const sent = { request, headers: authorized };
    const [expected, found] = [await send(sent, 'long'), await send(sent, 'short')];

    expect(seen(found)).toEqual(seen(expected));
  });

  test('does not go through Apollo Server, unless it is a persisted query', async () => {
    const sent = { request: primed[0]!, headers: { authorization: token } };
    const before = long.mock.calls.length;
    await send(sent, 'short');
    expect(long.mock.calls.length - before).toBe(0);
    await send(sent, 'long');
    expect(long.mock.calls.length - before).toBe(1);
  });
});
