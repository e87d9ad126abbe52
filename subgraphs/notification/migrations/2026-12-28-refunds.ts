import { Migration } from '@mikro-orm/migrations';

/** Each refund of an order has a notification and an event of its own. And an order can be cancelled. */
export class Refunds extends Migration {
  override up(): void {
    this.addSql(`
      alter table notifications
        add column refund_number integer,
        add constraint notifications_refund_number_check check (
          refund_number is null or kind = 'ORDER_REFUNDED') not valid,
        drop constraint notifications_kind_check,
        add constraint notifications_kind_check check (kind in (
          'ORDER_PAID', 'ORDER_REJECTED', 'ORDER_CANCELLED', 'ORDER_REFUNDED', 'TRANSFER_RECEIVED',
          'WEBHOOK_DISABLED')) not valid`);
  }
}
