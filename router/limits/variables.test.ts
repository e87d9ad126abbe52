import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ordersOf, ownersWith, times } from '#test/router/large-operations.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

let router: RunningRouter;
beforeAll(async () => {
  router = await startRouterWithDoubles({
    user: { Query: { viewer: () => ({ id: 'user-1', name: 'Ada' }) } },
    order: { Query: { order: () => ({ id: 'order-1', quantity: 1 }) } },
  });
});
afterAll(async () => await router.stop());

describe('variables', () => {
  const query = 'query ($id: ID!) { order(id: $id) { id } }';

  test('that are nested too deeply are refused', async () => {
    const body = `{"query":${JSON.stringify(query)},"variables":{"id":${'['.repeat(40_000)}${']'.repeat(40_000)}}}`;

    expect(await router.post(body)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  });

  test('with too many values are refused', async () => {
    expect(await router.ask(query, { variables: { id: times(5_000, () => '') } })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  });

  test('that are long may be used once, not everywhere', async () => {
    const variables = { ids: ['x'.repeat(9_000)] };
    const head = 'query ($ids: [ID!])';

    expect(await router.ask(`${head} { viewer { ${ordersOf('$ids')} } }`, { variables })).toMatchObject({
      status: 200,
    });
    expect(await router.ask(ownersWith(ordersOf('$ids'), head), { variables })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  });

  const hostile: [what: string, query: string, variables: string][] = [
    ['__proto__', 'query ($id: ID!) { order(id: $id) { id } }', '{"id":"1","__proto__":{"a":1}}'],
    [
      '__proto__ within',
      'query ($v: Decimal) { viewer { transactions(filter: { minAmount: $v }) { totalCount } } }',
      '{"v":{"__proto__":{"a":1}}}',
    ],
    [
      'constructor.prototype within',
      'query ($v: DateTime) { viewer { orders(filter: { placedAfter: $v }) { totalCount } } }',
      '{"v":[{"constructor":{"prototype":{"a":1}}}]}',
    ],
  ];

  test.each(hostile)('with %s are refused in a URL as in a body', async (_what, query, variables) => {
    const byGet = await router.request(`/graphql?${new URLSearchParams({ query, variables })}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
    const byPost = await router.post(`{"query":${JSON.stringify(query)},"variables":${variables}}`);

    for (const answer of [byGet, byPost]) {
      expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    }
  });

  test('may have the names that every object has', async () => {
    const query =
      'query ($constructor: Boolean = true, $toString: ID = 1) { viewer { name } order(id: $toString) @include(if: $constructor) { id } }';
    for (const _ of ['by the gateway', 'by our executor']) {
      expect(await router.ask(query)).toMatchObject({
        status: 200,
        errors: undefined,
        data: { viewer: { name: 'Ada' }, order: { id: 'order-1' } },
      });
    }
  });

  test('set the page size that the cost counts', async () => {
    const pages =
      'query ($first: Int = 1) { viewer { accounts { entries(first: $first) { nodes { transaction { from { entries(first: $first) { nodes { id } } } } } } } } }';

    expect(await router.ask(pages)).toMatchObject({ errors: undefined });
    expect(await router.ask(pages, { variables: { first: 100 } })).toMatchObject({
      errors: [{ extensions: { code: 'QUERY_TOO_COMPLEX' } }],
    });
  });

  test('that are no page size are refused as bad input', async () => {
    const page = 'query ($first: Int) { viewer { orders(first: $first) { nodes { id } } } }';

    expect(await router.ask(page, { variables: { first: { toString: false } } })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

describe('the number of errors', () => {
  test('is at most twenty for a document, and one that says so', async () => {
    const answer = await router.ask(`{ viewer { ${times(500, (i) => `wrong${i}`).join(' ')} } }`);

    expect(answer.status).toBe(400);
    expect(answer.errors?.length).toBe(21);
  });

  test('is at most a hundred for variables', async () => {
    const answer = await router.ask(
      'query ($kinds: [TransactionKind!]) { viewer { transactions(filter: { kinds: $kinds }) { totalCount } } }',
      {
        variables: { kinds: times(1_000, () => 'WRONG') },
      },
    );

    expect(answer.status).toBe(400);
    expect(answer.errors?.length).toBe(100);
  });
});
