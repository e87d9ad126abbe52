import { type KeyRow, keyHash } from '#platform/postgres/idempotency.ts';
import { compare, type Finding } from './finding.ts';
import { eachRow } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { bytes, orNull, rowParser, text } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

/** An idempotency key and its result; either can be missing. */
interface UsedKey extends KeyRow {
  readonly hash: Buffer | null;
  readonly resultRowId: string;
  /** The customer and the mutation that created the result. */
  readonly creatorId: string;
  readonly createdBy: string;
}
type Key = { readonly [Name in keyof UsedKey]: UsedKey[Name] | null };

const parseKey = rowParser<Key>('idempotency', {
  customerId: orNull(text),
  mutation: orNull(text),
  key: orNull(text),
  inputHash: orNull(bytes),
  resultId: orNull(text),
  hash: orNull(bytes),
  resultRowId: orNull(text),
  creatorId: orNull(text),
  createdBy: orNull(text),
});
const parseNotice = rowParser<{ readonly id: string; readonly customerId: string }>('notification.notifications', {
  id: text,
  customerId: text,
});

/** Rows that mutations with a key create, with customer and mutation. */
const madeInBilling = `
  select id, coalesce(from_customer_id, to_customer_id) as customer_id,
    case kind when 'DEPOSIT' then 'deposit' when 'WITHDRAWAL' then 'withdraw' else 'transfer' end as mutation
  from transactions where kind in ('DEPOSIT', 'WITHDRAWAL', 'TRANSFER')
    and id not in (select id from provider_payments) and not exists (
    select from staff_acts where act in ('DEPOSITED', 'WITHDREW') and subject = 'transaction:' || transactions.id)
  union all
  select transactions.id, actor_id,
    case act when 'DEPOSITED' then 'depositForCustomer' else 'withdrawForCustomer' end
  from staff_acts join transactions on subject = 'transaction:' || transactions.id
  where act in ('DEPOSITED', 'WITHDREW')
  union all
  select id, customer_id, 'startDeposit' from provider_payments
  union all
  select id, proposed_by, 'proposeCorrection' from corrections
  union all
  select id, customer_id, 'giveShopConsent' from shop_consents`;
const madeInOrder = `
  select id, coalesce(shop_owner_id, customer_id) as customer_id,
    case when shop_owner_id is null then 'placeOrder' else 'placeShopOrder' end as mutation
  from orders left join shop_orders on order_id = id
  union all
  select id, customer_id, 'refundOrder' from orders
  where (status in ('REFUNDING', 'PARTIALLY_REFUNDED', 'REFUNDED') and not exists (
      select from staff_acts where act = 'REFUNDED_ORDER' and subject = 'order:' || orders.id))
    -- An order stays PAID if its refund could not be processed. Staff may then have refunded it.
    or (status in ('PAID', 'REFUNDING', 'PARTIALLY_REFUNDED', 'REFUNDED')
      and id in (select result_id from idempotency where mutation = 'refundOrder'))
  union all
  select id, customer_id, 'cancelOrder' from orders
  where id in (select result_id from idempotency where mutation = 'cancelOrder')
  union all
  select orders.id, actor_id, 'refundCustomerOrder' from staff_acts join orders on subject = 'order:' || orders.id
  where act = 'REFUNDED_ORDER'`;

/** The tables of the results of some mutations. */
const otherTables = new Map([
  ['proposeCorrection', 'corrections'],
  ['giveShopConsent', 'shop_consents'],
  ['startDeposit', 'provider_payments'],
]);

/**
 * Operators can refund an order one after another, if the first refund could not be processed. Each has a key and an act.
 * Of other results there is one key, and one that names another customer is reported as such.
 */
const refundedBy = (table: string) =>
  `case ${table}.mutation when 'refundCustomerOrder' then ${table}.customer_id::text else '' end`;

/** Compares idempotency keys with their results. */
export async function verifyKeys(
  { billing, order }: { readonly billing: Snapshot; readonly order: Snapshot },
  report: Report,
): Promise<void> {
  for (const [snapshot, database, table, made] of [
    [billing, 'billing', 'transactions', madeInBilling],
    [order, 'order', 'orders', madeInOrder],
  ] as const) {
    const keys = await snapshot.stream(
      parseKey,
      `
      select idempotency.customer_id as "customerId", idempotency.mutation, key, input_hash as "inputHash",
        result_id as "resultId", hash, made.id as "resultRowId", made.customer_id as "creatorId", made.mutation as "createdBy"
      from idempotency full join (${made}) as made on made.id = result_id and made.mutation = idempotency.mutation
        and ${refundedBy('made')} = ${refundedBy('idempotency')}`,
    );
    await eachRow(keys, (row) => {
      const made = otherTables.get(row.mutation ?? row.createdBy ?? '') ?? table;
      report.found(checkKey(database, made, row));
      if (row.key !== null) report.checked(`${database}.idempotency`);
    });
  }
}

function checkKey(database: string, table: string, row: Key): Finding[] {
  if (!hasKey(row)) {
    const { resultRowId, createdBy } = row;
    return [
      {
        table: `${database}.${table}`,
        id: resultRowId!,
        expected: `an idempotency key of ${createdBy}`,
        found: 'none',
      },
    ];
  }
  const { customerId, mutation, key, resultId, resultRowId, creatorId, hash } = row;
  const [keys, id] = [`${database}.idempotency`, `${customerId} ${mutation} ${key}`];
  if (resultRowId === null) return [{ table: keys, id, expected: `${resultId} in ${table}`, found: 'none' }];
  if (hash === null) return compare(keys, id, { customer: [creatorId, customerId] });
  if (!keyHash(row).equals(hash)) return compare(keys, id, { hash: [keyHash(row), hash] });
  // The key's hash is valid. If the customers differ, the result was changed.
  return compare(`${database}.${table}`, resultRowId, { customer: [customerId, creatorId] });
}

function hasKey(row: Key): row is Key & KeyRow {
  return row.key !== null;
}

/** Reports notifications of deleted customers, which should have been erased. */
export async function verifyErasure(notification: Snapshot, report: Report): Promise<void> {
  const left = await notification.stream(
    parseNotice,
    `
    select id, customer_id as "customerId" from notifications join contacts on user_id = customer_id
    where deleted_at is not null`,
  );
  await eachRow(left, ({ id, customerId }) =>
    report.found([
      {
        table: 'notification.notifications',
        id,
        expected: 'erased',
        found: `a notification of the deleted customer ${customerId}`,
      },
    ]),
  );
}
