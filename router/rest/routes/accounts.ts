import { account, entry, money, pageInfo, transaction } from '../fragments.ts';
import type { Route } from '../route.ts';

const links = { entries: '/api/v1/accounts/{id}/entries', statement: '/statements/{id}.csv' };

export const accounts: readonly Route[] = [
  {
    method: 'GET',
    path: '/accounts',
    tag: 'Accounts',
    summary: 'List the accounts: one per currency.',
    document: `query RestAccounts { viewer { accounts { ...Account } } }
${account}`,
    result: ['viewer', 'accounts'],
    answer: { kind: 'list' },
    links,
  },
  {
    method: 'GET',
    path: '/accounts/{id}',
    tag: 'Accounts',
    summary: 'Read an account. `links.statement` is its statement as CSV.',
    document: `query RestAccount($id: ID!) { account(id: $id) { ...Account } }
${account}`,
    result: ['account'],
    answer: { kind: 'object' },
    links,
  },
  {
    method: 'GET',
    path: '/accounts/{id}/balance',
    tag: 'Accounts',
    summary: "Read an account's balance, now or at a time.",
    document: `query RestBalance($id: ID!, $at: DateTime) { account(id: $id) { balance(at: $at) { ...Money } } }
${money}`,
    result: ['account', 'balance'],
    answer: { kind: 'object' },
  },
  {
    method: 'GET',
    path: '/accounts/{id}/entries',
    tag: 'Accounts',
    summary: 'List the entries of an account: one per movement, with the balance after it.',
    document: `query RestEntries(
  $id: ID!, $first: Int = 20, $after: String, $from: DateTime, $to: DateTime, $orderBy: SortDirection = DESC
) {
  account(id: $id) {
    entries(first: $first, after: $after, from: $from, to: $to, orderBy: $orderBy) {
      openingBalance { ...Money } closingBalance { ...Money } nodes { ...Entry } ${pageInfo}
    }
  }
}
${entry}`,
    result: ['account', 'entries'],
    answer: { kind: 'list' },
  },
  {
    method: 'GET',
    path: '/transactions',
    tag: 'Transactions',
    summary: 'List the transactions of the accounts, newest first by default.',
    document: `query RestTransactions(
  $first: Int = 20, $after: String, $filter: TransactionFilter, $orderBy: TransactionOrder, $totalCount: Boolean = false
) {
  viewer {
    transactions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount @include(if: $totalCount) nodes { ...Transaction } ${pageInfo}
    }
  }
}
${transaction}`,
    result: ['viewer', 'transactions'],
    answer: { kind: 'list' },
  },
  {
    method: 'GET',
    path: '/transactions/{id}',
    tag: 'Transactions',
    summary: 'Read a transaction.',
    document: `query RestTransaction($id: ID!) { transaction(id: $id) { ...Transaction } }
${transaction}`,
    result: ['transaction'],
    answer: { kind: 'object' },
  },
];
