import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { type Due, refundInTurn } from '#billing/domain/settlement.ts';
import { lockAccounts } from './lock-accounts.ts';
import { findSettled, recordVerdicts, type Settled, settleInParts } from './settlements.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/** An order to be refunded. */
export interface OrderToRefund {
  readonly orderId: string;
}

export interface Refunded extends Settled {
  /** Whether the account is closed: the money is owed to the customer. */
  readonly isHeld: boolean;
}

/** The payment of an order in billing's own record. */
export interface Payment extends Omit<Due, 'transactionId'> {
  readonly accountId: string;
}

/**
 * Refunds a batch of paid orders: each account gets what it paid. An order that is refunded already keeps its outcome.
 * Returns an outcome for every order, in no order. Where it throws, some of the orders may be refunded.
 *
 * @throws where an order has no payment.
 */
export async function refundOrders(em: Manager, orders: readonly OrderToRefund[]): Promise<Refunded[]> {
  const payments = await findPayments(em, orders);
  const paid = new Set(payments.map(({ orderId }) => orderId));
  const unpaid = orders.find(({ orderId }) => !paid.has(orderId));
  if (unpaid !== undefined) throw new Error(`order ${unpaid.orderId} was never paid`);
  const settled = await settleInParts(
    payments,
    async (part) => await em.transactional((transaction) => refundPart(transaction, part)),
  );
  const held = await findHeld(em, settled);
  return settled.map((one) => ({ ...one, isHeld: held.has(one.orderId) }));
}

async function refundPart(em: Manager, payments: readonly Payment[]): Promise<Settled[]> {
  const { accounts, batch } = await lockAccounts(
    em,
    payments.map(({ accountId }) => accountId),
  );
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const before = await findSettled(em, 'REFUND', payments);
  const done = new Set(before.map(({ orderId }) => orderId));
  const due = payments
    .filter(({ orderId }) => !done.has(orderId))
    .map((payment) => ({ ...payment, transactionId: randomUUIDv7() }));
  const accountsOfOrders = new Map(due.map(({ orderId, accountId }) => [orderId, accountOf.get(accountId)!]));
  const verdicts = refundInTurn(batch, due, ({ orderId }) => accountsOfOrders.get(orderId)!);
  await writeJournalBatch(em, batch);
  return [...before, ...(await recordVerdicts(em, 'REFUND', verdicts))];
}

/** The payments of those orders that were paid. They never change. */
export async function findPayments(em: Manager, orders: readonly OrderToRefund[]): Promise<Payment[]> {
  const ids = orders.map(({ orderId }) => orderId);
  return await readRows(
    em,
    payment,
    sql`
      select order_id as "orderId", from_customer_id as "customerId", from_account_id as "accountId",
        transactions.currency, amount_minor as "totalMinor"
      from (
        select transaction_id from settlements where kind = 'PAYMENT' and order_id = any(${ids}::uuid[])
      ) as payment join transactions on id = transaction_id`,
  );
}

const payment = z.object({
  orderId: z.string(),
  customerId: z.string(),
  accountId: z.string(),
  currency: z.enum(currencies),
  totalMinor: z.bigint(),
}) satisfies RowSchema<Payment>;

const heldOrder = z.object({ orderId: z.string() }) satisfies RowSchema<OrderToRefund>;

/** The orders whose refund is held for the customer. */
async function findHeld(em: Manager, orders: readonly OrderToRefund[]): Promise<Set<string>> {
  const ids = orders.map(({ orderId }) => orderId);
  const rows = await readRows(
    em,
    heldOrder,
    sql`
      select order_id as "orderId" from (
        select transaction_id from settlements where kind = 'REFUND' and order_id = any(${ids}::uuid[])
      ) as refund join transactions on id = transaction_id
      where kind = 'REFUND_HELD'`,
  );
  return new Set(rows.map(({ orderId }) => orderId));
}
