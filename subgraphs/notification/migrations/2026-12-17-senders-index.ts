import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** Finds the messages about the transfers of a deleted sender. */
export class SendersIndex extends IndexMigration {
  protected override readonly indexes = [
    ['notifications_by_sender', 'notifications (sender_id) where sender_id is not null'],
  ] as const;
}
