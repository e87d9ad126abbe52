import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** When the email of a notification got its place within the bounds of an hour, and when it was held instead. */
export class BoundedMails extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(`
      alter table notifications
        add column if not exists mail_at timestamptz(3),
        add column if not exists held_at timestamptz(3)`);
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
