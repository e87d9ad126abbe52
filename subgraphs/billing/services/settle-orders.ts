import { randomUUIDv7 } from 'node:crypto';
import type { Currency } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { payInTurn } from '#billing/domain/settlement.ts';
import { lockAccounts } from './lock-accounts.ts';
import { openAccounts } from './open-accounts.ts';
import { findSettled, recordVerdicts, type Settled, settleInParts } from './settlements.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/** An order to be paid. */
export interface OrderToSettle {
  readonly orderId: string;
  readonly customerId: string;
  readonly currency: Currency;
  readonly totalMinor: bigint;
}

/**
 * Debits a batch of orders, with the result that one by one would have: up to some 300 in one transaction of three
 * statements, more in several at the same time. An order that was settled before gets the outcome that it got then.
 * Answers for every order, in no order; where it throws, some of them may be settled.
 */
export async function settleOrders(em: Manager, orders: readonly OrderToSettle[]): Promise<Settled[]> {
  return await settleInParts(orders, async (part) => await settlePart(em, part));
}

async function settlePart(em: Manager, orders: readonly OrderToSettle[]): Promise<Settled[]> {
  const settled = await em.transactional((transaction) => settleOpen(transaction, orders));
  if (Array.isArray(settled)) return settled;
  // The news of these customers has not arrived yet; their accounts are opened in a commit of their own, since
  // whoever holds locks must not wait for somebody who opens accounts.
  await openAccounts(em, settled.withoutAccounts);
  return await settlePart(em, orders);
}

async function settleOpen(
  em: Manager,
  orders: readonly OrderToSettle[],
): Promise<Settled[] | { readonly withoutAccounts: string[] }> {
  const { accounts, batch } = await lockAccounts(em, orders);
  const owned = new Map(accounts.map((account) => [ownerKey(account), account]));
  const withoutAccounts = orders.filter((order) => !owned.has(ownerKey(order))).map(({ customerId }) => customerId);
  if (withoutAccounts.length > 0) return { withoutAccounts };

  const before = await findSettled(em, 'PAYMENT', orders);
  const done = new Set(before.map(({ orderId }) => orderId));
  const due = [...new Map(orders.map((order) => [order.orderId, order])).values()]
    .filter(({ orderId }) => !done.has(orderId))
    .map((order) => ({ ...order, transactionId: randomUUIDv7() }));
  const verdicts = payInTurn(batch, due, (order) => owned.get(ownerKey(order))!);
  await writeJournalBatch(em, batch);
  return [...before, ...(await recordVerdicts(em, 'PAYMENT', verdicts))];
}

const ownerKey = ({ customerId, currency }: Pick<OrderToSettle, 'customerId' | 'currency'>) =>
  `${customerId} ${currency}`;
