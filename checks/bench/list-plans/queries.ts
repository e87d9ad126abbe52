import { accountNumbers } from '#billing/services/find-accounts.ts';
import { findOrderTransactions, findTransactions } from '#billing/services/find-transactions.ts';
import { listEntries, readEntries } from '#billing/services/list-entries.ts';
import { listTransactions, type TransactionListRequest } from '#billing/services/list-transactions.ts';
import { findNotificationsOfOrders } from '#notification/services/find-notifications.ts';
import { listNotifications, type NotificationListRequest } from '#notification/services/list-notifications.ts';
import { findOrders } from '#order/services/find-orders.ts';
import { listOrders, type OrderListRequest } from '#order/services/list-orders.ts';
import type { Connection, PageRequest } from '#platform/graphql/paging.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { parseDecimal } from '#platform/money/decimal.ts';

export const pageSize = 100;

/** A list of the busy customer. */
export interface List {
  readonly name: string;
  readonly database: Owner;
  readonly read: (request: PageRequest) => Promise<Connection<{ readonly id?: string }>>;
}

/** A query that accompanies a list. */
export interface Query {
  readonly name: string;
  readonly database: Owner;
  readonly send: () => Promise<unknown>;
}

export type Owner = 'billing' | 'order' | 'notification';
type Managers = Readonly<Record<Owner, () => Manager>>;

/** The lists whose pages are measured. */
export function lists(managers: Managers, busyId: string, accountId: string): List[] {
  const transactions = (request: TransactionListRequest) => listTransactions(managers.billing(), busyId, request);
  const orders = (request: OrderListRequest) => listOrders(managers.order(), busyId, request);
  const notifications = (request: NotificationListRequest) =>
    listNotifications(managers.notification(), busyId, request);
  const entries = async (request: PageRequest & { readonly from?: Date; readonly to?: Date }) =>
    await listEntries(async (wanted) => (await readEntries(managers.billing(), [wanted]))[0]!, accountId, request);
  return [
    { name: 'transactions by time', database: 'billing', read: transactions },
    {
      name: 'transactions by amount',
      database: 'billing',
      read: (page) => transactions({ ...page, orderBy: { field: 'AMOUNT', direction: 'DESC' } }),
    },
    { name: 'entries', database: 'billing', read: entries as List['read'] },
    {
      name: 'entries of a period',
      database: 'billing',
      read: ((page) =>
        entries({ ...page, from: new Date('2026-01-02Z'), to: new Date('2026-12-30Z') })) as List['read'],
    },
    { name: 'orders by time', database: 'order', read: orders },
    {
      name: 'orders by total',
      database: 'order',
      read: (page) => orders({ ...page, orderBy: { field: 'TOTAL', direction: 'DESC' } }),
    },
    { name: 'notifications', database: 'notification', read: notifications },
  ];
}

/** Further queries of a list: counts, filters, and the objects to which its rows refer. */
export async function queries(managers: Managers, busyId: string, accountId: string): Promise<Query[]> {
  const first = pageSize;
  const transactions = async (filter: NonNullable<TransactionListRequest['filter']>) =>
    await listTransactions(managers.billing(), busyId, { first, filter });
  const orders = async (filter: NonNullable<OrderListRequest['filter']>) =>
    await listOrders(managers.order(), busyId, { first, filter });
  const notifications = async (filter: NonNullable<NotificationListRequest['filter']>) =>
    await listNotifications(managers.notification(), busyId, { first, filter });

  const transactionIds = (await transactions({})).nodes.map(({ id }) => id);
  const orderIds = (await orders({})).nodes.map(({ id }) => id);
  const wholeTransactions = await transactions({});
  const wholeNotifications = await notifications({});
  const january = new Date('2026-02-01Z');
  const { billing, order, notification } = managers;
  return [
    { name: 'transactions: totalCount', database: 'billing', send: wholeTransactions.countTotal },
    {
      name: 'transactions of a time, by time',
      database: 'billing',
      send: () => transactions({ createdAfter: new Date('2026-01-15Z'), createdBefore: january }),
    },
    {
      name: 'transactions of some kinds',
      database: 'billing',
      send: () => transactions({ kinds: ['OPENING_DEPOSIT', 'REFUND'] }),
    },
    { name: 'transactions of an account', database: 'billing', send: () => transactions({ accountIds: [accountId] }) },
    { name: 'transactions of a currency', database: 'billing', send: () => transactions({ currencies: ['CNY'] }) },
    {
      name: 'transactions of an amount, by time',
      database: 'billing',
      send: () => transactions({ minAmount: parseDecimal('1000')! }),
    },
    {
      name: 'transactions of an amount, by amount',
      database: 'billing',
      send: () =>
        listTransactions(billing(), busyId, {
          first,
          filter: { minAmount: parseDecimal('10')!, maxAmount: parseDecimal('20')! },
          orderBy: { field: 'AMOUNT', direction: 'ASC' },
        }),
    },
    {
      name: 'transactions between own accounts',
      database: 'billing',
      send: () => transactions({ betweenOwnAccounts: true }),
    },
    {
      name: '100 transactions by id',
      database: 'billing',
      send: () => findTransactions(billing(), busyId, transactionIds),
    },
    {
      name: 'the transactions of 100 orders',
      database: 'billing',
      send: () => findOrderTransactions(billing(), busyId, transactionIds),
    },
    { name: 'numbers of accounts', database: 'billing', send: () => accountNumbers(billing(), [accountId]) },
    { name: 'orders of a state', database: 'order', send: () => orders({ statuses: ['REFUNDED'] }) },
    { name: 'orders of a product', database: 'order', send: () => orders({ productIds: ['product 7'] }) },
    { name: '100 orders by id', database: 'order', send: () => findOrders(order(), busyId, orderIds) },
    { name: 'notifications: unreadCount', database: 'notification', send: wholeNotifications.countUnread },
    { name: 'unread notifications', database: 'notification', send: () => notifications({ unread: true }) },
    {
      name: 'notifications of a kind',
      database: 'notification',
      send: () => notifications({ kinds: ['ORDER_REFUNDED'] }),
    },
    {
      name: 'the notifications of 100 orders',
      database: 'notification',
      send: async () => await findNotificationsOfOrders(notification(), busyId, orderIds),
    },
  ];
}
