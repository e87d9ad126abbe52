import { Migration } from '@mikro-orm/migrations';
import { firstLookLater } from '#platform/postgres/statistics.ts';

/** Makes PostgreSQL read the growing tables by index from the first row on. */
export class Statistics extends Migration {
  override up(): void {
    for (const table of ['orders', 'seals', 'idempotency']) this.addSql(firstLookLater(table));
  }
}
