import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { fault, unauthenticated } from '#platform/errors/faults.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import type { DoubleResolvers } from '#test/router/subgraph-double.ts';

const user: DoubleResolvers = {
  Query: {
    viewer: (_root, _args, { authorization }) =>
      authorization === undefined ? null : { id: 'user-1', email: 'a@example.com' },
  },
  Mutation: {
    register: () => ({ accessToken: 'new', userErrors: [] }),
    login: () => ({ accessToken: 'new', userErrors: [] }),
    refreshToken: () => ({ accessToken: 'new', userErrors: [] }),
    logout: () => ({ userErrors: [] }),
  },
};
const billing: DoubleResolvers = { Mutation: { closeAccounts: () => unauthenticated() } };

const register = 'register(input: { email: "a@example.com", name: "A", password: "long enough" }) { accessToken }';
const tokenless = [
  `mutation { ${register} }`,
  'mutation { login(input: { email: "a@example.com", password: "long enough" }) { accessToken } }',
  'mutation { refreshToken(input: { refreshToken: "r" }) { accessToken } }',
  'mutation { logout(input: { refreshToken: "r" }) { userErrors { code } } }',
  `mutation { __typename ...Both } fragment Both on Mutation { ${register} logout(input: { refreshToken: "r" }) { userErrors { code } } }`,
];

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles({ user, billing });
});
afterAll(async () => await router.stop());
afterEach(() => {
  for (const subgraph of Object.values(router.subgraphs)) subgraph.received.length = 0;
});

const received = () => Object.values(router.subgraphs).flatMap((subgraph) => subgraph.received);
const authorizations = () => received().map(({ authorization }) => authorization);

describe('without a token', () => {
  test('the viewer is null without an error', async () => {
    expect(await router.ask('{ viewer { id } }')).toMatchObject({
      status: 200,
      data: { viewer: null },
      errors: undefined,
    });
  });
});

describe('with a valid token', () => {
  test('the subgraphs get it, and no other header of the client', async () => {
    const authorization = await router.issuer.authorization();
    const headers = { authorization, 'x-user-id': 'user-2', cookie: 'session=1', 'x-forwarded-for': '1.2.3.4' };
    const answer = await router.ask('{ viewer { email } }', { headers: { ...headers, 'user-agent': 'a client' } });

    expect(answer.data).toEqual({ viewer: { email: 'a@example.com' } });
    expect(received().map(({ headers }) => Object.keys(headers).toSorted())).toEqual([
      ['connection', 'content-length', 'content-type', 'host'],
    ]);
    expect(authorizations()).toEqual([authorization]);
  });

  test('it is verified from the cache without the public keys', async () => {
    const other = await startRouterWithDoubles({ user });
    const headers = { authorization: await other.issuer.authorization() };
    await other.ask('{ viewer { id } }', { headers });
    await other.issuer.stop();

    expect(await other.ask('{ viewer { id } }', { headers })).toMatchObject({ status: 200, errors: undefined });
    await other.stop();
  });
});

const bad: [what: string, authorization: () => Promise<string> | string][] = [
  ['an expired token', async () => await router.issuer.authorization({ expired: true })],
  ['a forged token', async () => `${(await router.issuer.authorization()).slice(0, -6)}AAAAAA`],
  ['no token at all', () => 'Bearer'],
  ['another scheme', () => 'Basic dXNlcjpwYXNzd29yZA=='],
];

describe.each(bad)('with %s', (_what, authorizationOf) => {
  test('operations that need it are refused before any subgraph is called, with one message', async () => {
    const answer = await router.ask('{ viewer { id } }', { headers: { authorization: await authorizationOf() } });

    expect(answer.status).toBe(401);
    expect(answer.errors).toEqual([{ message: unauthenticated().message, extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(received()).toEqual([]);
  });

  test.each(tokenless)('%s is executed', async (query) => {
    const answer = await router.ask(query, { headers: { authorization: await authorizationOf() } });

    expect(answer).toMatchObject({ status: 200, errors: undefined });
    expect(new Set(authorizations())).toEqual(new Set([undefined]));
  });

  test('the schema can be asked for', async () => {
    const headers = { authorization: await authorizationOf() };

    expect(await router.ask('{ __typename __schema { queryType { name } } }', { headers })).toMatchObject({
      status: 200,
      data: { __typename: 'Query' },
    });
  });

  test('the subgraphs refuse the fields that need it in a mixed operation', async () => {
    const authorization = await authorizationOf();
    const answer = await router.ask(`mutation { ${register} closeAccounts { userErrors { code } } }`, {
      headers: { authorization },
    });

    expect(answer.errors).toEqual([
      { message: unauthenticated().message, path: ['closeAccounts'], extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(authorizations()).toEqual([authorization, authorization]);
  });
});

describe('while the public keys are unavailable', () => {
  let blind: RunningRouter;
  beforeAll(async () => {
    // The router has never read the keys: it reads them at its start.
    blind = await startRouterWithDoubles({ user }, { JWKS_URL: 'http://127.0.0.1:9/.well-known/jwks.json' });
  });
  afterAll(async () => await blind.stop());

  test('a token is not called invalid', async () => {
    const answer = await blind.ask('{ viewer { id } }', {
      headers: { authorization: await blind.issuer.authorization() },
    });
    const { message } = fault('SERVICE_UNAVAILABLE', "Your token can't be verified right now. Try again shortly.");

    expect(answer.status).toBe(503);
    expect(answer.errors).toEqual([{ message, extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  });

  test.each(tokenless)('%s is answered', async (query) => {
    const headers = { authorization: await blind.issuer.authorization() };

    expect(await blind.ask(query, { headers })).toMatchObject({ status: 200, errors: undefined });
  });

  test('a request without a token is unauthenticated', async () => {
    expect(await blind.ask('{ viewer { id } }')).toMatchObject({ status: 200, data: { viewer: null } });
  });
});
