import type { Untold } from './domain/notice.ts';
import type { Report } from './report.ts';
import type { Snapshot } from './snapshot.ts';

const batch = 1_000;

/** Collects what customers were not told, and reports it of those who are not gone, many at a time. */
export class UnnotifiedCustomers {
  readonly #notification: Snapshot;
  readonly #report: Report;
  #waiting: Untold[] = [];

  constructor(notification: Snapshot, report: Report) {
    this.#notification = notification;
    this.#report = report;
  }

  async add(untold: readonly Untold[]): Promise<void> {
    this.#waiting.push(...untold);
    if (this.#waiting.length >= batch) await this.flush();
  }

  async flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const rows = await this.#notification.rows<{ id: string }>(
      'select user_id as id from contacts where user_id = any($1::uuid[]) and deleted_at is not null',
      [waiting.map(({ customerId }) => customerId)],
    );
    const gone = new Set(rows.map(({ id }) => id));
    this.#report.found(waiting.filter(({ customerId }) => !gone.has(customerId)).map(({ finding }) => finding));
  }
}
