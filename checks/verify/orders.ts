import { checkOrderNotices } from './domain/notice.ts';
import { checkOrder } from './domain/order.ts';
import type { Order, OrderNotice, Refund } from './domain/order-file.ts';
import { checkBill, type OrderTransaction, type Settlement } from './domain/settlement.ts';
import { joinByKey } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { amount, boolean, bytes, integer, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';
import { UnnotifiedCustomers } from './unnotified-customers.ts';

export interface OrderSnapshots {
  readonly order: Snapshot;
  readonly billing: Snapshot;
  readonly notification: Snapshot;
}

const parseOrder = rowParser<Order>('order.orders', {
  id: text,
  customerId: text,
  productId: text,
  unitPriceMinor: amount,
  currency: text,
  quantity: integer,
  totalMinor: amount,
  status: text,
  rejectionReason: orNull(text),
  placedAt: time,
  settledAt: orNull(time),
  refundedMinor: amount,
  hash: orNull(bytes),
  waitingSince: orNull(time),
  deadLetter: boolean,
});
const parseRefund = rowParser<Refund>('order.refunds', {
  id: text,
  orderId: text,
  number: integer,
  amountMinor: amount,
  reason: orNull(text),
  byStaff: boolean,
  status: text,
  requestedAt: time,
  settledAt: orNull(time),
  hash: orNull(bytes),
});
const parseSettlement = rowParser<Settlement>('billing.settlements', {
  orderId: text,
  kind: text,
  refundId: orNull(text),
  transactionId: orNull(text),
  rejectionReason: orNull(text),
  settledAt: time,
});
const parseTransaction = rowParser<OrderTransaction>('billing.transactions', {
  id: text,
  orderId: text,
  reference: text,
  kind: text,
  amountMinor: amount,
  currency: text,
  accountId: orNull(text),
  customerId: orNull(text),
  createdAt: time,
  hasHash: boolean,
});
const parseNotice = rowParser<OrderNotice>('notification.notifications', {
  id: text,
  orderId: text,
  kind: text,
  refundNumber: orNull(integer),
  customerId: text,
  createdAt: time,
});

/** Compares every order with its settlements and its notifications. */
export async function verifyOrders(snapshots: OrderSnapshots, horizon: Date, report: Report): Promise<void> {
  const missing = new UnnotifiedCustomers(snapshots.notification, report);
  for await (const { group } of await joinOrders(snapshots)) {
    const file = { ...group, order: group.orders[0] ?? null };
    const noticeCheck = checkOrderNotices(file, horizon);
    report.found([...checkBill(file), ...checkOrder(file, horizon), ...noticeCheck.findings]);
    await missing.add(noticeCheck.missing);
    report.checked('order.orders', group.orders.length);
    report.checked('order.refunds', group.refunds.length);
    report.checked('billing.settlements', group.settlements.length);
    report.checked('notification.notifications', group.notices.length);
  }
  await missing.flush();
}

async function joinOrders({ order, billing, notification }: OrderSnapshots) {
  const orders = await order.stream(
    parseOrder,
    `
    select id, customer_id as "customerId", product_id as "productId", unit_price_minor as "unitPriceMinor", currency,
      quantity, total_minor as "totalMinor", status, rejection_reason as "rejectionReason", placed_at as "placedAt",
      settled_at as "settledAt", refunded_minor as "refundedMinor", hash,
      "waitingSince", coalesce("deadLetter", false) as "deadLetter"
    from orders left join (
      select split_part(key, ':', 1) as key, max(created_at) as "waitingSince", bool_or(failed_at is not null) as "deadLetter"
      from outbox where kind in ('order-placed', 'order-cancel', 'order-refund') group by 1
    ) as waiting on key = id::text
    order by id`,
  );
  const refunds = await order.stream(
    parseRefund,
    `
    select id, order_id as "orderId", number, amount_minor as "amountMinor", reason, by_staff as "byStaff", status,
      requested_at as "requestedAt", settled_at as "settledAt", hash
    from refunds order by order_id, requested_at, id`,
  );
  const settlements = await billing.stream(
    parseSettlement,
    `
    select order_id as "orderId", kind, refund_id as "refundId", transaction_id as "transactionId", rejection_reason as "rejectionReason",
      settled_at as "settledAt"
    from settlements order by order_id, kind, refund_id`,
  );
  const transactions = await billing.stream(
    parseTransaction,
    `
    select id, order_id as "orderId", reference, kind, amount_minor as "amountMinor", currency,
      coalesce(from_account_id, to_account_id) as "accountId",
      coalesce(from_customer_id, to_customer_id) as "customerId", created_at as "createdAt",
      hash is not null as "hasHash"
    from transactions where kind in ('ORDER_PAYMENT', 'REFUND', 'REFUND_HELD') and order_id is not null order by order_id, id`,
  );
  const notices = await notification.stream(
    parseNotice,
    `
    select id, order_id as "orderId", kind, refund_number as "refundNumber", customer_id as "customerId", created_at as "createdAt"
    from notifications where order_id is not null order by order_id, kind, created_at, id`,
  );
  const keyOf = ({ orderId }: { readonly orderId: string }) => orderId;
  return joinByKey<{
    orders: Order;
    refunds: Refund;
    settlements: Settlement;
    transactions: OrderTransaction;
    notices: OrderNotice;
  }>({
    orders: { rows: orders, keyOf: ({ id }) => id },
    refunds: { rows: refunds, keyOf },
    settlements: { rows: settlements, keyOf },
    transactions: { rows: transactions, keyOf },
    notices: { rows: notices, keyOf },
  });
}
