import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Supergraph } from '@apollo/federation-internals';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { getOperationAST, parse, validate } from 'graphql';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { readConfig } from './config.ts';
import { examples } from './explorer-examples.ts';
import { namedTexts, operationOf, requiredVariables, startExplorerSession, withVariables } from './explorer-session.ts';

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles(
    {
      user: {
        Query: { viewer: () => ({ id: 'user-1', name: 'Ada' }) },
        Mutation: {
          register: async () => ({ accessToken: (await tokenOf('ada')).slice('Bearer '.length), userErrors: [] }),
          logout: () => ({ userErrors: [] }),
        },
      },
    },
    { EXPLORER: 'true' },
  );
});
afterAll(async () => await router.stop());

const tokenOf = async (userId: string) => await router.issuer.authorization({ userId });

/** The page as a browser asks for it, its body not yet decompressed. */
async function page(encoding: string, accept = 'text/html,application/xhtml+xml,*/*;q=0.8') {
  const request = get(`${router.origin}/graphql`, { headers: { accept, 'accept-encoding': encoding } });
  const [response]: IncomingMessage[] = await once(request, 'response');
  return { status: response!.statusCode, headers: response!.headers, body: await buffer(response!) };
}

describe('the page', () => {
  test('is the same with and without compression', async () => {
    const plain = await page('identity');
    const brotli = await page('gzip, deflate, br');
    const gzip = await page('gzip, br;q=0');

    expect([plain, brotli, gzip].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('text/html'),
    });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(brotliDecompressSync(brotli.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
    expect(brotli.body.length).toBeLessThan(plain.body.length / 4);
  });

  test('is self-contained, and its policy allows nothing else', async () => {
    const { headers, body } = await page('identity');
    const html = body.toString();

    expect(html).toContain('<title>Wallet and orders</title>');
    expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\//);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });

  test('is not served to a client that accepts JSON', async () => {
    expect(await page('identity', 'application/json')).toMatchObject({ status: 400 });
    expect(await page('identity', '*/*')).toMatchObject({ status: 400 });
  });

  test('can be turned off, and Apollo’s page does not replace it', async () => {
    const other = await startRouterWithDoubles({}, { EXPLORER: 'false' });
    const answer = await other.request('/graphql', { headers: { accept: 'text/html' } });

    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    await other.stop();
  });
});

const nameOf = (example: string) => getOperationAST(parse(example))?.name?.value ?? '';

describe('the examples', () => {
  const supergraph = readFileSync(readConfig({}).SUPERGRAPH_FILE, 'utf8');
  const schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();

  test.each(examples.map((example) => [nameOf(example), example]))('%s fits the schema', (name, example) => {
    expect(name).not.toBe('');
    expect(validate(schema, parse(example))).toEqual([]);
  });
});

const authorizations = () => router.subgraphs.user.received.map(({ authorization }) => authorization);

describe('the page’s requests', () => {
  const ownFetch = globalThis.fetch;
  beforeEach(() => {
    const stored = new Map<string, string>();
    const sessionStorage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    };
    Object.assign(globalThis, { sessionStorage });
    startExplorerSession();
  });
  afterEach(() => {
    globalThis.fetch = ownFetch;
    Reflect.deleteProperty(globalThis, 'sessionStorage');
    for (const subgraph of Object.values(router.subgraphs)) subgraph.received.length = 0;
  });

  const registration = 'mutation { register(input: { email: "a", name: "b", password: "c" }) { accessToken } }';

  test('carry the latest token', async () => {
    await router.ask('{ viewer { name } }');
    await router.ask(registration);
    await router.ask('{ viewer { name } }');

    expect(authorizations().map((sent) => sent !== undefined)).toEqual([false, false, true]);
  });

  test('carry the token in their own headers instead', async () => {
    await router.ask(registration);
    const authorization = await tokenOf('bob');
    await router.ask('{ viewer { name } }', { headers: { Authorization: authorization } });

    expect(authorizations().at(-1)).toBe(authorization);
  });

  const logout = 'mutation ($userId: String!) { logout(input: { refreshToken: $userId }) { userErrors { code } } }';
  const tokens = () => router.subgraphs.user.received.map(({ variables }) => Object.values(variables ?? {})[0]);

  test('carry values of earlier responses for missing required variables', async () => {
    await router.ask(registration);
    await router.ask('{ viewer { userId: id name } }');
    await router.ask(logout);
    await router.ask(logout, { variables: { userId: 'mine' } });

    expect(tokens().slice(-2)).toEqual(['user-1', 'mine']);
  });

  test('are not sent while a variable has no value', async () => {
    const message = '$userId has no value yet. Run the tabs before this one, or set it in the variables.';
    expect(await router.ask(logout)).toMatchObject({ errors: [{ message }] });
    expect(router.subgraphs.user.received).toEqual([]);
  });

  test('have a new idempotency key for each run', async () => {
    const text = logout.replaceAll('userId', 'idempotencyKey');
    await router.ask(text);
    await router.ask(text);

    expect(new Set(tokens()).size).toBe(2);
    expect(tokens()).not.toContain(undefined);
  });
});

test.each([
  ['query A($a: ID!, $b: [Int!] $c: [ID!]!) { a(b: $a, c: $b) }', ['a', 'c']],
  ['query ($a: ID! = "1", $b: ID!) { a }', ['b']],
  ['# $a: ID!\n{ a(b: 1) }', []],
  ['mutation ($input: In!) { a(input: $input) { b: c(d: $input e: 1) } }', ['input']],
])('the required variables of %s are %j', (document, names) => {
  expect(requiredVariables(document)).toEqual(names);
});

test('the variables of a subscription are in its address', () => {
  const query = 'subscription FollowOrder($orderId: ID!) { orderUpdated(id: $orderId) { status } }';
  const address = `http://127.0.0.1/graphql?${new URLSearchParams({ query })}`;
  const [filled] = withVariables(address, {}, { orderId: '1' });
  expect(operationOf(filled, undefined)).toEqual({ query, variables: { orderId: '1' } });
});

test('an answer has its texts by the names of their fields, the first of each name', () => {
  const answer = { a: { id: '1', n: 2, nothing: null, list: [{ id: '2', other: 'x' }, { other: 'y' }] } };
  expect(namedTexts(answer)).toEqual({ id: '1', other: 'x' });
});
