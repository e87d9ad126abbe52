import { Migration } from '@mikro-orm/migrations';
import { keyHashes } from '#platform/postgres/idempotency.ts';
import { hashNewRows, msOf, rowHashFunction } from '#platform/postgres/row-hash.ts';

/** Adds hashes of orders and idempotency keys that `npm run verify` recomputes. Existing rows get no hash. */
export class RowHashes extends Migration {
  override up(): void {
    this.addSql(rowHashFunction);
    const parts = ['id', 'customer_id', 'unit_price_minor', 'currency', 'quantity', 'total_minor'];
    const values = [...parts.map((column) => `new.${column}::text`), msOf('new.placed_at'), 'new.product_id'];
    for (const statement of hashNewRows('orders', values)) this.addSql(statement);
    for (const statement of keyHashes) this.addSql(statement);
  }
}
