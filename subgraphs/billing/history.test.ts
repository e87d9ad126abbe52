import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { type CustomersSubgraph, startCustomersSubgraph, type SubgraphCustomer } from '#test/customers-subgraph.ts';
import { newKey } from '#test/factories.ts';
import { badCursors, followPages, type Page } from '#test/pages.ts';

let databases: TestDatabases;
let subgraph: CustomersSubgraph;
let ada: SubgraphCustomer;
let bob: SubgraphCustomer;
let accounts: Accounts;
let bobsAccounts: Accounts;

type Accounts = Record<'USD' | 'EUR' | 'CNY', { readonly id: string; readonly number: string }>;

interface TransactionView {
  readonly id: string;
  readonly kind: string;
  readonly createdAt: string;
}

interface EntryView {
  readonly id: string;
  readonly sequence: number;
  readonly createdAt: string;
}

beforeAll(async () => {
  databases = await createDatabases('billing');
  subgraph = await startCustomersSubgraph('billing', databases.processes.billing.service);
  [ada, bob] = [await subgraph.newCustomer(), await subgraph.newCustomer()];
  [accounts, bobsAccounts] = [await accountsOf(ada), await accountsOf(bob)];
  await move(ada, 'deposit', { accountId: accounts.EUR.id, amount: { amount: '20.00', currency: 'EUR' } });
  await move(ada, 'withdraw', { accountId: accounts.USD.id, amount: { amount: '5.00', currency: 'USD' } });
  const [fromAccountId, description] = [accounts.USD.id, "'; drop table entries -- <b>"];
  await send(ada, { fromAccountId, toAccountId: accounts.CNY.id, amount: { amount: '10.00', currency: 'USD' } });
  await send(ada, {
    fromAccountId,
    toAccountId: bobsAccounts.EUR.number,
    amount: { amount: '30.00', currency: 'USD' },
    description,
  });
  await send(bob, {
    fromAccountId: bobsAccounts.USD.id,
    toAccountId: fromAccountId,
    amount: { amount: '7.00', currency: 'USD' },
  });
});

afterAll(async () => {
  await subgraph.stop();
  await databases.drop();
});

async function accountsOf(customer: SubgraphCustomer): Promise<Accounts> {
  const { viewer } = await customer.data<{
    viewer: { accounts: { id: string; number: string; currency: keyof Accounts }[] };
  }>('{ viewer { accounts { id number currency } } }');
  const inCurrency = (currency: keyof Accounts) => viewer.accounts.find((account) => account.currency === currency)!;
  return { USD: inCurrency('USD'), EUR: inCurrency('EUR'), CNY: inCurrency('CNY') };
}

