import type { MissingNotice } from './domain/notice.ts';
import type { Report } from './report.ts';
import { rowParser, text } from './row-parser.ts';
import type { Snapshot } from './snapshot.ts';

const batch = 1_000;
const parseDeleted = rowParser<{ readonly id: string }>('notification.contacts', { id: text });

/** Collects missing notifications, and reports those of customers who are not deleted, in batches. */
export class UnnotifiedCustomers {
  readonly #notification: Snapshot;
  readonly #report: Report;
  #waiting: MissingNotice[] = [];

  constructor(notification: Snapshot, report: Report) {
    this.#notification = notification;
    this.#report = report;
  }

  async add(missing: readonly MissingNotice[]): Promise<void> {
    this.#waiting.push(...missing);
    if (this.#waiting.length >= batch) await this.flush();
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const rows = await this.#notification.list(
      parseDeleted,
      'select user_id as id from contacts where user_id = any($1::uuid[]) and deleted_at is not null',
      [waiting.map(({ customerId }) => customerId)],
    );
    const gone = new Set(rows.map(({ id }) => id));
    this.#report.found(waiting.filter(({ customerId }) => !gone.has(customerId)).map(({ finding }) => finding));
  }
}
