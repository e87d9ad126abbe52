import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AccountsByCurrency,
  accountsOf,
  type BillingHistory,
  codesOf,
  entriesQuery,
  readEntries,
  readTransactions,
  startBillingHistory,
  transactionsQuery,
} from '#test/billing-history.ts';
import type { SubgraphCustomer } from '#test/customers-subgraph.ts';
import { badCursors, followPages } from '#test/pages.ts';

let history: BillingHistory;
let ada: SubgraphCustomer;
let accounts: AccountsByCurrency;
let bobsAccounts: AccountsByCurrency;

beforeAll(async () => {
  history = await startBillingHistory();
  ({ ada, accounts, bobsAccounts } = history);
});

afterAll(async () => {
  await history.stop();
});

describe('User.transactions', () => {
  test('shows every field of a transaction, and only the accounts of the viewer', async () => {
    const { viewer } = await ada.data<{ viewer: { transactions: { nodes: object[] } } }>(`{
      viewer { transactions(first: 2) { nodes {
        kind amount { amount currency } fee { amount currency } received { amount currency } rate
        from { id owner { id } } to { id } fromAccountNumber toAccountNumber order { id } description
      } } }
    }`);
    expect(viewer.transactions.nodes).toEqual([
      {
        kind: 'TRANSFER',
        amount: { amount: '7.00', currency: 'USD' },
        fee: { amount: '0.07', currency: 'USD' },
        received: { amount: '7.00', currency: 'USD' },
        rate: null,
        from: null,
        to: { id: accounts.USD.id },
        fromAccountNumber: bobsAccounts.USD.number,
        toAccountNumber: accounts.USD.number,
        order: null,
        description: null,
      },
      {
        kind: 'TRANSFER',
        amount: { amount: '30.00', currency: 'USD' },
        fee: { amount: '0.30', currency: 'USD' },
        received: { amount: '27.00', currency: 'EUR' },
        rate: '0.9000000000',
        from: { id: accounts.USD.id, owner: { id: ada.id } },
        to: null,
        fromAccountNumber: accounts.USD.number,
        toAccountNumber: bobsAccounts.EUR.number,
        order: null,
        description: "'; drop table entries -- <b>",
      },
    ]);
  });

  // Oldest first: the opening deposit, a deposit, a withdrawal, a transfer to an own account, one to Bob, one from Bob.
  const lists: readonly [what: string, variables: () => object, indexes: number[]][] = [
    ['newest first', () => ({}), [5, 4, 3, 2, 1, 0]],
    ['oldest first', () => ({ orderBy: { field: 'CREATED_AT', direction: 'ASC' } }), [0, 1, 2, 3, 4, 5]],
    ['largest first', () => ({ orderBy: { field: 'AMOUNT', direction: 'DESC' } }), [0, 4, 1, 3, 5, 2]],
    ['smallest first', () => ({ orderBy: { field: 'AMOUNT', direction: 'ASC' } }), [2, 5, 3, 1, 4, 0]],
    ['of some kinds', () => ({ filter: { kinds: ['DEPOSIT', 'WITHDRAWAL'] } }), [2, 1]],
    ['of an account', () => ({ filter: { accountIds: [accounts.USD.id] } }), [5, 4, 3, 2, 0]],
    ['of other accounts', () => ({ filter: { accountIds: [accounts.CNY.id, randomUUID(), 'no id'] } }), [3]],
    ['of a currency, on either side', () => ({ filter: { currencies: ['EUR'] } }), [4, 1]],
    ['from an amount on', () => ({ filter: { minAmount: '20.00' } }), [4, 1, 0]],
    ['up to an amount', () => ({ filter: { maxAmount: 7 } }), [5, 2]],
    ['between amounts of more digits', () => ({ filter: { minAmount: '6.999', maxAmount: '10.0000' } }), [5, 3]],
    ['between own accounts', () => ({ filter: { betweenOwnAccounts: true } }), [3]],
    ['not between own accounts', () => ({ filter: { betweenOwnAccounts: false } }), [5, 4, 2, 1, 0]],
    [
      'of all conditions',
      () => ({ filter: { kinds: ['TRANSFER'], currencies: ['USD'], minAmount: '8', betweenOwnAccounts: false } }),
      [4],
    ],
    ['of no kind', () => ({ filter: { kinds: [] } }), []],
    [
      'of conditions that are null',
      () => ({ filter: { kinds: null, minAmount: null }, orderBy: null }),
      [5, 4, 3, 2, 1, 0],
    ],
  ];
  test.each(lists)('lists transactions %s', async (_what, variables, indexes) => {
    const all = (await readTransactions(ada, { orderBy: { field: 'CREATED_AT', direction: 'ASC' } })).nodes;
    const { nodes, totalCount } = await readTransactions(ada, variables());
    expect(nodes).toEqual(indexes.map((index) => all[index]));
    expect(totalCount).toBe(indexes.length);
  });

  test('in a period include both of its bounds', async () => {
    const { nodes } = await readTransactions(ada);
    const [createdAfter, createdBefore] = [nodes[4]!.createdAt, nodes[2]!.createdAt];
    const found = await readTransactions(ada, { filter: { createdAfter, createdBefore } });
    expect(found.nodes).toEqual(
      nodes.filter(({ createdAt }) => createdAt >= createdAfter && createdAt <= createdBefore),
    );
    expect(found.nodes.length).toBeGreaterThanOrEqual(3);
  });

  test.each([1, 2, 100])('is followed to its end %d at a time', async (first) => {
    const whole = (await readTransactions(ada)).nodes;
    expect(await followPages(first, async (after) => await readTransactions(ada, { first, after }))).toEqual(whole);
  });

  test('shows the opening deposit of a customer who has moved no money', async () => {
    const eve = await history.subgraph.newCustomer();
    await accountsOf(eve);
    expect((await readTransactions(eve)).nodes).toMatchObject([{ kind: 'OPENING_DEPOSIT' }]);
  });
});

