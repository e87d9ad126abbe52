import { Migration } from '@mikro-orm/migrations';
import { idempotencyTable } from '#platform/postgres/idempotency.ts';

/** The idempotency keys of operators who send a message again. */
export class ResentMessages extends Migration {
  override up(): void {
    this.addSql(idempotencyTable);
  }
}
