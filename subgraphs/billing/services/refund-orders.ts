import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';
import { unpaidReasons } from '#platform/orders/lifecycle.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows, type RowSchema } from '#platform/postgres/read-rows.ts';
import { type Due, refundInTurn, refundOutcome } from '#billing/domain/settlement.ts';
import { lockAccounts } from './lock-accounts.ts';
import { recordVerdicts, type Settled, settleInParts } from './settlements.ts';
import { writeJournalBatch } from './write-journal-batch.ts';

/** A refund of an order. */
export interface OrderToRefund {
  readonly orderId: string;
  /** Absent, as is the amount, where a release that refunded only whole orders requested it. */
  readonly refundId?: string | undefined;
  /** Absent for all that is left of the order. */
  readonly refundMinor?: bigint | undefined;
}

export interface Refunded extends Settled {
  readonly refundId: string | null;
  readonly outcome: ReturnType<typeof refundOutcome>;
  /** Whether the account is closed: the money is owed to the customer. */
  readonly isHeld: boolean;
}

/** The payment of an order in billing's own record. */
interface Payment extends Omit<Due, 'transactionId'> {
  readonly accountId: string;
}

/** A decided refund; the amount is 0 where it was refused. */
interface SettledRefund extends Omit<Refunded, 'outcome'> {
  readonly refundMinor: bigint;
}

/**
 * Refunds a batch of paid orders, in whole or in part, to the accounts that paid. A refund that is made already keeps its
 * outcome. Returns an outcome for every refund, in no order. Where it throws, some of the refunds may be made.
 *
 * @throws where an order has no payment, or a refund is more than what is left of its order.
 */
export async function refundOrders(em: Manager, refunds: readonly OrderToRefund[]): Promise<Refunded[]> {
  const requested = [...new Map(refunds.map((refund) => [refundKey(refund), refund])).values()];
  const payments = new Map((await findPayments(em, requested)).map((payment) => [payment.orderId, payment]));
  const unpaid = requested.find(({ orderId }) => !payments.has(orderId));
  if (unpaid !== undefined) throw new Error(`order ${unpaid.orderId} was never paid`);
  // Only the payment says who is paid, and in which currency.
  const owned = requested.map(({ orderId, refundId, refundMinor }) => {
    return { ...payments.get(orderId)!, refundId, refundMinor };
  });
  await settleInParts(owned, async (part) => {
    await em.transactional((transaction) => refundPart(transaction, part));
    return [];
  });
  return await findRefunds(em, requested);
}

async function refundPart(em: Manager, refunds: readonly (Payment & OrderToRefund)[]): Promise<void> {
  const { accounts, batch } = await lockAccounts(
    em,
    refunds.map(({ accountId }) => accountId),
  );
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const before = await findSettledRefunds(em, refunds);
  const done = new Set(before.map(refundKey));
  const left = new Map(refunds.map(({ orderId, totalMinor }) => [orderId, totalMinor]));
  for (const { orderId, refundMinor } of before) left.set(orderId, left.get(orderId)! - refundMinor);
  const due = refunds
    .filter((refund) => !done.has(refundKey(refund)))
    .map(({ orderId, refundId = null, refundMinor = left.get(orderId)!, accountId }) => {
      return { orderId, refundId, refundMinor, accountId, transactionId: randomUUIDv7() };
    });
  const accountsOfOrders = new Map(due.map(({ orderId, accountId }) => [orderId, accountOf.get(accountId)!]));
  const verdicts = refundInTurn(batch, due, ({ orderId }) => accountsOfOrders.get(orderId)!, left);
  await writeJournalBatch(em, batch);
  await recordVerdicts(em, 'REFUND', verdicts);
}

/** The outcomes of those refunds that are decided. */
export async function findRefunds(em: Manager, refunds: readonly OrderToRefund[]): Promise<Refunded[]> {
  const [settled, payments] = [await findSettledRefunds(em, refunds), await findPayments(em, refunds)];
  const totals = new Map(payments.map(({ orderId, totalMinor }) => [orderId, totalMinor]));
  const requested = new Set(refunds.map(refundKey));
  const refundedMinor = new Map<string, bigint>();
  return settled.flatMap(({ refundMinor, ...refund }) => {
    const { orderId, rejectionReason } = refund;
    const sumMinor = (refundedMinor.get(orderId) ?? 0n) + refundMinor;
    refundedMinor.set(orderId, sumMinor);
    if (!requested.has(refundKey(refund))) return [];
    return [{ ...refund, outcome: refundOutcome(rejectionReason === null, sumMinor, totals.get(orderId) ?? 0n) }];
  });
}

const refundKey = ({
  orderId,
  refundId,
}: {
  readonly orderId: string;
  readonly refundId?: string | null | undefined;
}) => `${orderId} ${refundId ?? ''}`;

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

/** All decided refunds of these orders, in the sequence in which they were decided. */
async function findSettledRefunds(em: Manager, orders: readonly OrderToRefund[]): Promise<SettledRefund[]> {
  const ids = orders.map(({ orderId }) => orderId);
  return await readRows(
    em,
    settledRefund,
    sql`
      select refund.order_id as "orderId", refund_id as "refundId", rejection_reason as "rejectionReason",
        settled_at as "settledAt", coalesce(amount_minor, 0) as "refundMinor",
        coalesce(transactions.kind = 'REFUND_HELD', false) as "isHeld"
      from (
        select order_id, refund_id, rejection_reason, settled_at, transaction_id
        from settlements where kind = 'REFUND' and order_id = any(${ids}::uuid[])
      ) as refund left join transactions on id = transaction_id
      order by settled_at, transaction_id`,
  );
}

const settledRefund = z.object({
  orderId: z.string(),
  refundId: z.string().nullable(),
  rejectionReason: z.enum(unpaidReasons).nullable(),
  settledAt: z.date(),
  refundMinor: z.bigint(),
  isHeld: z.boolean(),
}) satisfies RowSchema<SettledRefund>;
