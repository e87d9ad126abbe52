import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** The index by total compares totals of currencies that have different numbers of decimal places. */
export class ComparableTotals extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const on = 'orders (customer_id, comparable_amount(total_minor, currency), id)';
    for (const statement of rebuiltIndex('orders_by_total', on)) this.addSql(statement);
  }
}
