import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** An index-only scan sums a system account, and pages of its entries are read from the same index. */
export class HouseEntries extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const on = `entries (system_account, currency, transaction_id) include (amount_minor)
      where system_account is not null`;
    for (const statement of rebuiltIndex('entries_of_house', on)) this.addSql(statement);
  }
}
