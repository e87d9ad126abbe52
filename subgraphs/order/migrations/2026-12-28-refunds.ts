import { Migration } from '@mikro-orm/migrations';
import { firstLookLater } from '#platform/postgres/statistics.ts';
import { hashNewRows, msOf, searchPath } from '#platform/postgres/row-hash.ts';

/**
 * An order is refunded in several parts, of which at most one is requested at a time, and can be cancelled while it is
 * PENDING. The database bounds the sum of an order's refunds, when they are requested and when they are made.
 */
export class Refunds extends Migration {
  override up(): void {
    this.addSql(`
      alter table orders
        add column refunded_minor bigint not null default 0,
        add constraint orders_refunded_minor_check check (refunded_minor between 0 and total_minor) not valid,
        drop constraint orders_status_check,
        add constraint orders_status_check check (status in (
          'PENDING', 'PAID', 'REJECTED', 'CANCELLED', 'REFUNDING', 'PARTIALLY_REFUNDED', 'REFUNDED')) not valid`);
    this.addSql(`
      create table refunds (
        id uuid primary key,
        order_id uuid not null,
        number integer not null check (number > 0),
        amount_minor bigint not null check (amount_minor > 0),
        reason text check (length(reason) between 1 and 500),
        by_staff boolean not null,
        status text not null default 'REQUESTED' check (status in ('REQUESTED', 'MADE', 'REFUSED')),
        requested_at timestamptz(3) not null default now(),
        settled_at timestamptz(3),
        check ((status = 'REQUESTED') = (settled_at is null))
      )`);
    this.addSql('create index refunds_of_orders on refunds (order_id, requested_at)');
    this.addSql(`create unique index refunds_requested on refunds (order_id) where status = 'REQUESTED'`);
    this.addSql(`create unique index refunds_made on refunds (order_id, number) where status = 'MADE'`);
    this.addSql(firstLookLater('refunds'));
    const parts = ['id', 'order_id', 'number', 'amount_minor', 'by_staff'].map((column) => `new.${column}::text`);
    for (const statement of hashNewRows('refunds', [...parts, msOf('new.requested_at'), 'new.reason'])) {
      this.addSql(statement);
    }
    this.#requestsAreBounded();
    this.#decisionsStay();
  }

  /** The lock on the order makes concurrent requests see each other. */
  #requestsAreBounded(): void {
    this.addSql(`
      create function bound_refund() returns trigger language plpgsql security definer ${searchPath} as $$
      begin
        perform 1 from orders where id = new.order_id for no key update;
        if not exists (
          select from orders where id = new.order_id and new.amount_minor <= total_minor - refunded_minor
        ) then
          raise exception 'a refund must not be more than what is left of its order'
            using errcode = 'check_violation', constraint = 'refunds_within_total';
        end if;
        return new;
      end $$`);
    this.addSql('create trigger bound_refund before insert on refunds for each row execute function bound_refund()');
  }

  #decisionsStay(): void {
    this.addSql(`
      create function keep_refund() returns trigger language plpgsql ${searchPath} as $$
      begin
        raise exception 'a refund is decided once' using errcode = 'restrict_violation';
      end $$`);
    this.addSql(`
      create trigger keep_refund before update on refunds
        for each row when (old.status <> 'REQUESTED' or
          old.hash is distinct from new.hash or
          (old.id, old.order_id, old.number, old.amount_minor) is distinct from
          (new.id, new.order_id, new.number, new.amount_minor))
        execute function keep_refund()`);
  }
}