describe('Account.entries', () => {
  test('shows every field of an entry', async () => {
    const { account } = await ada.data<{ account: object }>(
      `query ($id: ID!) { account(id: $id) { entries(first: 1) { nodes {
        id sequence direction amount { amount currency } balanceAfter { amount currency }
        transaction { kind fromAccountNumber }
      } } } }`,
      { id: accounts.USD.id },
    );
    expect(account).toEqual({
      entries: {
        nodes: [
          {
            id: expect.any(String),
            sequence: 5,
            direction: 'CREDIT',
            amount: { amount: '7.00', currency: 'USD' },
            balanceAfter: { amount: '61.70', currency: 'USD' },
            transaction: { kind: 'TRANSFER', fromAccountNumber: bobsAccounts.USD.number },
          },
        ],
      },
    });
  });

  test.each([1, 2, 100])('is followed to its end %d at a time, in both directions', async (first) => {
    const numbers = async (orderBy: 'ASC' | 'DESC' | null) =>
      (
        await followPages(first, async (after) => await readEntries(ada, accounts.USD.id, { first, after, orderBy }))
      ).map(({ sequence }) => sequence);
    expect(await numbers('ASC')).toEqual([1, 2, 3, 4, 5]);
    expect(await numbers('DESC')).toEqual([5, 4, 3, 2, 1]);
    expect(await numbers(null)).toEqual([5, 4, 3, 2, 1]);
  });

  test('in a period include both of its bounds', async () => {
    const { nodes } = await readEntries(ada, accounts.USD.id);
    const [from, to] = [nodes[3]!.createdAt, nodes[1]!.createdAt];
    expect((await readEntries(ada, accounts.USD.id, { from, to })).nodes).toEqual(
      nodes.filter(({ createdAt }) => createdAt >= from && createdAt <= to),
    );
    const exchanged = { id: accounts.USD.id, from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
    expect(await codesOf(ada, entriesQuery, exchanged)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('a list refuses', () => {
  test.each([0, -1, 101, 100_000_000])('a page of %d', async (first) => {
    expect(await codesOf(ada, transactionsQuery, { first })).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf(ada, entriesQuery, { id: accounts.USD.id, first })).toEqual(['BAD_USER_INPUT']);
  });

  test('a forged cursor, and a cursor of another list or order', async () => {
    const cursorOf = async (field: string, direction: string) =>
      (await readTransactions(ada, { orderBy: { field, direction } })).pageInfo.endCursor!;
    const [newest, oldest, largest] = [
      await cursorOf('CREATED_AT', 'DESC'),
      await cursorOf('CREATED_AT', 'ASC'),
      await cursorOf('AMOUNT', 'DESC'),
    ];
    const entry = (await readEntries(ada, accounts.USD.id)).pageInfo.endCursor!;
    const oldestEntry = (await readEntries(ada, accounts.USD.id, { orderBy: 'ASC' })).pageInfo.endCursor!;
    for (const after of badCursors(newest, oldest, largest, entry)) {
      expect([after, await codesOf(ada, transactionsQuery, { after })]).toEqual([after, ['BAD_USER_INPUT']]);
    }
    const byAmount = { orderBy: { field: 'AMOUNT', direction: 'DESC' } };
    for (const after of badCursors(largest, newest)) {
      expect([after, await codesOf(ada, transactionsQuery, { ...byAmount, after })]).toEqual([
        after,
        ['BAD_USER_INPUT'],
      ]);
    }
    for (const after of badCursors(entry, oldestEntry, newest)) {
      const variables = { id: accounts.USD.id, after };
      expect([after, await codesOf(ada, entriesQuery, variables)]).toEqual([after, ['BAD_USER_INPUT']]);
    }
  });

  const unreadable: readonly [what: string, filter: object][] = [
    ['an unknown kind', { kinds: ['GIFT'] }],
    ['an unknown currency', { currencies: ['XXX'] }],
    ['a bound that is a float', { minAmount: 1.5 }],
    ['a bound that is not a number', { maxAmount: '1e3' }],
    ['a time that does not exist', { createdAfter: '2026-02-30T00:00:00.000Z' }],
    ['a time without a zone', { createdBefore: '2026-01-01T00:00:00' }],
    ['NUL in an id', { accountIds: ['\0'] }],
  ];
  test.each<[filter: object, both: string[]]>([
    [
      { createdAfter: '2026-02-01T00:00:00Z', createdBefore: '2026-01-01T00:00:00Z' },
      ['createdAfter', 'createdBefore'],
    ],
    [{ minAmount: '10.01', maxAmount: '10.00' }, ['minAmount', 'maxAmount']],
    [{ minAmount: '1', maxAmount: '0.999' }, ['minAmount', 'maxAmount']],
  ])('a range that nothing can be in, naming both bounds: %j', async (filter, both) => {
    const { errors } = await ada.ask(transactionsQuery, { filter });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    for (const name of both) expect(errors![0]!.message).toContain(name);
  });

  test.each(unreadable)('%s', async (_what, filter) => {
    expect(await codesOf(ada, transactionsQuery, { filter })).toEqual(['BAD_USER_INPUT']);
  });

  test('no year of a valid time', async () => {
    const [from, to] = ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'];
    expect(await readTransactions(ada, { filter: { createdAfter: from, createdBefore: to } })).toMatchObject({
      totalCount: 6,
    });
    expect((await readEntries(ada, accounts.USD.id, { from, to })).nodes).toHaveLength(5);
  });
});

test("another customer's history is not visible", async () => {
  const eve = await history.subgraph.newCustomer();
  expect(await eve.data(entriesQuery, { id: accounts.USD.id })).toEqual({ account: null });
  const found = await readTransactions(eve, { filter: { accountIds: [accounts.USD.id] } });
  expect(found).toMatchObject({ nodes: [], totalCount: 0 });
  const { pageInfo } = await readTransactions(ada);
  expect((await readTransactions(eve, { after: pageInfo.startCursor })).nodes).toEqual([]);
});
