import type { Finding } from './finding.ts';
import type { OrderedRows } from './ordered-rows.ts';
import type { Report } from './report.ts';
import type { Snapshot } from './snapshot.ts';

interface Key {
  readonly customerId: string;
  readonly mutation: string;
  readonly key: string;
  readonly resultId: string;
  readonly made: boolean;
}

/** Names idempotency keys of what is not there. */
export async function verifyKeys(
  { billing, order }: { readonly billing: Snapshot; readonly order: Snapshot },
  report: Report,
): Promise<void> {
  for (const [snapshot, table, made] of [
    [billing, 'billing.idempotency', 'transactions'],
    [order, 'order.idempotency', 'orders'],
  ] as const) {
    const keys = await snapshot.stream<Key>(`
      select idempotency.customer_id as "customerId", mutation, key, result_id as "resultId",
        made.id is not null as made
      from idempotency left join ${made} as made on made.id = result_id`);
    await eachRow(keys, (row) => {
      report.found(checkKey(table, made, row));
      report.looked(table);
    });
  }
}

function checkKey(table: string, made: string, { customerId, mutation, key, resultId, made: isMade }: Key): Finding[] {
  if (isMade) return [];
  return [{ table, id: `${customerId} ${mutation} ${key}`, expected: `${resultId} in ${made}`, found: 'none' }];
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
