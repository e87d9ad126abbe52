import { Migration } from '@mikro-orm/migrations';
import { searchPath } from '#platform/postgres/row-hash.ts';

/**
 * An order is refunded in several parts, each with an id, and can be cancelled. The database adds up an order's refunds:
 * their sum is never more than its payment.
 */
export class Refunds extends Migration {
  override up(): void {
    this.addSql(`
      alter table settlements
        add column refund_id uuid,
        add constraint settlements_refund_id_check check (refund_id is null or kind = 'REFUND') not valid,
        drop constraint settlements_rejection_reason_check,
        add constraint settlements_rejection_reason_check check (rejection_reason in (
          'INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'ACCOUNT_FROZEN', 'CONSENT_MISSING', 'CONSENT_WITHDRAWN',
          'CONSENT_EXPIRED', 'ORDER_LIMIT_EXCEEDED', 'MONTH_LIMIT_EXCEEDED', 'NOT_PROCESSED', 'CANCELLED')) not valid`);
    this.#refundsAreBounded();
  }

  /** The lock on the accounts that paid makes concurrent refunds of an order see each other. */
  #refundsAreBounded(): void {
    const sum = (kind: string) => `
      select coalesce(sum(amount_minor), 0) from settlements join transactions on id = transaction_id
      where settlements.order_id = refunded.order_id and settlements.kind = '${kind}'`;
    this.addSql(`
      create function bound_refunds() returns trigger language plpgsql security definer ${searchPath}
        set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
      begin
        if not exists (select from inserted where kind = 'REFUND' and transaction_id is not null) then
          return null;
        end if;
        perform 1 from accounts where id in (
          select from_account_id from inserted as refunded
          join settlements on settlements.order_id = refunded.order_id and settlements.kind = 'PAYMENT'
          join transactions on transactions.id = settlements.transaction_id
          where refunded.kind = 'REFUND'
        ) order by id for no key update;
        if exists (
          select from (select distinct order_id from inserted where kind = 'REFUND') as refunded
          where (${sum('REFUND')}) > (${sum('PAYMENT')})
        ) then
          raise exception 'the refunds of an order must not be more than its payment'
            using errcode = 'check_violation', constraint = 'refunds_within_payment';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger bound_refunds after insert on settlements
        referencing new table as inserted for each statement execute function bound_refunds()`);
  }
}