async function move(customer: SubgraphCustomer, mutation: 'deposit' | 'withdraw' | 'transfer', input: object) {
  const type = { deposit: 'DepositInput', withdraw: 'WithdrawInput', transfer: 'TransferInput' }[mutation];
  const answer = await customer.data<Record<string, { userErrors: object[] }>>(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code message } } }`,
    { input: { ...input, idempotencyKey: newKey() } },
  );
  expect(answer[mutation]!.userErrors).toEqual([]);
}

const send = async (customer: SubgraphCustomer, input: object) => await move(customer, 'transfer', input);

const pageParts = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const transactionsQuery = `query ($first: Int, $after: String, $filter: TransactionFilter, $orderBy: TransactionOrder) {
  viewer { transactions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id } } nodes { id kind createdAt } totalCount ${pageParts}
  } }
}`;

async function transactions(customer: SubgraphCustomer, variables: object = {}) {
  const { viewer } = await customer.data<{
    viewer: { transactions: Page<TransactionView> & { readonly totalCount: number } };
  }>(transactionsQuery, variables);
  return viewer.transactions;
}

const entriesQuery = `query ($id: ID!, $first: Int, $after: String, $from: DateTime, $to: DateTime, $orderBy: SortDirection) {
  account(id: $id) { entries(first: $first, after: $after, from: $from, to: $to, orderBy: $orderBy) {
    edges { cursor node { id } } nodes { id sequence createdAt } ${pageParts}
  } }
}`;

async function entries(variables: object = {}): Promise<Page<EntryView>> {
  const { account } = await ada.data<{ account: { entries: Page<EntryView> } }>(entriesQuery, {
    id: accounts.USD.id,
    ...variables,
  });
  return account.entries;
}

const codesOf = async (query: string, variables: object) =>
  (await ada.ask(query, variables)).errors?.map(({ extensions }) => extensions?.code);

describe('User.transactions', () => {
  test('shows all that a transaction has, and of the accounts only those that are the viewer’s', async () => {
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
    const all = (await transactions(ada, { orderBy: { field: 'CREATED_AT', direction: 'ASC' } })).nodes;
    const { nodes, totalCount } = await transactions(ada, variables());
    expect(nodes).toEqual(indexes.map((index) => all[index]));
    expect(totalCount).toBe(indexes.length);
  });

  test('of a period include both of its bounds', async () => {
    const { nodes } = await transactions(ada);
    const [createdAfter, createdBefore] = [nodes[4]!.createdAt, nodes[2]!.createdAt];
    const found = await transactions(ada, { filter: { createdAfter, createdBefore } });
    expect(found.nodes).toEqual(
      nodes.filter(({ createdAt }) => createdAt >= createdAfter && createdAt <= createdBefore),
    );
    expect(found.nodes.length).toBeGreaterThanOrEqual(3);
  });

  test.each([1, 2, 100])('is followed to its end %d at a time', async (first) => {
    const whole = (await transactions(ada)).nodes;
    expect(await followPages(first, async (after) => await transactions(ada, { first, after }))).toEqual(whole);
  });

  test('shows the opening deposit of who has done nothing', async () => {
    const eve = await subgraph.newCustomer();
    await accountsOf(eve);
    expect((await transactions(eve)).nodes).toMatchObject([{ kind: 'OPENING_DEPOSIT' }]);
  });
});

describe('Account.entries', () => {
  test('shows all that an entry has', async () => {
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
      (await followPages(first, async (after) => await entries({ first, after, orderBy }))).map(
        ({ sequence }) => sequence,
      );
    expect(await numbers('ASC')).toEqual([1, 2, 3, 4, 5]);
    expect(await numbers('DESC')).toEqual([5, 4, 3, 2, 1]);
    expect(await numbers(null)).toEqual([5, 4, 3, 2, 1]);
  });

  test('of a period include both of its bounds', async () => {
    const { nodes } = await entries();
    const [from, to] = [nodes[3]!.createdAt, nodes[1]!.createdAt];
    expect((await entries({ from, to })).nodes).toEqual(
      nodes.filter(({ createdAt }) => createdAt >= from && createdAt <= to),
    );
    const exchanged = { id: accounts.USD.id, from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
    expect(await codesOf(entriesQuery, exchanged)).toEqual(['BAD_USER_INPUT']);
  });
});

describe('a list refuses', () => {
  test.each([0, -1, 101, 100_000_000])('a page of %d', async (first) => {
    expect(await codesOf(transactionsQuery, { first })).toEqual(['BAD_USER_INPUT']);
    expect(await codesOf(entriesQuery, { id: accounts.USD.id, first })).toEqual(['BAD_USER_INPUT']);
  });

  test('a cursor that is forged, of another list or of another order', async () => {
    const cursorOf = async (field: string, direction: string) =>
      (await transactions(ada, { orderBy: { field, direction } })).pageInfo.endCursor!;
    const [newest, oldest, largest] = [
      await cursorOf('CREATED_AT', 'DESC'),
      await cursorOf('CREATED_AT', 'ASC'),
      await cursorOf('AMOUNT', 'DESC'),
    ];
    const entry = (await entries()).pageInfo.endCursor!;
    const oldestEntry = (await entries({ orderBy: 'ASC' })).pageInfo.endCursor!;
    for (const after of badCursors(newest, oldest, largest, entry)) {
      expect([after, await codesOf(transactionsQuery, { after })]).toEqual([after, ['BAD_USER_INPUT']]);
    }
    const byAmount = { orderBy: { field: 'AMOUNT', direction: 'DESC' } };
    for (const after of badCursors(largest, newest)) {
      expect([after, await codesOf(transactionsQuery, { ...byAmount, after })]).toEqual([after, ['BAD_USER_INPUT']]);
    }
    for (const after of badCursors(entry, oldestEntry, newest)) {
      const variables = { id: accounts.USD.id, after };
      expect([after, await codesOf(entriesQuery, variables)]).toEqual([after, ['BAD_USER_INPUT']]);
    }
  });

  const unreadable: readonly [what: string, filter: object][] = [
    ['an unknown kind', { kinds: ['GIFT'] }],
    ['an unknown currency', { currencies: ['XXX'] }],
    ['a bound that is a float', { minAmount: 1.5 }],
    ['a bound that is no number', { maxAmount: '1e3' }],
    ['a time that is none', { createdAfter: '2026-02-30T00:00:00.000Z' }],
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
    expect(await codesOf(transactionsQuery, { filter })).toEqual(['BAD_USER_INPUT']);
  });

  test('no year of a time', async () => {
    const [from, to] = ['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'];
    expect(await transactions(ada, { filter: { createdAfter: from, createdBefore: to } })).toMatchObject({
      totalCount: 6,
    });
    expect((await entries({ from, to })).nodes).toHaveLength(5);
  });
});

test("another customer's history is not visible", async () => {
  const eve = await subgraph.newCustomer();
  expect(await eve.data(entriesQuery, { id: accounts.USD.id })).toEqual({ account: null });
  const found = await transactions(eve, { filter: { accountIds: [accounts.USD.id] } });
  expect(found).toMatchObject({ nodes: [], totalCount: 0 });
  const { pageInfo } = await transactions(ada);
  expect((await transactions(eve, { after: pageInfo.startCursor })).nodes).toEqual([]);
});
