import { randomUUIDv7 } from 'node:crypto';
import { LockMode } from '@mikro-orm/postgresql';
import { reasonOf } from '#platform/audit/record-act.ts';
import { refundingStatus } from '#platform/orders/lifecycle.ts';
import { countRows } from '#platform/postgres/count-rows.ts';
import { type KeyedRequest, once, rememberKeys } from '#platform/postgres/idempotency.ts';
import { type Viewer, viewerOf } from '#platform/identity/identity.ts';
import type { MoneyInput } from '#platform/money/money.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { now } from '#platform/process/clock.ts';
import { isId } from '#platform/validation/ids.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import { isRefusal, refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { OrderContext } from '#order/context.ts';
import { tables } from '#order/database.ts';
import { decideRefund, type RefundRefusal } from '#order/domain/refund.ts';
import { Order, type OrderRow } from '#order/entities/order.ts';
import { findOrders } from './find-orders.ts';
import { type OrderContact, refundEntry } from './order-outbox.ts';
import { unlessSealed } from './seal-orders.ts';

export interface RefundRequest {
  readonly orderId: string;
  /** Null for all that is left of the order. */
  readonly amount?: MoneyInput | null | undefined;
  readonly idempotencyKey: string;
}

/** Makes a paid order REFUNDING, and writes the refund and the outbox entry for billing in the same commit. */
export async function refundOrder(
  context: OrderContext,
  {
    idempotencyKey: key,
    orderId,
    amount = null,
    reason: given = null,
  }: RefundRequest & { readonly reason?: string | null | undefined },
) {
  const { em, identity, outbox, refundWithinDays: withinDays } = context;
  const viewer = viewerOf(identity);
  if (!isId(orderId)) return noOrder;
  const reason = given === null ? null : reasonOf(given);
  if (isRefusal(reason)) return reason;
  const request = {
    customerId: viewer.id,
    mutation: 'refundOrder',
    key,
    input: refundInput({ orderId, amount, reason }),
  };

  const refunding = (id: string) => findOrders(em, viewer.id, [id]).then(([order]) => order!);
  return await once(em, request, refunding, async () => {
    const terms = { amount, reason, withinDays };
    const order = await unlessSealed(
      async () => await em.transactional((transaction) => refund(transaction, outbox, viewer, request, terms)),
    );
    if (!isRefusal(order)) outbox.wakeRelay();
    return order;
  });
}

const noOrder = refuse('NOT_FOUND', 'This order does not exist or is not yours.', ['input', 'orderId']);

/** The input of an idempotency key. Without an amount and a reason, it is the same as in earlier releases. */
export function refundInput<Input extends { readonly amount: MoneyInput | null; readonly reason: string | null }>({
  amount,
  reason,
  ...rest
}: Input) {
  return { ...rest, ...(amount === null ? {} : { amount }), ...(reason === null ? {} : { reason }) };
}

type Terms = Pick<NewRefund, 'amount' | 'withinDays' | 'reason'>;

async function refund(
  em: Manager,
  outbox: Outbox,
  viewer: Viewer,
  request: KeyedRequest & { readonly input: { readonly orderId: string } },
  terms: Terms,
): Promise<OrderRow | Refusal<'NOT_FOUND'> | RefundRefusal> {
  const order = await lockOrder(em, { id: request.input.orderId, customerId: viewer.id });
  if (order === null) return noOrder;
  const refused = await beginRefund(em, outbox, order, { ...terms, byStaff: false, contact: viewer });
  if (refused !== null) return refused;
  await rememberKeys(em, [{ request, resultId: order.id }]);
  return order;
}

export async function lockOrder(
  em: Manager,
  where: { readonly id: string; readonly customerId?: string },
): Promise<OrderRow | null> {
  return await em.findOne(Order, where, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
}

export interface NewRefund {
  readonly amount: MoneyInput | null;
  readonly withinDays: number | null;
  readonly reason: string | null;
  readonly byStaff: boolean;
  readonly contact: OrderContact;
}

/** Makes a locked order REFUNDING, with its refund and the outbox entry for billing. Returns null where it did. */
export async function beginRefund(
  em: Manager,
  outbox: Outbox,
  order: OrderRow,
  { amount, withinDays, reason, byStaff, contact }: NewRefund,
): Promise<RefundRefusal | null> {
  const made = tables(em).selectFrom('refunds').where('orderId', '=', order.id).where('status', '=', 'MADE');
  const madeBefore = await countRows(made);
  const decided = decideRefund(order, { amount, madeBefore, withinDays, now: now() });
  if (isRefusal(decided)) return decided;
  const { refundMinor } = decided;
  const refundId = randomUUIDv7();
  order.status = refundingStatus;
  const amounts = { number: madeBefore + 1, amountMinor: refundMinor };
  await em.flush();
  await tables(em)
    .insertInto('refunds')
    .values({ id: refundId, orderId: order.id, ...amounts, reason, byStaff })
    .execute();
  await outbox.note(em, [refundEntry(order, contact, { refundId, refundMinor })]);
  return null;
}
