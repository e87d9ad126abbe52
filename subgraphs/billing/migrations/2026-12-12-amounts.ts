import { Migration } from '@mikro-orm/migrations';

/** The indexes by amount compare amounts of currencies that have different numbers of decimal places. */
export class ComparableAmounts extends Migration {
  override up(): void {
    this.addSql('drop index transactions_sent_by_amount, transactions_received_by_amount');
    this.addSql(`
      create index transactions_sent_by_amount
        on transactions (from_customer_id, comparable_amount(amount_minor, currency), id)
        where from_customer_id is not null`);
    this.addSql(`
      create index transactions_received_by_amount
        on transactions (to_customer_id, comparable_amount(amount_minor, currency), id)
        where to_customer_id is not null and from_customer_id is distinct from to_customer_id`);
  }
}
