import { Migration } from '@mikro-orm/migrations';

/**
 * A seal stops a customer's orders and refunds while their accounts are being closed, and permanently once they are.
 * Only the database can refuse an order that races a seal. A statement does not see what was committed after it began.
 * A trigger does, after it has waited for the lock under which seals are written.
 */
export class Seals extends Migration {
  override up(): void {
    this.addSql(`
      create table seals (
        closing_id uuid primary key,
        customer_id uuid not null,
        sealed_at timestamptz(3) not null default now(),
        lifted_at timestamptz(3)
      )`);
    this.addSql('create index seals_of_customers on seals (customer_id) where lifted_at is null');
    this.addSql(`
      create function lock_of_orders(customer uuid) returns bigint language sql immutable strict parallel safe
        as $$ select hashtextextended('orders of ' || customer, 0) $$`);
    this.addSql(`
      create function check_seal() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(lock_of_orders(new.customer_id));
        if exists (select from seals where customer_id = new.customer_id and lifted_at is null) then
          raise exception 'the customer''s orders are sealed'
            using errcode = 'check_violation', constraint = 'orders_of_sealed_customers';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger check_seal before insert or update of status on orders
        for each row when (new.status in ('PENDING', 'REFUNDING')) execute function check_seal()`);
  }
}
