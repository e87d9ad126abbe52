import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Supergraph } from '@apollo/federation-internals';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { getOperationAST, parse, validate } from 'graphql';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { readConfig } from './config.ts';
import { examples } from './explorer-examples.ts';
import { carryAccessToken } from './explorer-token.ts';

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
  test('is the same compressed and not', async () => {
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

  test('carries all that it needs, and may reach nothing else', async () => {
    const { headers, body } = await page('identity');
    const html = body.toString();

    expect(html).toContain('<title>Wallet and orders</title>');
    expect(html).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)="(https?:)?\/\//);
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });

  test('is not what a client gets that wants JSON', async () => {
    expect(await page('identity', 'application/json')).toMatchObject({ status: 400 });
    expect(await page('identity', '*/*')).toMatchObject({ status: 400 });
  });

  test('can be turned off, and nothing of Apollo’s takes its place', async () => {
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
  afterEach(() => {
    globalThis.fetch = ownFetch;
    for (const subgraph of Object.values(router.subgraphs)) subgraph.received.length = 0;
  });

  const registration = 'mutation { register(input: { email: "a", name: "b", password: "c" }) { accessToken } }';

  test('carry the token of the last answer that had one', async () => {
    carryAccessToken();
    await router.ask('{ viewer { name } }');
    await router.ask(registration);
    await router.ask('{ viewer { name } }');

    expect(authorizations().map((sent) => sent !== undefined)).toEqual([false, false, true]);
  });

  test('carry the token that their own headers name rather', async () => {
    carryAccessToken();
    await router.ask(registration);
    const authorization = await tokenOf('bob');
    await router.ask('{ viewer { name } }', { headers: { Authorization: authorization } });

    expect(authorizations().at(-1)).toBe(authorization);
  });
});
