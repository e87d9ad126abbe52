import { afterAll, describe, expect, test } from '@jest/globals';
import { badArgument, fault } from '#platform/errors/faults.ts';
import { newKey } from '#test/rest-client.ts';
import { deposit, money, startRestRouter } from '#test/router/rest-router.ts';

const { router, answers, ada, postDeposit } = await startRestRouter();
afterAll(async () => await router.stop());

describe('wrong input is refused with its place', () => {
  test.each<[what: string, body: unknown, causes: object[]]>([
    ['no body', '', [{ code: 'BAD_USER_INPUT', pointer: '#' }]],
    ['malformed JSON', '{"accountId":', [{ code: 'BAD_REQUEST' }]],
    ['a repeated key', '{"accountId":"a","accountId":"b"}', [{ code: 'BAD_REQUEST' }]],
    ['null', 'null', [{ pointer: '#' }]],
    ['an array', [], [{ pointer: '#' }]],
    ['a string', '"a"', [{ pointer: '#' }]],
    ['no members', {}, [{ pointer: '#/accountId' }, { pointer: '#/amount' }]],
    ['a null member', { ...deposit, amount: null }, [{ pointer: '#/amount' }]],
    ['an unknown member', { ...deposit, constructor: 1 }, [{ pointer: '#/constructor' }]],
    ['the key as a member', { ...deposit, idempotencyKey: 'k' }, [{ pointer: '#/idempotencyKey' }]],
    [
      'a member of an object that is unknown',
      { ...deposit, amount: { ...money, 'a/b~': 1 } },
      [{ pointer: '#/amount/a~1b~0' }],
    ],
    ['a number as id', { ...deposit, accountId: 5 }, [{ pointer: '#/accountId' }]],
    ['a number as amount', { ...deposit, amount: { ...money, amount: 1 } }, [{ pointer: '#/amount/amount' }]],
    ['leading zeros', { ...deposit, amount: { ...money, amount: '01.00' } }, [{ pointer: '#/amount/amount' }]],
    ['a NUL', { ...deposit, accountId: 'a\0' }, [{ pointer: '#/accountId' }]],
    ['an unpaired surrogate', { ...deposit, accountId: '\ud800' }, [{ pointer: '#/accountId' }]],
    ['a float as amount', { ...deposit, amount: { ...money, amount: 1.5 } }, [{ pointer: '#/amount/amount' }]],
    ['an exponent', { ...deposit, amount: { ...money, amount: '1e3' } }, [{ pointer: '#/amount/amount' }]],
    ['an unknown currency', { ...deposit, amount: { ...money, currency: 'usd' } }, [{ pointer: '#/amount/currency' }]],
    ['an object as id', { ...deposit, accountId: { a: 1 } }, [{ pointer: '#/accountId' }]],
    ['a list with one amount', { ...deposit, amount: [money] }, [{ pointer: '#/amount' }]],
  ])('%s', async (_what, body, causes) => {
    const answer = await postDeposit(body);

    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'about:blank', title: 'Bad Request', status: 400, errors: causes },
    });
  });

  test('of many wrong members, 20 are named', async () => {
    const members = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`x${index}`, 1]));
    expect((await postDeposit({ ...deposit, ...members })).body!.errors).toHaveLength(20);
  });

  test.each([
    ['first=x', 'first'],
    ['first=', 'first'],
    ['first=1.5', 'first'],
    ['first=99999999999', 'first'],
    ['first=2147483648', 'first'],
    ['first=0', 'first'],
    ['first=101', 'first'],
    ['first=-1', 'first'],
    ['accountIds=a,%00', 'accountIds'],
    ['kinds=deposit', 'kinds'],
    ['kinds=', 'kinds'],
    ['betweenOwnAccounts=yes', 'betweenOwnAccounts'],
    ['createdAfter=yesterday', 'createdAfter'],
    ['minAmount=1e3', 'minAmount'],
    ['sort=AMOUNT', 'sort'],
    ['filter={}', 'filter'],
    ['orderBy=x', 'orderBy'],
    ['__proto__=1', '__proto__'],
    ['totalCount', 'totalCount'],
  ])('the parameter %s', async (search, parameter) => {
    expect(await ada(`/transactions?${search}`)).toMatchObject({
      status: 400,
      body: { code: 'BAD_USER_INPUT', errors: [{ parameter }] },
    });
  });

  test('an id in the path with a NUL, and a number of more than 32 bits, are named', async () => {
    expect(await ada('/transactions/%00')).toMatchObject({ status: 400, body: { errors: [{ parameter: 'id' }] } });
    const body = { productId: 'book', unitPrice: money, quantity: 2_147_483_648 };
    expect(await ada('/orders', { body, key: newKey() })).toMatchObject({
      status: 400,
      body: { detail: '#/quantity: This must be an integer of 32 bits.', errors: [{ pointer: '#/quantity' }] },
    });
  });

  test.each<[graph: string, field: string[], path: string, detail: string, part: object]>([
    ['"after" is no cursor.', ['after'], '/orders', '"after" is no cursor.', { parameter: 'after' }],
    [
      '"x" is after "first".',
      ['filter', 'placedAfter'],
      '/orders',
      '"x" is after "first".',
      { parameter: 'placedAfter' },
    ],
    [
      'Each of "productIds" is long.',
      ['filter', 'productIds'],
      '/orders',
      'Each of "productIds" is long.',
      { parameter: 'productIds' },
    ],
    [
      '`filter.productIds.0` is bad.',
      ['filter', 'productIds', '0'],
      '/orders',
      '`productIds.0` is bad.',
      { parameter: 'productIds' },
    ],
    [
      '"description" is long.',
      ['input', 'description'],
      '/transfers',
      '"description" is long.',
      { pointer: '#/description' },
    ],
    [
      'No such currency.',
      ['input', 'amount', 'currency'],
      '/transfers',
      'No such currency.',
      { pointer: '#/amount/currency' },
    ],
    [
      '`input.idempotencyKey` is bad.',
      ['input', 'idempotencyKey'],
      '/transfers',
      '`idempotencyKey` is bad.',
      { header: 'Idempotency-Key' },
    ],
    ['"nothing" is bad.', ['nothing'], '/orders', '"nothing" is bad.', {}],
    ['"first" is only a word here.', [], '/orders', '"first" is only a word here.', {}],
  ])('where the graph says %s of %j, too', async (graph, field, path, detail, part) => {
    answers.refusal = field.length === 0 ? fault('BAD_USER_INPUT', graph) : badArgument(field, graph);
    const body = { fromAccountId: 'a', toAccountId: 'b', amount: money };
    const answer = await ada(path, path === '/orders' ? {} : { body, key: newKey() });
    answers.refusal = null;

    expect([answer.status, answer.body!.errors]).toEqual([400, [{ code: 'BAD_USER_INPUT', detail, ...part }]]);
  });

  test('an empty body is no body, whatever its type', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada('/notifications/x/read', { method: 'PUT', headers })).status).toBe(404);
    expect((await ada('/orders/x/refund', { method: 'POST', headers, key: newKey() })).status).toBe(409);
    for (const request of [{}, { headers }, { body: 'null' }]) {
      expect(await ada('/users/me', { method: 'PATCH', ...request })).toMatchObject({
        status: 400,
        body: { code: 'BAD_USER_INPUT', errors: [{ pointer: '#' }] },
      });
    }
  });

  test('a member that is not required may be null', async () => {
    const createdAt = new Date(1_770_000_000_000);
    answers.signedIn = {
      user: { id: 'ada', email: 'ada@example.com', emailProved: true, name: 'Ada', createdAt },
      userErrors: [],
    };
    const { status, body } = await ada('/users/me', { method: 'PATCH', body: { name: null } });
    expect([status, body]).toEqual([200, expect.objectContaining({ name: 'Ada' })]);
  });

  test.each(['first=1&first=2', 'first=%zz', 'a=%ff'])('the ambiguous query %s', async (search) => {
    expect(await ada(`/transactions?${search}`)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  });

  test.each<[what: string, key: string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['not ASCII', 'é'],
  ])('an idempotency key that is %s', async (_what, key) => {
    const answer = await ada('/deposits', { body: deposit, ...(key === undefined ? {} : { key }) });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'INVALID_IDEMPOTENCY_KEY', errors: [{ header: 'Idempotency-Key' }] },
    });
  });
});
