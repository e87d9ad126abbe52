import {
  entryTransaction,
  order,
  orderOf,
  notice,
  inLedger,
  inOrders,
  inNotices,
  inAuditLog,
  withStatus,
  noticeOfKind,
  reached,
  contact,
  nobody,
  type Tampering,
  repeatedAct,
} from './shared.ts';

/** Changes of orders, contacts, seals, outboxes and notifications. */
export const otherTamperings: Readonly<Record<string, Tampering>> = {
  'another product of a paid order': inOrders(
    `update orders set product_id = 'car' where id = ${withStatus('PAID')}`,
    order,
  ),
  'another email of a contact': inNotices(
    `update contacts set email = 'mallory@example.com' where user_id = ${reached}`,
    contact,
  ),
  'an older version of a contact': inNotices(`update contacts set version = 0 where user_id = ${reached}`, contact),
  'a missing contact': inNotices(`delete from contacts where user_id = ${reached}`, contact),
  'a missing contact of a deleted customer': {
    ...inNotices('delete from contacts where deleted_at is not null', contact),
    elsewhere: ['order.orders'],
  },
  'a contact without a user': inNotices(
    `insert into contacts (user_id, version, email, name) values (${nobody}, 1, 'mallory@example.com', 'Mallory')`,
    contact,
  ),
  'a seal of a customer with open accounts': inOrders(
    `insert into seals (closing_id, customer_id, sealed_at)
     select ${nobody}, customer_id, now() - interval '1 s' from orders where status = 'PAID' order by id limit 1`,
    `'order.seals ' || closing_id`,
  ),
  'an entry of the audit log with another reason': inAuditLog(
    'billing',
    `update staff_acts set reason = 'another reason' where sequence = 2`,
  ),
  'an entry of the audit log of another staff member': inAuditLog(
    'order',
    `update staff_acts set actor = 'mallory@example.com' where sequence = 1`,
  ),
  'a missing entry at the end of the audit log': {
    ...inAuditLog('user', 'delete from staff_acts where sequence = 4'),
    elsewhere: ['user.staff_acts_head'],
  },
  'a freeze with a second act in the audit log': inLedger(
    repeatedAct('FROZE', 'actor_id'),
    `'billing.freezes ' || substr(subject, 8)`,
  ),
  'a freeze with a second act of its lifting': inLedger(
    repeatedAct('UNFROZE', 'actor_id'),
    `'billing.freezes ' || substr(subject, 8)`,
  ),
  'a correction that another operator proposed too': inLedger(
    repeatedAct('PROPOSED_CORRECTION', nobody),
    `'billing.corrections ' || substr(subject, 12)`,
  ),
  'a correction that another operator approved too': inLedger(
    repeatedAct('APPROVED_CORRECTION', nobody),
    `'billing.corrections ' || substr(subject, 12)`,
  ),
  'a dead letter': inLedger(
    `insert into outbox (kind, key, payload, failed_at, failure) values ('transfer-sent', 'x', '{}', now(), 'poison')`,
    `'billing.outbox ' || id || ' (transfer-sent x)'`,
  ),
  'an outbox row that waits for too long': inOrders(
    `insert into outbox (kind, key, payload, created_at) values ('order-placed', 'x', '{}', now() - interval '16 min')`,
    `'order.outbox ' || id || ' (order-placed x)'`,
  ),
  'an order with another total': inOrders(
    `update orders set unit_price_minor = unit_price_minor + 1, total_minor = total_minor + 1
     where id = ${withStatus('PAID')}`,
    order,
  ),
  'an order in another currency': inOrders(
    `update orders set currency = 'EUR' where id = ${withStatus('PAID')}`,
    order,
  ),
  'an order of another customer': {
    ...inOrders(`update orders set customer_id = ${nobody} where id = ${withStatus('REFUNDED')}`, order),
    elsewhere: ['notification.notifications'],
  },
  'an order that was settled at another time': inOrders(
    `update orders set settled_at = settled_at - interval '1 ms' where id = ${withStatus('REJECTED')}`,
    order,
  ),
  'a PAID order that was rejected': {
    ...inOrders(
      `update orders set status = 'PAID', rejection_reason = null where rejection_reason = 'INSUFFICIENT_FUNDS'`,
      order,
    ),
    elsewhere: ['notification.notifications'],
  },
  'a waiting order without an outbox row': inOrders(
    `update orders set status = 'REFUNDING' where id = ${withStatus('PAID')}`,
    order,
  ),
  'an order that waits for too long': {
    ...inOrders(`update orders set status = 'REFUNDING' where id = ${withStatus('PAID')}`, order),
    before: `insert into outbox (kind, key, payload, created_at)
      select 'order-refund', ${withStatus('PAID')}, '{}', now() - interval '1 s'`,
  },
  'a missing order, by its notifications and settlements': {
    ...inOrders(
      `delete from orders where rejection_reason = 'INSUFFICIENT_FUNDS'`,
      `(select 'order.idempotency ' || idempotency.customer_id || ' placeOrder ' || key from idempotency
        where result_id = id)`,
    ),
    elsewhere: ['billing.settlements', 'notification.notifications'],
  },
  'a missing notification of an order': inNotices(
    `delete from notifications where id = ${noticeOfKind('ORDER_REFUNDED')}`,
    orderOf,
  ),
  'a missing notification of a transfer': inNotices(
    `delete from notifications where id = ${noticeOfKind('TRANSFER_RECEIVED')}`,
    entryTransaction,
  ),
  'a duplicate notification': inNotices(
    `insert into notifications (id, customer_id, kind, order_id, transaction_id, recipient, subject, body)
     select gen_random_uuid(), customer_id, kind, order_id, transaction_id, recipient, subject, body
     from notifications where id in (${noticeOfKind('ORDER_PAID')}, ${noticeOfKind('TRANSFER_RECEIVED')})`,
    notice,
  ),
  'a notification without an order or transfer': inNotices(
    `insert into notifications (id, customer_id, kind, order_id, transaction_id, recipient, subject, body, created_at)
     select gen_random_uuid(), customer_id, kind, order_id, transaction_id, '', '', '', now() - interval '1 s'
     from (values
       ('ORDER_PAID', ${nobody}::uuid, null), ('TRANSFER_RECEIVED', null, ${nobody}::uuid)
     ) as about (kind, order_id, transaction_id), (select customer_id from notifications limit 1) as somebody`,
    notice,
  ),
  'a notification of another customer': inNotices(
    `update notifications set customer_id = ${nobody} where id = ${noticeOfKind('TRANSFER_RECEIVED')}`,
    notice,
  ),
  'a notification that does not match the order': inNotices(
    `update notifications set kind = 'ORDER_REFUNDED' where id = ${noticeOfKind('ORDER_REJECTED')}`,
    notice,
    orderOf,
  ),
  'the notifications of a deleted customer': inNotices(
    `update contacts set deleted_at = now(), email = null, name = null
     where user_id = (select customer_id from notifications limit 1)`,
    `(select string_agg('notification.notifications ' || id, ',') from notifications where customer_id = user_id)`,
    contact,
  ),
};
