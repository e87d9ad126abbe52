import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** Indexes with which emails are counted and held ones found. */
export class BoundedMailsIndexes extends IndexMigration {
  protected override readonly indexes = [
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
}
