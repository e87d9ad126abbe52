import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** The indexes by amount compare amounts of currencies that have different numbers of decimal places. */
export class ComparableAmounts extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const statements = [
      ...rebuiltIndex(
        'transactions_sent_by_amount',
        `transactions (from_customer_id, comparable_amount(amount_minor, currency), id)
          where from_customer_id is not null`,
      ),
      ...rebuiltIndex(
        'transactions_received_by_amount',
        `transactions (to_customer_id, comparable_amount(amount_minor, currency), id)
          where to_customer_id is not null and from_customer_id is distinct from to_customer_id`,
      ),
    ];
    for (const statement of statements) this.addSql(statement);
  }
}
