import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import { column } from '#platform/columns.ts';
import type { Currency } from '#platform/currency.ts';
import type { Manager } from '#platform/database.ts';
import { tables } from '#billing/database.ts';
import type { Book, LockedAccount } from '#billing/domain/ledger.ts';
import {
  type Due,
  payInTurn,
  refundInTurn,
  type RejectionReason,
  type SettlementKind,
  type Verdict,
} from '#billing/domain/settlement.ts';
import { lockAccounts } from './lock-accounts.ts';
import { openAccounts } from './open-accounts.ts';
import { writeBook } from './write-book.ts';

/** An order to be paid, or to be refunded. */
export interface OrderToSettle {
  readonly orderId: string;
  readonly customerId: string;
  readonly currency: Currency;
  readonly totalMinor: bigint;
}

/** What became of it; `rejectionReason` is null where money moved. */
export interface Settled {
  readonly orderId: string;
  readonly rejectionReason: RejectionReason | null;
  readonly settledAt: Date;
}

type Decide = (book: Book, dues: readonly Due[], accountOf: (due: Due) => LockedAccount) => Verdict[];

/** So many in a transaction, about: more make each of them cheaper, and hold the locks of their accounts for longer. */
const ordersTogether = 300;

/**
 * Debits a batch of orders, with the result that one by one would have: up to some 300 in one transaction of three
 * statements, more in several at the same time. An order that was settled before gets the outcome that it got then.
 * Answers for every order, in no order; where it throws, some of them may be settled.
 */
export async function settleOrders(em: Manager, orders: readonly OrderToSettle[]): Promise<Settled[]> {
  return await settle(em, 'PAYMENT', orders, payInTurn);
}

/** Gives the money of a batch of paid orders back, likewise. An order that was never paid is an error. */
export async function refundOrders(em: Manager, orders: readonly OrderToSettle[]): Promise<Settled[]> {
  return await settle(em, 'REFUND', orders, refundInTurn);
}

async function settle(
  em: Manager,
  kind: SettlementKind,
  orders: readonly OrderToSettle[],
  decide: Decide,
): Promise<Settled[]> {
  const parts = byCustomer(orders, Math.ceil(orders.length / ordersTogether));
  const settled = await Promise.allSettled(parts.map((part) => settlePart(em, kind, part, decide)));
  return settled.flatMap((part) => {
    if (part.status === 'rejected') throw part.reason;
    return part.value;
  });
}

/** Parts without a customer in common, so that none waits for another's locks. */
function byCustomer(orders: readonly OrderToSettle[], count: number): OrderToSettle[][] {
  const parts = Array.from({ length: count }, (): OrderToSettle[] => []);
  for (const order of orders) parts[Number.parseInt(order.customerId.slice(-6), 16) % count]!.push(order);
  return parts.filter((part) => part.length > 0);
}

async function settlePart(
  em: Manager,
  kind: SettlementKind,
  orders: readonly OrderToSettle[],
  decide: Decide,
): Promise<Settled[]> {
  const settled = await em.transactional((transaction) => settleOpen(transaction, kind, orders, decide));
  if (Array.isArray(settled)) return settled;
  // The news of these customers has not arrived yet; their accounts are opened in a commit of their own, since
  // whoever holds locks must not wait for somebody who opens accounts.
  await openAccounts(em, settled.withoutAccounts);
  return await settlePart(em, kind, orders, decide);
}

async function settleOpen(
  em: Manager,
  kind: SettlementKind,
  orders: readonly OrderToSettle[],
  decide: Decide,
): Promise<Settled[] | { readonly withoutAccounts: string[] }> {
  const { accounts, book } = await lockAccounts(em, orders);
  const owned = new Map(accounts.map((account) => [ownerKey(account), account]));
  const withoutAccounts = orders.filter((order) => !owned.has(ownerKey(order))).map(({ customerId }) => customerId);
  if (withoutAccounts.length > 0) return { withoutAccounts };

  const before = await findSettled(em, kind, orders);
  const done = new Set(before.map(({ orderId }) => orderId));
  const due = [...new Map(orders.map((order) => [order.orderId, order])).values()]
    .filter(({ orderId }) => !done.has(orderId))
    .map((order) => ({ ...order, transactionId: randomUUIDv7() }));
  if (kind === 'REFUND') await assertPaid(em, due);
  const verdicts = decide(book, due, (order) => owned.get(ownerKey(order))!);
  await writeBook(em, book);
  const decided = await recordVerdicts(em, kind, verdicts, book.time);
  return [...before, ...decided];
}

/** A refund is asked for by the order subgraph, of orders that billing said were paid: another is a fault. */
async function assertPaid(em: Manager, due: readonly Due[]): Promise<void> {
  const payments = await findSettled(em, 'PAYMENT', due);
  const paid = new Set(
    payments.filter(({ rejectionReason }) => rejectionReason === null).map(({ orderId }) => orderId),
  );
  const unpaid = due.find(({ orderId }) => !paid.has(orderId));
  if (unpaid !== undefined) throw new Error(`order ${unpaid.orderId} was never paid`);
}

const ownerKey = ({ customerId, currency }: Pick<OrderToSettle, 'customerId' | 'currency'>) =>
  `${customerId} ${currency}`;

/** What became of these orders, of those for which that is decided. */
export async function findSettled(
  em: Manager,
  kind: SettlementKind,
  orders: readonly Pick<OrderToSettle, 'orderId'>[],
): Promise<Settled[]> {
  return await tables(em)
    .selectFrom('settlements')
    .select(['orderId', 'rejectionReason', 'settledAt'])
    .where('kind', '=', kind)
    .where('orderId', '=', sql<string>`any(${orders.map(({ orderId }) => orderId)}::uuid[])`)
    .execute();
}

async function recordVerdicts(
  em: Manager,
  kind: SettlementKind,
  verdicts: readonly Verdict[],
  settledAt: Date,
): Promise<Settled[]> {
  if (verdicts.length === 0) return [];
  await sql`
    insert into settlements (order_id, kind, transaction_id, rejection_reason, settled_at)
    select order_id, ${kind}, transaction_id, rejection_reason, ${settledAt} from unnest(
      ${column(verdicts, 'uuid', ({ due }) => due.orderId)},
      ${column(verdicts, 'uuid', ({ movement }) => movement?.id)},
      ${column(verdicts, 'text', ({ rejectionReason }) => rejectionReason)}
    ) as verdict (order_id, transaction_id, rejection_reason)
  `.execute(em.getKysely());
  return verdicts.map(({ due: { orderId }, rejectionReason }) => ({ orderId, rejectionReason, settledAt }));
}
