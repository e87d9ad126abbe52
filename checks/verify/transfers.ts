import { checkTransferNotices, type Transfer, type TransferNotice } from './domain/notice.ts';
import { joinByKey } from './ordered-rows.ts';
import type { Report } from './report.ts';
import { boolean, integer, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';
import { UnnotifiedCustomers } from './unnotified-customers.ts';

export interface TransferSnapshots {
  readonly billing: Snapshot;
  readonly notification: Snapshot;
}

const parseTransfer = rowParser<Transfer>('billing.transactions', {
  id: text,
  customerId: text,
  createdAt: time,
  deadLetter: boolean,
});
const parseNotice = rowParser<TransferNotice>('notification.notifications', {
  id: text,
  transactionId: text,
  kind: text,
  refundNumber: orNull(integer),
  customerId: text,
  createdAt: time,
});

/** Compares every transfer to another customer with its notification. */
export async function verifyTransfers(snapshots: TransferSnapshots, horizon: Date, report: Report): Promise<void> {
  const missing = new UnnotifiedCustomers(snapshots.notification, report);
  const transfers = await snapshots.billing.stream(
    parseTransfer,
    `
    select transactions.id, to_customer_id as "customerId", transactions.created_at as "createdAt",
      failed_at is not null as "deadLetter"
    from transactions left join outbox on outbox.kind = 'transfer-sent' and key = transactions.id::text
    where transactions.kind = 'TRANSFER' and from_customer_id <> to_customer_id order by transactions.id`,
  );
  const notices = await snapshots.notification.stream(
    parseNotice,
    `
    select id, transaction_id as "transactionId", kind, refund_number as "refundNumber", customer_id as "customerId", created_at as "createdAt"
    from notifications where transaction_id is not null order by transaction_id, created_at, id`,
  );
  const groups = joinByKey<{ transfers: Transfer; notices: TransferNotice }>({
    transfers: { rows: transfers, keyOf: ({ id }) => id },
    notices: { rows: notices, keyOf: ({ transactionId }) => transactionId },
  });
  for await (const { group } of groups) {
    const noticeCheck = checkTransferNotices(group.transfers[0] ?? null, group.notices, horizon);
    report.found(noticeCheck.findings);
    await missing.add(noticeCheck.missing);
    report.checked('notification.notifications', group.notices.length);
  }
  await missing.flush();
}
