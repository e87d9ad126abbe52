import { Migration } from '@mikro-orm/migrations';

/** The index by total compares totals of currencies that have different numbers of decimal places. */
export class ComparableTotals extends Migration {
  override up(): void {
    this.addSql('drop index orders_by_total');
    this.addSql('create index orders_by_total on orders (customer_id, comparable_amount(total_minor, currency), id)');
  }
}
