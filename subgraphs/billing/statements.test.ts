import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { currencies } from '#platform/money/currency.ts';
import { buildSchema } from '#platform/graphql/subgraph.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { openTestLedger, type TestLedger } from '#test/ledger.ts';
import { countStatements, entitiesOf } from '#test/statements.ts';
import type { AccountRow } from './entities/account.ts';
import { permissions } from './permissions.ts';
import { resolvers } from './resolvers.ts';
import { deposit } from './services/deposit.ts';
import { listTransactions } from './services/list-transactions.ts';
import { refundOrders } from './services/refund-orders.ts';
import { settleOrders } from './services/settle-orders.ts';
import { transfer } from './services/transfer.ts';

/** The number of statements per request does not depend on the number of rows. The requests select all nested fields. */

const [ada, bob] = [someone(), someone('Bob')];
const orders = Array.from({ length: 50 }, () => ({
  orderId: randomUUID(),
  customerId: ada.id,
  currency: 'USD' as const,
  totalMinor: 1n,
}));
let ledger: TestLedger;
let schema: GraphQLSchema;
let accounts: AccountRow[];
let transactionIds: string[];

beforeAll(async () => {
  ledger = await openTestLedger();
  schema = buildSchema({
    name: 'billing',
    schemaUrl: new URL('schema.graphql', import.meta.url),
    resolvers,
    permissions,
  });
  accounts = await Promise.all(currencies.map((currency) => ledger.account(ada, currency)));
  const [dollars, euros] = accounts as [AccountRow, AccountRow];
  const bobs = await ledger.account(bob, 'USD');
  const send = async (from: AccountRow, to: AccountRow) =>
    await transfer(ledger.as(from === bobs ? bob : ada), {
      fromAccountId: from.id,
      toAccountId: to.id,
      amount: usd('0.10'),
      idempotencyKey: newKey(),
    });
  for (let round = 0; round < 10; round += 1) {
    await deposit(ledger.as(ada), { accountId: dollars.id, amount: usd('1.00'), idempotencyKey: newKey() });
    await send(dollars, euros);
    await send(dollars, bobs);
    await send(bobs, dollars);
  }
  await settleOrders(ledger.orm.em.fork(), orders);
  await refundOrders(ledger.orm.em.fork(), orders.slice(0, 20));
  transactionIds = (await listTransactions(ledger.orm.em.fork(), ada.id, { first: 100 })).nodes.map(({ id }) => id);
});

afterAll(async () => {
  await ledger.close();
});

const cost = async (request: { readonly source: string; readonly variableValues?: Record<string, unknown> }) =>
  await countStatements({ schema, contextValue: ledger.as(ada), ...request });

const account = 'id number currency status balance { amount } owner { id }';
const transaction = `id kind amount { amount } fee { amount } received { amount } rate
  from { ${account} } to { ${account} } fromAccountNumber toAccountNumber order { id } description createdAt`;
const entry = `id sequence direction amount { amount } balanceAfter { amount } createdAt transaction { ${transaction} }`;

describe.each([1, 50])('for %d', (count) => {
  test('a page of transactions costs one statement, two for their accounts, and two for the count', async () => {
    const page = (fields: string, more = '') =>
      `{ viewer { transactions(first: ${count}) { edges { cursor node { ${fields} } } nodes { ${fields} } ${more} } } }`;
    expect(await cost({ source: page('id') })).toBe(1);
    // The viewer's accounts, and the account numbers of both sides.
    expect(await cost({ source: page(transaction) })).toBe(3);
    // The sent and the received transactions, each from its index.
    expect(await cost({ source: page(transaction, 'totalCount') })).toBe(5);
  });

  test('a page of entries of every account costs three statements, and two for their transactions’ accounts', async () => {
    const page = (fields: string) =>
      `{ viewer { accounts { id entries(first: ${count}) { edges { cursor node { ${fields} } } nodes { ${fields} } } } } }`;
    // The accounts, their entries, the entries' transactions.
    expect(await cost({ source: page('sequence') })).toBe(2);
    expect(await cost({ source: page('transaction { id }') })).toBe(3);
    // The balances at both ends of the period, of all accounts together.
    const balances = 'openingBalance { amount } closingBalance { amount }';
    expect(await cost({ source: page('sequence').replace('nodes', `${balances} nodes`) })).toBe(3);
    expect(await cost({ source: page(entry) })).toBe(5);
  });

  test('the transactions of orders cost one statement, and two for their accounts', async () => {
    const ids = orders.slice(0, count).map(({ orderId }) => orderId);
    expect(await cost(entitiesOf('Order', 'transactions { id }', ids))).toBe(1);
    expect(await cost(entitiesOf('Order', `transactions { ${transaction} }`, ids))).toBe(3);
  });

  test('transactions by id cost one statement, and two for their accounts', async () => {
    const ids = transactionIds.slice(0, count);
    expect(await cost(entitiesOf('Transaction', 'id', ids))).toBe(1);
    expect(await cost(entitiesOf('Transaction', transaction, ids))).toBe(3);
  });

  test('accounts by id cost one statement, and one for a page of entries of each', async () => {
    const ids = Array.from({ length: count }, (_, index) => accounts[index]?.id ?? randomUUID());
    expect(await cost(entitiesOf('Account', account, ids))).toBe(1);
    expect(await cost(entitiesOf('Account', `${account} entries { nodes { sequence } }`, ids))).toBe(2);
  });

  test('references to the viewer cost only the statement for their accounts', async () => {
    const ids = Array.from({ length: count }, () => ada.id);
    expect(await cost(entitiesOf('User', `accounts { ${account} } account(currency: EUR) { id }`, ids))).toBe(1);
  });
});
