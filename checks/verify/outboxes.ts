import { checkOutboxRow, type OutboxRow } from './domain/outbox.ts';
import type { Report } from './report.ts';
import { amount, orNull, rowParser, text, time } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const parseRow = rowParser<OutboxRow>('outbox', {
  id: amount,
  kind: text,
  key: text,
  createdAt: time,
  failedAt: orNull(time),
  failure: orNull(text),
});

/** Reports dead-lettered rows of an outbox, and rows that have waited since before the horizon. */
export async function verifyOutbox(table: string, snapshot: Snapshot, horizon: Date, report: Report): Promise<void> {
  const rows = await snapshot.stream(
    parseRow,
    'select id, kind, key, created_at as "createdAt", failed_at as "failedAt", failure from outbox order by id',
  );
  for (let row = rows.head; row !== undefined; row = rows.head) {
    report.found(checkOutboxRow(table, row, horizon));
    report.checked(table);
    await rows.advance();
  }
}
