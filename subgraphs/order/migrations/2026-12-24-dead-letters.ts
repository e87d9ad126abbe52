import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** The index with which operators list dead letters. */
export class DeadLetters extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const index = rebuiltIndex('outbox_failed', 'outbox (id) where failed_at is not null');
    for (const statement of index) this.addSql(statement);
  }
}
