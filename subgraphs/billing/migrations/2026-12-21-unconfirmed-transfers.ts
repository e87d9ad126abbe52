import { Migration } from '@mikro-orm/migrations';

/** Counts what each customer sends without a confirmation, so that a large amount cannot be split. */
export class UnconfirmedTransferCounts extends Migration {
  override up(): void {
    this.addSql(`
      create table unconfirmed_transfers (
        customer_id uuid primary key,
        day date not null default (now() at time zone 'UTC')::date,
        sent_minor bigint not null default 0 check (sent_minor >= 0),
        day_before_minor bigint not null default 0 check (day_before_minor >= 0)
      )`);
  }
}
