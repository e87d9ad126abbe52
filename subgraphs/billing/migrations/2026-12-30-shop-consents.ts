import { Migration } from '@mikro-orm/migrations';
import { hashNewRows, msOf, searchPath } from '#platform/postgres/row-hash.ts';
import { refuse } from './functions.ts';

/**
 * Customers let shops debit them, within a limit per order and per calendar month (UTC). The database counts what a shop
 * debits, so no process needs the right to write a count.
 */
export class ShopConsents extends Migration {
  override up(): void {
    this.addSql(`
      alter table settlements
        drop constraint settlements_rejection_reason_check,
        add constraint settlements_rejection_reason_check check (rejection_reason in (
          'INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'ACCOUNT_FROZEN', 'CONSENT_MISSING', 'CONSENT_WITHDRAWN',
          'CONSENT_EXPIRED', 'ORDER_LIMIT_EXCEEDED', 'MONTH_LIMIT_EXCEEDED', 'NOT_PROCESSED')) not valid`);
    this.#consents();
    this.#consentsAreWithdrawnOnce();
    this.#payments();
    this.#paymentsCount();
  }

  /** A customer has at most one open consent for a shop and a currency, so that limits do not add up. */
  #consents(): void {
    this.addSql(`
      create table shop_consents (
        id uuid primary key,
        customer_id uuid not null,
        shop_id uuid not null,
        shop_name text not null check (length(shop_name) between 1 and 100),
        currency text not null,
        order_limit_minor bigint not null check (order_limit_minor > 0),
        month_limit_minor bigint not null,
        given_at timestamptz(3) not null default now(),
        expires_at timestamptz(3),
        withdrawn_at timestamptz(3),
        withdrawal_hash bytea check (length(withdrawal_hash) = 32),
        check (month_limit_minor >= order_limit_minor),
        check (expires_at > given_at),
        check ((withdrawn_at is null) = (withdrawal_hash is null))
      )`);
    this.addSql(
      'create unique index shop_consents_open on shop_consents (customer_id, shop_id, currency) where withdrawn_at is null',
    );
    this.addSql('create index shop_consents_by_customer on shop_consents (customer_id, id)');
    const given = ['id', 'customer_id', 'shop_id', 'currency', 'order_limit_minor', 'month_limit_minor'];
    const times = [msOf('new.given_at'), msOf('new.expires_at')];
    const values = [...given.map((column) => `new.${column}::text`), ...times, 'new.shop_name'];
    for (const statement of hashNewRows('shop_consents', values)) this.addSql(statement);
    for (const statement of refuse('delete or truncate', 'shop_consents', 'deleted')) this.addSql(statement);
  }

  #consentsAreWithdrawnOnce(): void {
    this.addSql(`
      create function withdraw_consent() returns trigger language plpgsql ${searchPath} as $$
      begin
        if old.withdrawn_at is not null or new.withdrawn_at is null
          or (old.id, old.customer_id, old.shop_id, old.shop_name, old.currency, old.order_limit_minor,
              old.month_limit_minor, old.given_at, old.expires_at, old.hash) is distinct from
            (new.id, new.customer_id, new.shop_id, new.shop_name, new.currency, new.order_limit_minor,
              new.month_limit_minor, new.given_at, new.expires_at, new.hash)
        then
          raise exception 'a consent can only be withdrawn, once' using errcode = 'restrict_violation';
        end if;
        new.withdrawal_hash := row_hash(encode(new.hash, 'hex'), ${msOf('new.withdrawn_at')});
        return new;
      end $$`);
    this.addSql(
      'create trigger withdraw_consent before update on shop_consents for each row execute function withdraw_consent()',
    );
  }

  /** The payments of shops' orders, each once, and their sums. A month is a number such as 202612. */
  #payments(): void {
    this.addSql(`
      create table shop_payments (
        order_id uuid primary key,
        consent_id uuid not null references shop_consents,
        month integer not null check (month % 100 between 1 and 12),
        amount_minor bigint not null check (amount_minor > 0)
      )`);
    this.addSql('create index shop_payments_by_consent on shop_payments (consent_id, month)');
    for (const statement of refuse('update or delete or truncate', 'shop_payments', 'changed')) this.addSql(statement);
    this.addSql(`
      create table shop_months (
        consent_id uuid not null references shop_consents,
        month integer not null,
        spent_minor bigint not null,
        limit_minor bigint not null,
        primary key (consent_id, month),
        constraint shop_months_limit check (spent_minor between 1 and limit_minor)
      )`);
  }

  /** The trigger has the rights of the tables' owner. A payment must be one that the consent allows and that was made. */
  #paymentsCount(): void {
    this.addSql(`
      create function count_shop_payment() returns trigger language plpgsql security definer ${searchPath} as $$
      declare
        consent shop_consents;
      begin
        select * into strict consent from shop_consents where id = new.consent_id;
        if consent.withdrawn_at is not null or new.amount_minor > consent.order_limit_minor or not exists (
          select from settlements join transactions on transactions.id = transaction_id
          where settlements.order_id = new.order_id and settlements.kind = 'PAYMENT'
            and from_customer_id = consent.customer_id and currency = consent.currency
            and amount_minor = new.amount_minor
            and created_at < coalesce(consent.expires_at, 'infinity')
            and to_char(created_at at time zone 'UTC', 'YYYYMM')::integer = new.month)
        then
          raise exception 'a shop can debit only what a consent allows'
            using errcode = 'check_violation', constraint = 'shop_payments_of_consents';
        end if;
        insert into shop_months (consent_id, month, spent_minor, limit_minor)
        values (new.consent_id, new.month, new.amount_minor, consent.month_limit_minor)
        on conflict (consent_id, month) do update set spent_minor = shop_months.spent_minor + excluded.spent_minor;
        return null;
      end $$`);
    this.addSql(
      'create trigger count_shop_payment after insert on shop_payments for each row execute function count_shop_payment()',
    );
  }
}
