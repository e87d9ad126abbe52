import { expect } from '@jest/globals';
import { type CustomersSubgraph, startCustomersSubgraph, type SubgraphCustomer } from './customers-subgraph.ts';
import { createDatabases } from './database.ts';
import { newKey } from './factories.ts';
import type { Page } from './pages.ts';

export type AccountsByCurrency = Readonly<
  Record<'USD' | 'EUR' | 'CNY', { readonly id: string; readonly number: string }>
>;

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

/** A billing subgraph in which Ada and Bob have moved money. */
export interface BillingHistory {
  readonly subgraph: CustomersSubgraph;
  readonly ada: SubgraphCustomer;
  readonly accounts: AccountsByCurrency;
  readonly bobsAccounts: AccountsByCurrency;
  readonly stop: () => Promise<void>;
}

/** Starts a billing subgraph. Ada then has six transactions, and her dollar account has five entries. */
export async function startBillingHistory(): Promise<BillingHistory> {
  const databases = await createDatabases('billing');
  const subgraph = await startCustomersSubgraph('billing', databases.processes.billing.service);
  const [ada, bob] = [await subgraph.newCustomer(), await subgraph.newCustomer()];
  const [accounts, bobsAccounts] = [await accountsOf(ada), await accountsOf(bob)];
  const { USD, EUR, CNY } = accounts;
  await move(ada, 'deposit', { accountId: EUR.id, amount: { amount: '20.00', currency: 'EUR' } });
  await move(ada, 'withdraw', { accountId: USD.id, amount: { amount: '5.00', currency: 'USD' } });
  await move(ada, 'transfer', {
    fromAccountId: USD.id,
    toAccountId: CNY.id,
    amount: { amount: '10.00', currency: 'USD' },
  });
  await move(ada, 'transfer', {
    fromAccountId: USD.id,
    toAccountId: bobsAccounts.EUR.number,
    amount: { amount: '30.00', currency: 'USD' },
    description: "'; drop table entries -- <b>",
  });
  await move(bob, 'transfer', {
    fromAccountId: bobsAccounts.USD.id,
    toAccountId: USD.id,
    amount: { amount: '7.00', currency: 'USD' },
  });
  const stop = async () => {
    await subgraph.stop();
    await databases.drop();
  };
  return { subgraph, ada, accounts, bobsAccounts, stop };
}

/** @returns the customer's three accounts, which this request opens if they are missing. */
export async function accountsOf(customer: SubgraphCustomer): Promise<AccountsByCurrency> {
  const { viewer } = await customer.data<{
    viewer: { accounts: { id: string; number: string; currency: keyof AccountsByCurrency }[] };
  }>('{ viewer { accounts { id number currency } } }');
  const inCurrency = (currency: keyof AccountsByCurrency) =>
    viewer.accounts.find((account) => account.currency === currency)!;
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

const pageParts = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

export const transactionsQuery = `query ($first: Int, $after: String, $filter: TransactionFilter, $orderBy: TransactionOrder) {
  viewer { transactions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    edges { cursor node { id } } nodes { id kind createdAt } totalCount ${pageParts}
  } }
}`;

export async function readTransactions(customer: SubgraphCustomer, variables: object = {}) {
  const { viewer } = await customer.data<{
    viewer: { transactions: Page<TransactionView> & { readonly totalCount: number } };
  }>(transactionsQuery, variables);
  return viewer.transactions;
}

export const entriesQuery = `query ($id: ID!, $first: Int, $after: String, $from: DateTime, $to: DateTime, $orderBy: SortDirection) {
  account(id: $id) { entries(first: $first, after: $after, from: $from, to: $to, orderBy: $orderBy) {
    edges { cursor node { id } } nodes { id sequence createdAt } ${pageParts}
  } }
}`;

export async function readEntries(
  customer: SubgraphCustomer,
  accountId: string,
  variables: object = {},
): Promise<Page<EntryView>> {
  const { account } = await customer.data<{ account: { entries: Page<EntryView> } }>(entriesQuery, {
    id: accountId,
    ...variables,
  });
  return account.entries;
}

/** @returns the codes of the errors that the subgraph answers with. */
export async function codesOf(customer: SubgraphCustomer, query: string, variables: object): Promise<unknown> {
  const { errors } = await customer.ask(query, variables);
  return errors?.map(({ extensions }) => extensions?.code);
}
