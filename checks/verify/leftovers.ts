import { type KeyRow, keyHash } from '#platform/postgres/idempotency.ts';
import { compare, type Finding } from './finding.ts';
import type { OrderedRows } from './ordered-rows.ts';
import type { Report } from './report.ts';
import type { Snapshot } from './snapshot.ts';

/** A key that was used, and what it made: either can be missing. */
interface UsedKey extends KeyRow {
  readonly hash: Buffer | null;
  readonly madeId: string;
  /** Who made it, and by which mutation. */
  readonly makerId: string;
  readonly madeBy: string;
}
type Key = { readonly [Name in keyof UsedKey]: UsedKey[Name] | null };

/** What customers make under a key, with who made it and by which mutation. */
const madeInBilling = `
  select id, coalesce(from_customer_id, to_customer_id) as customer_id,
    case kind when 'DEPOSIT' then 'deposit' when 'WITHDRAWAL' then 'withdraw' else 'transfer' end as mutation
  from transactions where kind in ('DEPOSIT', 'WITHDRAWAL', 'TRANSFER')`;
const madeInOrder = `
  select id, customer_id, 'placeOrder' as mutation from orders
  union all
  select id, customer_id, 'refundOrder' from orders
  where status in ('REFUNDING', 'REFUNDED')
    -- A refund that could not be processed leaves its order PAID.
    or (status = 'PAID' and id in (select result_id from idempotency where mutation = 'refundOrder'))`;

/** Compares idempotency keys with what was made under them. */
export async function verifyKeys(
  { billing, order }: { readonly billing: Snapshot; readonly order: Snapshot },
  report: Report,
): Promise<void> {
  for (const [snapshot, database, table, made] of [
    [billing, 'billing', 'transactions', madeInBilling],
    [order, 'order', 'orders', madeInOrder],
  ] as const) {
    const keys = await snapshot.stream<Key>(`
      select idempotency.customer_id as "customerId", idempotency.mutation, key, input_hash as "inputHash",
        result_id as "resultId", hash, made.id as "madeId", made.customer_id as "makerId", made.mutation as "madeBy"
      from idempotency full join (${made}) as made on made.id = result_id and made.mutation = idempotency.mutation`);
    await eachRow(keys, (row) => {
      report.found(checkKey(database, table, row));
      if (row.key !== null) report.looked(`${database}.idempotency`);
    });
  }
}

function checkKey(database: string, table: string, row: Key): Finding[] {
  if (!wasUsed(row)) {
    const { madeId, madeBy } = row;
    return [{ table: `${database}.${table}`, id: madeId!, expected: `an idempotency key of ${madeBy}`, found: 'none' }];
  }
  const { customerId, mutation, key, resultId, madeId, makerId, hash } = row;
  const [keys, id] = [`${database}.idempotency`, `${customerId} ${mutation} ${key}`];
  if (madeId === null) return [{ table: keys, id, expected: `${resultId} in ${table}`, found: 'none' }];
  if (hash === null) return compare(keys, id, { customer: [makerId, customerId] });
  if (!keyHash(row).equals(hash)) return compare(keys, id, { hash: [keyHash(row), hash] });
  // The key is as it was written: if the two differ, what was made under it was changed.
  return compare(`${database}.${table}`, madeId, { customer: [customerId, makerId] });
}

function wasUsed(row: Key): row is Key & KeyRow {
  return row.key !== null;
}

/** Names notifications that the erasure of their customer has left behind. */
export async function verifyErasure(notification: Snapshot, report: Report): Promise<void> {
  const left = await notification.stream<{ id: string; customerId: string }>(`
    select id, customer_id as "customerId" from notifications join contacts on user_id = customer_id
    where deleted_at is not null`);
  await eachRow(left, ({ id, customerId }) =>
    report.found([
      { table: 'notification.notifications', id, expected: 'erased', found: `one of ${customerId}, who is gone` },
    ]),
  );
}

async function eachRow<Row>(rows: OrderedRows<Row>, visit: (row: Row) => void): Promise<void> {
  for (let row = rows.head; row !== undefined; row = rows.head) {
    visit(row);
    await rows.drop();
  }
}
