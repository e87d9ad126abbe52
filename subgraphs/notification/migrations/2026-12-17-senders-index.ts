import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** Finds the messages about the transfers of a deleted sender. */
export class SendersIndex extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const on = 'notifications (sender_id) where sender_id is not null';
    for (const statement of rebuiltIndex('notifications_by_sender', on)) this.addSql(statement);
  }
}
