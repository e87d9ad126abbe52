import { Migration } from '@mikro-orm/migrations';
import { searchPath } from '#platform/postgres/row-hash.ts';
import { refuse } from './functions.ts';

/**
 * Deposits through a payment provider. A row is written before the provider is called, and ends once: COMPLETED with the
 * ledger's transaction of the same id, or FAILED without one.
 */
export class ProviderPayments extends Migration {
  override up(): void {
    this.addSql(`
      create table provider_payments (
        id uuid primary key,
        customer_id uuid not null,
        account_id uuid not null,
        amount_minor bigint not null check (amount_minor > 0),
        currency text not null,
        state text not null default 'PENDING' check (state in ('PENDING', 'COMPLETED', 'FAILED')),
        requested_at timestamptz(3) not null default now(),
        asked_at timestamptz(3) not null default now(),
        provider_id text unique check (length(provider_id) between 1 and 200),
        pay_url text check (length(pay_url) between 1 and 2000),
        ended_at timestamptz(3),
        failure text check (length(failure) between 1 and 200),
        problem text check (length(problem) between 1 and 200),
        check ((state = 'PENDING') = (ended_at is null)),
        check ((state = 'FAILED') = (failure is not null))
      )`);
    this.addSql('create index provider_payments_of_customers on provider_payments (customer_id, id)');
    this.addSql(`create index provider_payments_pending on provider_payments (asked_at) where state = 'PENDING'`);
    this.addSql(`
      create function end_provider_payment() returns trigger language plpgsql ${searchPath} as $$
      begin
        if old.state <> 'PENDING'
          or (old.id, old.customer_id, old.account_id, old.amount_minor, old.currency, old.requested_at) is distinct from
            (new.id, new.customer_id, new.account_id, new.amount_minor, new.currency, new.requested_at)
          or (old.provider_id is not null and new.provider_id is distinct from old.provider_id)
        then
          raise exception 'a payment can only end, once' using errcode = 'restrict_violation';
        end if;
        if (new.state = 'COMPLETED') <> exists (
          select from transactions
          where id = new.id and kind = 'DEPOSIT' and (to_account_id, to_customer_id, amount_minor, currency)
            = (new.account_id, new.customer_id, new.amount_minor, new.currency))
        then
          raise exception 'exactly a completed payment has its transaction'
            using errcode = 'check_violation', constraint = 'provider_payments_have_transactions';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger end_provider_payment before update on provider_payments
        for each row execute function end_provider_payment()`);
    for (const statement of refuse('delete or truncate', 'provider_payments', 'deleted')) this.addSql(statement);
  }
}
