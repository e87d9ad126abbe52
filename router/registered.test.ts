import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { operationsFile, operationsText } from '../tools/operations.ts';
import { examples } from './explorer-examples.ts';
import { documentId, readRegistered } from './limits/registered.ts';

test('the registered operations are those of the console, the collection, the typed client, REST and the explorer (npm run operations)', () => {
  expect(readFileSync(operationsFile, 'utf8')).toBe(operationsText());
});

test('a document’s id does not depend on its layout or on __typename', () => {
  const one = 'query Q { viewer { ...F orders { totalCount } } } fragment F on User { id }';
  const other =
    'fragment F on User {\n  __typename\n  id\n}\nquery Q { viewer { ...F, orders { __typename totalCount } __typename } }';

  expect(documentId(parse(other))).toBe(documentId(parse(one)));
  expect(documentId(parse(one.replace('totalCount', 'nodes { id }')))).not.toBe(documentId(parse(one)));
});

const shopOperation = 'query ShopViewer { viewer { __typename name } }';
const shopId = 'shop-1.0:viewer';
let folder: string;
let manifests: string;
const relayId = 'ab56';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifests-'));
  const [shop, relay] = [join(folder, 'shop.json'), join(folder, 'relay.json')];
  manifests = `${shop}, ${relay}`;
  await writeFile(relay, JSON.stringify({ [relayId]: shopOperation }));
  const operations = [{ id: shopId, name: 'ShopViewer', type: 'query', body: shopOperation }];
  await writeFile(shop, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
});
afterAll(async () => await rm(folder, { recursive: true }));

test.each([
  ['no manifest', { operations: {} }],
  ['another format', { format: 'other', version: 1, operations: [] }],
  ['a syntax error', { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'a', body: '{' }] }],
  [
    'an id of two operations',
    {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: 'a', body: '{ viewer { id } }' },
        { id: 'a', body: '{ viewer { name } }' },
      ],
    },
  ],
])('the router does not start with a manifest that has %s', async (_what, content) => {
  const file = join(folder, 'bad.json');
  await writeFile(file, JSON.stringify(content));

  expect(() => readRegistered([file])).toThrow(/OPERATION_MANIFESTS\) cannot be used/);
});

describe('with registered operations only', () => {
  let router: RunningRouter;
  beforeAll(async () => {
    router = await startRouterWithDoubles(
      {
        user: {
          Query: { viewer: () => ({ id: 'user-1', name: 'Ada' }) },
          Mutation: { login: () => ({ accessToken: null, userErrors: [] }) },
        },
      },
      { ONLY_REGISTERED_OPERATIONS: 'true', OPERATION_MANIFESTS: manifests },
    );
  });
  afterAll(async () => await router.stop());

  const viewer = { data: { viewer: { __typename: 'User', name: 'Ada' } } };
  const hashed = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });

  test('an operation of another client is sent as text, by its documentId, or as Apollo Client sends its id', async () => {
    const bodies = [
      { query: shopOperation },
      { documentId: shopId },
      { documentId: `sha256:${shopId}` },
      { documentId: relayId },
      { documentId: shopId, operationName: 'ShopViewer', variables: {} },
      hashed(shopId),
    ];
    for (const body of bodies)
      expect(await router.post(JSON.stringify(body))).toMatchObject({ status: 200, ...viewer });
    const search = new URLSearchParams({ documentId: shopId });
    expect(
      await router.request(`/graphql?${search}`, { headers: { 'apollo-require-preflight': 'true' } }),
    ).toMatchObject(viewer);
  });

  test('an operation of this project is found by the id in its manifest', async () => {
    const { operations }: { operations: { id: string; name: string }[] } = JSON.parse(operationsText());
    const login = operations.find(({ name }) => name === 'RestLogin')!;
    const variables = { email: 'ada@example.com', password: 'secret' };

    expect(await router.post(JSON.stringify({ documentId: login.id, variables }))).toMatchObject({
      data: { payload: { userErrors: [] } },
    });
  });

  test.each([
    ['an unknown id', { documentId: 'unknown' }, /documentId/],
    ['an id and a text', { documentId: shopId, query: shopOperation }, /either/],
    ['an id that is no string', { documentId: 5 }, /documentId/],
    ['an empty id', { documentId: '' }, /documentId/],
    ['no hash', { extensions: { persistedQuery: 'a' } }, /./],
  ])('%s is a client error', async (_what, body, message) => {
    const answer = await router.post(JSON.stringify(body));

    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.message).toMatch(message);
  });

  test('an unknown id of a stream is a client error', async () => {
    const answer = await router.request('/graphql/stream', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: await router.issuer.authorization() },
      body: JSON.stringify({ documentId: 'unknown' }),
    });

    expect(answer).toMatchObject({ status: 400, errors: [{ message: expect.stringMatching(/documentId/) }] });
  });

  const registered = examples.at(-1)!;

  test('a registered operation is executed', async () => {
    const variables = { email: 'ada@example.com' };
    expect(await router.ask(registered, { variables })).toMatchObject({ status: 200, errors: undefined });
  });

  test.each(['{ viewer { id } }', '{ __schema { queryType { name } } }', `${registered} query More { viewer { id } }`])(
    'others are refused: %s',
    async (query) => {
      expect(await router.ask(query)).toMatchObject({ status: 403, errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    },
  );

  test('other operations are not stored by their hash', async () => {
    const query = '{ viewer { name } }';
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    await router.post(JSON.stringify({ query, extensions }));

    expect(await router.post(JSON.stringify({ extensions }))).toMatchObject({
      errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    });
  });
});
