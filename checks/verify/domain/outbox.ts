import type { Finding } from '../finding.ts';

export interface OutboxRow {
  readonly id: bigint;
  readonly kind: string;
  readonly key: string;
  readonly createdAt: Date;
  readonly failedAt: Date | null;
  readonly failure: string | null;
}

/** Reports a dead-lettered row, and a row that has waited since before the horizon. */
export function checkOutboxRow(table: string, row: OutboxRow, horizon: Date): Finding[] {
  const id = `${row.id} (${row.kind} ${row.key})`;
  if (row.failedAt !== null) {
    return [
      { table, id, expected: 'done', found: `a dead letter since ${row.failedAt.toISOString()}: ${row.failure}` },
    ];
  }
  if (row.createdAt >= horizon) return [];
  return [{ table, id, expected: 'done', found: `waiting since ${row.createdAt.toISOString()}` }];
}
