import { randomUUIDv7 } from 'node:crypto';
import type { Manager } from '#platform/postgres/database.ts';
import type { JournalBatch, LockedAccount } from '#billing/domain/ledger.ts';
import { payInTurn } from '#billing/domain/settlement.ts';
import type { ShopDue } from '#billing/domain/shop-consent.ts';
import { lockAccounts } from './lock-accounts.ts';
import { openAccounts } from './open-accounts.ts';
import { findSettled, recordVerdicts, type Settled, settleInParts } from './settlements.ts';
import { openConsents, recordShopPayments } from './shop-spending.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/** An order to be paid. */
export type OrderToSettle = ShopDue;

/**
 * Debits a batch of orders, with the result of debiting them one by one: up to about 300 in one transaction of
 * three statements (six with orders of shops), more in several transactions at the same time. An order that is settled already keeps its outcome.
 * Returns an outcome for every order, in no order. Where it throws, some of the orders may be settled.
 */
export async function settleOrders(em: Manager, orders: readonly OrderToSettle[]): Promise<Settled[]> {
  return await settleInParts(orders, async (part) => await settlePart(em, part));
}

async function settlePart(em: Manager, orders: readonly OrderToSettle[]): Promise<Settled[]> {
  const first = await em.transactional(async (transaction) => {
    const owned = await lockOwned(transaction, orders);
    const lacking = orders.filter((order) => !owned.accounts.has(ownerKey(order)));
    return lacking.length > 0 ? { lacking } : { settled: await settleLocked(transaction, orders, owned) };
  });
  if ('settled' in first) return first.settled;
  // Accounts are opened in a commit of their own: a transaction that holds locks must not wait for one that opens
  // accounts. A customer who still lacks an account has closed the others, and the order is rejected.
  const customerIds = first.lacking.map(({ customerId }) => customerId);
  await openAccounts(em, customerIds);
  return await em.transactional(async (transaction) =>
    settleLocked(transaction, orders, await lockOwned(transaction, orders)),
  );
}

interface OwnedAccounts {
  readonly accounts: ReadonlyMap<string, LockedAccount>;
  readonly batch: JournalBatch;
}

async function lockOwned(em: Manager, orders: readonly OrderToSettle[]): Promise<OwnedAccounts> {
  const { accounts, batch } = await lockAccounts(em, orders);
  return { accounts: new Map(accounts.map((account) => [ownerKey(account), account])), batch };
}

async function settleLocked(
  em: Manager,
  orders: readonly OrderToSettle[],
  { accounts, batch }: OwnedAccounts,
): Promise<Settled[]> {
  const before = await findSettled(em, orders);
  const done = new Set(before.map(({ orderId }) => orderId));
  const due = [...new Map(orders.map((order) => [order.orderId, order])).values()]
    .filter(({ orderId }) => !done.has(orderId))
    .map((order) => ({ ...order, transactionId: randomUUIDv7() }));
  const consents = await openConsents(em, due, batch.time);
  const verdicts = payInTurn(batch, due, (order) => accounts.get(ownerKey(order)), consents);
  await writeJournalBatch(em, batch);
  const settled = await recordVerdicts(em, 'PAYMENT', verdicts);
  await recordShopPayments(em, consents.payments);
  return [...before, ...settled];
}

const ownerKey = ({ customerId, currency }: Pick<OrderToSettle, 'customerId' | 'currency'>) =>
  `${customerId} ${currency}`;
