import type { VerifiedSubgraph } from '#subgraphs/manifest.ts';

/** A change that the database itself would refuse, and the rows that it makes wrong, as texts in SQL. */
export interface Tampering {
  readonly owner: VerifiedSubgraph;
  /** What stands in the way of the change. */
  readonly before?: string;
  readonly change: string;
  readonly wrong: readonly string[];
  /** Tables of the other databases that have wrong rows too. */
  readonly elsewhere?: readonly string[];
}

const entryNamed = (row: string) =>
  `'billing.entries ' || coalesce(${row}account_id || ' ' || ${row}sequence,
     ${row}transaction_id || ' ' || ${row}system_account || ' ' || ${row}currency)`;
const entry = entryNamed('');
const entryTransaction = `'billing.transactions ' || transaction_id`;
const itself = `'billing.transactions ' || id`;
const account = `'billing.accounts ' || id`;
const settlement = `'billing.settlements ' || order_id || ' ' || kind`;
const order = `'order.orders ' || id`;
const orderOf = `'order.orders ' || order_id`;
const notice = `'notification.notifications ' || id`;

const inLedger = (change: string, ...wrong: readonly string[]): Tampering => ({ owner: 'billing', change, wrong });
const inOrders = (change: string, ...wrong: readonly string[]): Tampering => ({ owner: 'order', change, wrong });
const inNotices = (change: string, ...wrong: readonly string[]): Tampering => ({
  owner: 'notification',
  before: `
    drop index notifications_by_order, notifications_by_transaction;
    alter table contacts drop constraint contacts_version_check`,
  change,
  wrong,
});

/** An entry in the middle of a statement, and the last of that statement. */
const inTheMiddle = `(select ctid from entries where sequence = 3 order by account_id limit 1)`;
const theLast = `(select ctid from entries where account_id is not null order by sequence desc limit 1)`;
const aCustomers = `(select account_id from entries where ctid = ${theLast})`;
const ofTheSystem = `(select ctid from entries where system_account = 'FEES' limit 1)`;
const withStatus = (status: string) => `(select id from orders where status = '${status}' order by id limit 1)`;
const ofKind = (kind: string) => `(select id from transactions where kind = '${kind}' order by id limit 1)`;
const noticeOfKind = (kind: string) => `(select id from notifications where kind = '${kind}' order by id limit 1)`;
const [firstAccount, lastAccount] = ['', 'desc'].map(
  (direction) => `(select id from accounts where sequence > 1 order by id ${direction} limit 1)`,
);
const quote = `
  insert into quotes (id, customer_id, from_account_id, to_account_id, amount_minor, currency, fee_minor, received_minor,
    received_currency, rate, expires_at)
  select gen_random_uuid(), source.customer_id, source.id, target.id, 100, 'USD', 1, 90, 'EUR', '0.9', now()
  from accounts as source join accounts as target on target.customer_id <> source.customer_id
  where source.currency = 'USD' and target.currency = 'EUR' limit 1`;
/** Accounts that are closed although their customer's orders were never sealed. */
const isHeld = `customer_id in (select to_customer_id from transactions where kind = 'REFUND_HELD')`;
const reached = `(select user_id from contacts where deleted_at is null order by user_id limit 1)`;
const contact = `'notification.contacts ' || user_id`;
const nobody = `'00000000-0000-4000-8000-000000000000'`;

