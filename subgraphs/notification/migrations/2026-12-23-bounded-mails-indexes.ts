import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** Indexes with which emails are counted and held ones found. */
export class BoundedMailsIndexes extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const indexes = [
      ['notifications_by_mail', 'notifications (customer_id, mail_at) where mail_at is not null'],
      [
        'notifications_by_mail_of_sender',
        'notifications (sender_id, mail_at) where mail_at is not null and sender_id is not null',
      ],
      [
        'notifications_held',
        'notifications (held_at, customer_id) where held_at is not null and sent_at is null and refused_at is null',
      ],
    ] as const;
    for (const [name, on] of indexes) for (const statement of rebuiltIndex(name, on)) this.addSql(statement);
  }
}
