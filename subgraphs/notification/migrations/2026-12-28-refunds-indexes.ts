import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** One notification and one event per refund, where there was one per order before. */
export class RefundsIndexes extends IndexMigration {
  protected override readonly indexes = [
    [
      'notifications_by_order',
      'notifications (order_id, kind, refund_number) nulls not distinct where order_id is not null',
      'unique',
    ],
    ['webhook_events_once', 'webhook_events (object_id, customer_id, type, sequence)', 'unique'],
  ] as const;

  override up(): void {
    super.up();
    this.addSql('alter table webhook_events drop constraint if exists webhook_events_object_id_customer_id_type_key');
  }
}
