import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import { operationsFile, operationsText } from '../tools/operations.ts';
import { examples } from './explorer-examples.ts';
import { documentId } from './limits/registered.ts';

test('the registered operations are those of the console, the collection and the explorer (npm run operations)', () => {
  expect(readFileSync(operationsFile, 'utf8')).toBe(operationsText());
});

test('a document’s id does not depend on its layout or on __typename', () => {
  const one = 'query Q { viewer { ...F orders { totalCount } } } fragment F on User { id }';
  const other =
    'fragment F on User {\n  __typename\n  id\n}\nquery Q { viewer { ...F, orders { __typename totalCount } __typename } }';

  expect(documentId(parse(other))).toBe(documentId(parse(one)));
  expect(documentId(parse(one.replace('totalCount', 'nodes { id }')))).not.toBe(documentId(parse(one)));
});

describe('with registered operations only', () => {
  let router: RunningRouter;
  beforeAll(async () => {
    router = await startRouterWithDoubles(
      { user: { Mutation: { login: () => ({ accessToken: null, userErrors: [] }) } } },
      { ONLY_REGISTERED_OPERATIONS: 'true' },
    );
  });
  afterAll(async () => await router.stop());
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
