import { Migration } from '@mikro-orm/migrations';

/** Counts what each customer sends without a confirmation, so that a large amount cannot be split. */
export class UnconfirmedTransferCounts extends Migration {
  override up(): void {
    this.addSql(`
      create table unconfirmed_transfers (
        customer_id uuid primary key,
        sent_minor bigint not null default 0 check (sent_minor >= 0),
        since timestamptz(3) not null default now()
      )`);
  }
}
