import {
  entryNamed,
  entry,
  entryTransaction,
  itself,
  account,
  settlement,
  orderOf,
  inLedger,
  inOrders,
  inTheMiddle,
  theLast,
  aCustomers,
  ofTheSystem,
  withStatus,
  ofKind,
  quote,
  isHeld,
  nobody,
  firstAccount,
  lastAccount,
  type Tampering,
} from './shared.ts';

/** Changes of the ledger: entries, accounts, transactions, settlements, idempotency keys and quotes. */
export const ledgerTamperings: Readonly<Record<string, Tampering>> = {
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
  'one flipped bit of a hash': inLedger(
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
  'a missing entry: its transaction, and the entry after it': inLedger(
    `delete from entries where ctid = ${inTheMiddle}`,
    entryTransaction,
    `(select ${entryNamed('after.')} from entries as after
      where after.account_id = changed.account_id and after.sequence = changed.sequence + 1)`,
  ),
  'a missing last entry: its transaction and its account': inLedger(
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
  'a transfer from a customer who does not own the account': inLedger(
    `update transactions set from_customer_id = ${nobody}
     where id = (select id from transactions where fee_minor is not null order by id limit 1)`,
    itself,
  ),
  'a withdrawal with another reference': inLedger(
    `update transactions set reference = reference || '0' where id = ${ofKind('WITHDRAWAL')}`,
    itself,
  ),
  'a settlement with another reason, by its order': inLedger(
    `update settlements set rejection_reason = 'NOT_PROCESSED' where rejection_reason = 'INSUFFICIENT_FUNDS'`,
    orderOf,
  ),
  'a settlement by another transaction': inLedger(
    `update settlements set transaction_id = ${ofKind('DEPOSIT')}
     where kind = 'PAYMENT' and order_id = (select order_id from settlements where kind = 'REFUND' order by order_id limit 1)`,
    settlement,
    `(select string_agg('billing.transactions ' || transactions.id, ',') from transactions
      where transactions.order_id = changed.order_id)`,
  ),
  'a payment without its settlement': inLedger(
    `delete from settlements where order_id = (select order_id from transactions where kind = 'ORDER_PAYMENT'
       order by id limit 1)`,
    orderOf,
    `'billing.transactions ' || transaction_id`,
  ),
  'a settlement of a missing order': inLedger(
    `insert into settlements (order_id, kind, rejection_reason, settled_at)
     values (${nobody}, 'PAYMENT', 'NOT_PROCESSED', now() - interval '1 s')`,
    settlement,
  ),
  'a key of a missing result, and a result without a key': {
    ...inLedger(
      `update idempotency set result_id = ${nobody} where mutation = 'deposit'`,
      `'billing.idempotency ' || customer_id || ' ' || mutation || ' ' || key`,
    ),
    elsewhere: ['billing.transactions'],
  },
  'a missing key, by its result': inLedger(
    `delete from idempotency where mutation = 'transfer' and key = (select max(key) from idempotency where mutation = 'transfer')`,
    `'billing.transactions ' || result_id`,
  ),
  'a missing key of an order, by the order': inOrders(
    `delete from idempotency where result_id = ${withStatus('REFUNDED')} and mutation = 'refundOrder'`,
    `'order.orders ' || result_id`,
  ),
  'a key that was changed': inOrders(
    `update idempotency set key = key || 'x' where result_id = ${withStatus('PAID')}`,
    `'order.idempotency ' || customer_id || ' ' || mutation || ' ' || key`,
  ),
  'two accounts with swapped numbers': {
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
  'a reopened account': inLedger(
    `update accounts set status = 'OPEN', closed_at = null
     where id = (select id from accounts where ${isHeld} order by sequence desc, id limit 1)`,
    account,
  ),
  'a reopened account without entries': inLedger(
    `update accounts set status = 'OPEN', closed_at = null
     where id = (select id from accounts where ${isHeld} order by sequence, id limit 1)`,
    account,
  ),
  'a description that was rewritten': inLedger(
    `update transactions set description = 'For the house' where id = ${ofKind('TRANSFER')}`,
    itself,
  ),
  'an empty description': inLedger(
    `update transactions set description = '' where id = ${ofKind('ORDER_PAYMENT')}`,
    itself,
  ),
  'a description that was added': inLedger(
    `update transactions set description = 'For the house' where id = ${ofKind('ORDER_PAYMENT')}`,
    itself,
  ),
  'a quote of a larger amount': {
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
};
