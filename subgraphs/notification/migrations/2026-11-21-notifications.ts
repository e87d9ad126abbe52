import { Migration } from '@mikro-orm/migrations';

export class Notifications extends Migration {
  override up(): void {
    this.addSql(`
      create table notifications (
        id uuid primary key,
        customer_id uuid not null,
        kind text not null check (kind in ('ORDER_PAID', 'ORDER_REJECTED', 'ORDER_REFUNDED', 'TRANSFER_RECEIVED')),
        order_id uuid,
        transaction_id uuid,
        recipient text not null,
        subject text not null,
        body text not null,
        read_at timestamptz(3),
        sent_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        check ((kind = 'TRANSFER_RECEIVED') = (transaction_id is not null)),
        check ((transaction_id is null) = (order_id is not null))
      )`);
    this.addSql(
      'create unique index notifications_by_order on notifications (order_id, kind) where order_id is not null',
    );
    this.addSql(
      'create unique index notifications_by_transaction on notifications (transaction_id, kind) ' +
        'where transaction_id is not null',
    );
    this.addSql('create index notifications_by_time on notifications (customer_id, created_at, id)');
    this.addSql(
      'create index notifications_unread on notifications (customer_id, created_at, id) where read_at is null',
    );
    this.addSql(`
      create table contacts (
        user_id uuid primary key,
        version integer not null check (version > 0),
        email text,
        name text,
        deleted_at timestamptz(3),
        check ((deleted_at is null) = (email is not null)),
        check ((deleted_at is null) = (name is not null))
      )`);
  }
}