export const tamperings: Readonly<Record<string, Tampering>> = {
  "a customer's entry with another amount": inLedger(
    `update entries set amount_minor = amount_minor + 1 where ctid = ${inTheMiddle}`,
    entry,
    entryTransaction,
  ),
  "an entry of the ledger's own with another amount": inLedger(
    `update entries set amount_minor = amount_minor + 1 where ctid = ${ofTheSystem}`,
    entry,
    entryTransaction,
  ),
  'an entry on another of the system accounts': inLedger(
    `update entries set system_account = 'CASH' where ctid = ${ofTheSystem}`,
    entry,
    entryTransaction,
  ),
  'an entry with another balance after it': inLedger(
    `update entries set balance_after_minor = balance_after_minor + 1 where ctid = ${inTheMiddle}`,
    entry,
  ),
  'one flipped bit of a hash, and only the entry that has it': inLedger(
    `update entries set hash = set_byte(hash, 5, get_byte(hash, 5) # 1) where ctid = ${inTheMiddle}`,
    entry,
  ),
  'one flipped bit of the hash of the last entry': inLedger(
    `update entries set hash = set_byte(hash, 31, get_byte(hash, 31) # 128) where ctid = ${theLast}`,
    entry,
  ),
  "a customer's entry that was made a millisecond earlier": inLedger(
    `update entries set created_at = created_at - interval '1 ms' where ctid = ${inTheMiddle}`,
    entry,
  ),
  "an entry of the ledger's own that was made a millisecond later": inLedger(
    `update entries set created_at = created_at + interval '1 ms' where ctid = ${ofTheSystem}`,
    entry,
  ),
  'an entry that is gone: its transaction, and the entry after it': inLedger(
    `delete from entries where ctid = ${inTheMiddle}`,
    entryTransaction,
    `(select ${entryNamed('after.')} from entries as after
      where after.account_id = changed.account_id and after.sequence = changed.sequence + 1)`,
  ),
  'the last entry that is gone: its transaction and its account': inLedger(
    `delete from entries where ctid = ${theLast}`,
    entryTransaction,
    `'billing.accounts ' || account_id`,
  ),
  'an account with another balance': inLedger(
    `update accounts set balance_minor = balance_minor + 1 where id = ${aCustomers}`,
    account,
  ),
  'an account with another sequence': inLedger(
    `update accounts set sequence = sequence + 1 where id = ${aCustomers}`,
    account,
  ),
  'an account with another last hash': inLedger(
    `update accounts set last_hash = set_byte(last_hash, 0, get_byte(last_hash, 0) # 1)
     where id = ${aCustomers}`,
    account,
  ),
  'a deposit of another amount': inLedger(
    `update transactions set amount_minor = amount_minor + 1, received_minor = received_minor + 1
     where id = ${ofKind('DEPOSIT')}`,
    itself,
    `(select string_agg(${entryNamed('entries.')}, ',') from entries where transaction_id = changed.id)`,
  ),
  'a transfer with another fee': inLedger(
    `update transactions set fee_minor = fee_minor + 1
     where id = (select id from transactions where fee_minor is not null order by id limit 1)`,
    itself,
    `(select string_agg(${entryNamed('entries.')}, ',') from entries
      where transaction_id = changed.id and (account_id = from_account_id or system_account = 'FEES'))`,
  ),
  'a transfer from somebody who does not own the account': inLedger(
    `update transactions set from_customer_id = ${nobody}
     where id = (select id from transactions where fee_minor is not null order by id limit 1)`,
    itself,
  ),
  'a withdrawal with a reference of another': inLedger(
    `update transactions set reference = reference || '0' where id = ${ofKind('WITHDRAWAL')}`,
    itself,
  ),
  'a settlement with another reason, by its order': inLedger(
    `update settlements set rejection_reason = 'NOT_PROCESSED' where rejection_reason = 'INSUFFICIENT_FUNDS'`,
    orderOf,
  ),
  'a settlement by a transaction that is another': inLedger(
    `update settlements set transaction_id = ${ofKind('DEPOSIT')}
     where kind = 'PAYMENT' and order_id = (select order_id from settlements where kind = 'REFUND' order by order_id limit 1)`,
    settlement,
    `(select string_agg('billing.transactions ' || transactions.id, ',') from transactions
      where transactions.order_id = changed.order_id)`,
  ),
  'a payment whose settlement is gone': inLedger(
    `delete from settlements where order_id = (select order_id from transactions where kind = 'ORDER_PAYMENT'
       order by id limit 1)`,
    orderOf,
    `'billing.transactions ' || transaction_id`,
  ),
  'a settlement of an order that is not there': inLedger(
    `insert into settlements (order_id, kind, rejection_reason, settled_at)
     values (${nobody}, 'PAYMENT', 'NOT_PROCESSED', now() - interval '1 s')`,
    settlement,
  ),
  'a key of what is not there, and what has no key': {
    ...inLedger(
      `update idempotency set result_id = ${nobody} where mutation = 'deposit'`,
      `'billing.idempotency ' || customer_id || ' ' || mutation || ' ' || key`,
    ),
    elsewhere: ['billing.transactions'],
  },
  'a key that is gone, by what was made under it': inLedger(
    `delete from idempotency where mutation = 'transfer' and key = (select max(key) from idempotency where mutation = 'transfer')`,
    `'billing.transactions ' || result_id`,
  ),
  'a key of an order that is gone, by the order': inOrders(
    `delete from idempotency where result_id = ${withStatus('REFUNDED')} and mutation = 'refundOrder'`,
    `'order.orders ' || result_id`,
  ),
  'a key that was changed': inOrders(
    `update idempotency set key = key || 'x' where result_id = ${withStatus('PAID')}`,
    `'order.idempotency ' || customer_id || ' ' || mutation || ' ' || key`,
  ),
  'two accounts whose numbers have changed places': {
    ...inLedger(
      `update accounts set number = case id
         when ${firstAccount} then (select number from accounts where id = ${lastAccount})
         else (select number from accounts where id = ${firstAccount}) end
       where id in (${firstAccount}, ${lastAccount})`,
      account,
    ),
    before: 'alter table accounts drop constraint accounts_number_key',
  },
  'a number with a wrong digit': inLedger(
    `update accounts set number = translate(left(number, 1), '123456789', '234567891') || substr(number, 2)
     where id = ${firstAccount}`,
    account,
  ),
  'an account that was opened again': inLedger(
    `update accounts set status = 'OPEN', closed_at = null
     where id = (select id from accounts where ${isHeld} order by sequence desc, id limit 1)`,
    account,
  ),
  'an account that was never used, opened again': inLedger(
    `update accounts set status = 'OPEN', closed_at = null
     where id = (select id from accounts where ${isHeld} order by sequence, id limit 1)`,
    account,
  ),
  'a description that was rewritten': inLedger(
    `update transactions set description = 'For the house' where id = ${ofKind('TRANSFER')}`,
    itself,
  ),
  'a description of nothing': inLedger(
    `update transactions set description = '' where id = ${ofKind('ORDER_PAYMENT')}`,
    itself,
  ),
  'a description that was added': inLedger(
    `update transactions set description = 'For the house' where id = ${ofKind('ORDER_PAYMENT')}`,
    itself,
  ),
  'a quote of more': {
    ...inLedger('update quotes set received_minor = received_minor * 1000', `'billing.quotes ' || id`),
    before: quote,
  },
  'a quote without a fee': {
    ...inLedger('update quotes set fee_minor = 0', `'billing.quotes ' || id`),
    before: quote,
  },
  "a quote for another customer's money": {
    ...inLedger(`update quotes set customer_id = ${nobody}`, `'billing.quotes ' || id`),
    before: quote,
  },
  'another product of a paid order': inOrders(
    `update orders set product_id = 'car' where id = ${withStatus('PAID')}`,
    order,
  ),
  'another email of a contact': inNotices(
    `update contacts set email = 'mallory@example.com' where user_id = ${reached}`,
    contact,
  ),
  'an older version of a contact': inNotices(`update contacts set version = 0 where user_id = ${reached}`, contact),
  'a contact that is gone': inNotices(`delete from contacts where user_id = ${reached}`, contact),
  'what is left of a deleted customer, gone too': {
    ...inNotices('delete from contacts where deleted_at is not null', contact),
    elsewhere: ['order.orders'],
  },
  'a contact of nobody': inNotices(
    `insert into contacts (user_id, version, email, name) values (${nobody}, 1, 'mallory@example.com', 'Mallory')`,
    contact,
  ),
  'a seal on the orders of somebody whose accounts are open': inOrders(
    `insert into seals (closing_id, customer_id, sealed_at)
     select ${nobody}, customer_id, now() - interval '1 s' from orders where status = 'PAID' order by id limit 1`,
    `'order.seals ' || closing_id`,
  ),
  'a dead letter': inLedger(
    `insert into outbox (kind, key, payload, failed_at, failure) values ('transfer-sent', 'x', '{}', now(), 'poison')`,
    `'billing.outbox ' || id || ' (transfer-sent x)'`,
  ),
  'what waits in an outbox for too long': inOrders(
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
  'an order that says PAID and was rejected': {
    ...inOrders(
      `update orders set status = 'PAID', rejection_reason = null where rejection_reason = 'INSUFFICIENT_FUNDS'`,
      order,
    ),
    elsewhere: ['notification.notifications'],
  },
  'an order that waits and has no row in the outbox': inOrders(
    `update orders set status = 'REFUNDING' where id = ${withStatus('PAID')}`,
    order,
  ),
  'an order that waits for too long': {
    ...inOrders(`update orders set status = 'REFUNDING' where id = ${withStatus('PAID')}`, order),
    before: `insert into outbox (kind, key, payload, created_at)
      select 'order-refund', ${withStatus('PAID')}, '{}', now() - interval '1 s'`,
  },
  'an order that is gone, by what is about it': {
    ...inOrders(
      `delete from orders where rejection_reason = 'INSUFFICIENT_FUNDS'`,
      `(select 'order.idempotency ' || idempotency.customer_id || ' placeOrder ' || key from idempotency
        where result_id = id)`,
    ),
    elsewhere: ['billing.settlements', 'notification.notifications'],
  },
  'a notification that is gone, by its order': inNotices(
    `delete from notifications where id = ${noticeOfKind('ORDER_REFUNDED')}`,
    orderOf,
  ),
  'a notification that is gone, by its transfer': inNotices(
    `delete from notifications where id = ${noticeOfKind('TRANSFER_RECEIVED')}`,
    entryTransaction,
  ),
  'a notification that is there twice': inNotices(
    `insert into notifications (id, customer_id, kind, order_id, transaction_id, recipient, subject, body)
     select gen_random_uuid(), customer_id, kind, order_id, transaction_id, recipient, subject, body
     from notifications where id in (${noticeOfKind('ORDER_PAID')}, ${noticeOfKind('TRANSFER_RECEIVED')})`,
    notice,
  ),
  'a notification about nothing': inNotices(
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
  'a notification that an order gives no reason for': inNotices(
    `update notifications set kind = 'ORDER_REFUNDED' where id = ${noticeOfKind('ORDER_REJECTED')}`,
    notice,
    orderOf,
  ),
  'the notifications of somebody who is gone': inNotices(
    `update contacts set deleted_at = now(), email = null, name = null
     where user_id = (select customer_id from notifications limit 1)`,
    `(select string_agg('notification.notifications ' || id, ',') from notifications where customer_id = user_id)`,
    contact,
  ),
};
