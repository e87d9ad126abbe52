import { columnName } from '#platform/postgres/batch-rows.ts';
import { auditRights } from '#platform/audit/audit-table.ts';
import { outboxRights } from '#platform/messaging/outbox.ts';
import type { DatabaseRights } from '#platform/postgres/rights.ts';
import { filledByDatabase, Order } from './entities/order.ts';

const ordered = Object.keys(Order.meta.properties).filter(
  (name) => !filledByDatabase.some((filled) => filled === name),
);

/** The product, the customer and the price of an order never change. */
export const rights: DatabaseRights = {
  service: {
    ...auditRights.writer,
    orders: `select, insert (${ordered.map(columnName).join(', ')}), update (status)`,
    refunds: 'select, insert (id, order_id, number, amount_minor, reason, by_staff)',
    seals: 'select, insert (closing_id, customer_id), update (closing_id)',
    shop_orders: 'select, insert (order_id, consent_id, shop_id, shop_owner_id, shop_name)',
    idempotency: 'select, insert',
    // Orders are sealed when the outbox has no row of the customer.
    outbox: `select, ${outboxRights.service}, update (attempts, next_attempt_at, failed_at, failure)`,
  },
  worker: {
    orders: 'select, update (status, refunded_minor, rejection_reason, settled_at)',
    refunds: 'select, update (status, settled_at)',
    seals: 'select, insert (closing_id, customer_id, lifted_at), update (lifted_at)',
    shop_orders: 'select',
    outbox: outboxRights.worker,
  },
  relay: { outbox: outboxRights.relay },
  operator: {
    ...auditRights.writer,
    orders: 'select (id, customer_id)',
    outbox: outboxRights.deadLetters,
  },
  verifier: {
    ...auditRights.verifier,
    orders: 'select',
    refunds: 'select',
    seals: 'select',
    shop_orders: 'select',
    idempotency: 'select',
    outbox: 'select',
  },
};
