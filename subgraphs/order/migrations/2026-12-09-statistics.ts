import { Migration } from '@mikro-orm/migrations';
import { firstLookLater } from '#platform/postgres/statistics.ts';

/** Plans by index for the tables that grow, from the first row on. */
export class Statistics extends Migration {
  override up(): void {
    for (const table of ['orders', 'seals', 'idempotency']) this.addSql(firstLookLater(table));
  }
}
