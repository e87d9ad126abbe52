import { Migration } from '@mikro-orm/migrations';
import { idempotencyTable } from '#platform/postgres/idempotency.ts';
import { outboxTable } from '#platform/messaging/outbox.ts';

export class Orders extends Migration {
  override up(): void {
    this.addSql(`
      create table orders (
        id uuid primary key,
        customer_id uuid not null,
        product_id text not null check (length(product_id) between 1 and 200),
        unit_price_minor bigint not null check (unit_price_minor > 0),
        currency text not null check (currency in ('USD', 'EUR', 'CNY')),
        quantity integer not null check (quantity > 0),
        total_minor bigint not null check (total_minor = unit_price_minor * quantity),
        status text not null check (status in ('PENDING', 'PAID', 'REJECTED', 'REFUNDING', 'REFUNDED')),
        rejection_reason text check (rejection_reason in ('INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'NOT_PROCESSED')),
        placed_at timestamptz(3) not null default now(),
        settled_at timestamptz(3),
        check ((status = 'REJECTED') = (rejection_reason is not null)),
        check ((status = 'PENDING') = (settled_at is null))
      )`);
    this.addSql('create index orders_by_time on orders (customer_id, placed_at, id)');
    this.addSql('create index orders_by_total on orders (customer_id, total_minor, id)');
    this.addSql(idempotencyTable);
    for (const statement of outboxTable) this.addSql(statement);
  }
}
