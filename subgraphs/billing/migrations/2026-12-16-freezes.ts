import { Migration } from '@mikro-orm/migrations';
import { hashNewRows, msOf, searchPath } from '#platform/postgres/row-hash.ts';
import { refuse } from './functions.ts';

/**
 * Operators freeze a customer or one account. The database derives `accounts.frozen` from the open freezes, so no process
 * needs the right to write it, and an account's row says under its lock whether money may move.
 */
export class Freezes extends Migration {
  override up(): void {
    // In the order in which the workers lock the tables.
    this.addSql(`
      alter table accounts
        add column frozen boolean not null default false,
        add constraint accounts_frozen_are_open check (status = 'OPEN' or not frozen) not valid`);
    this.addSql(`
      alter table settlements
        drop constraint settlements_rejection_reason_check,
        add constraint settlements_rejection_reason_check check (rejection_reason in (
          'INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'ACCOUNT_FROZEN', 'NOT_PROCESSED')) not valid`);
    this.#freezes();
    this.#freezesAreLiftedOnce();
    this.#freezesChangeAccounts();
    this.#newAccountsAreFrozen();
    this.#frozenAccountsMoveNoMoney();
  }

  /** A freeze without an account is of all accounts of the customer. */
  #freezes(): void {
    this.addSql(`
      create table freezes (
        id uuid primary key,
        customer_id uuid not null,
        account_id uuid,
        reason text not null check (length(reason) between 5 and 500),
        frozen_by uuid,
        frozen_at timestamptz(3) not null default now(),
        lift_reason text check (length(lift_reason) between 5 and 500),
        lifted_by uuid,
        lifted_at timestamptz(3),
        lift_hash bytea check (length(lift_hash) = 32),
        check (num_nulls(lift_reason, lifted_at, lift_hash) in (0, 3)),
        check (lifted_by is null or lifted_at is not null)
      )`);
    this.addSql(`
      create unique index freezes_open on freezes (customer_id, account_id) nulls not distinct where lifted_at is null`);
    const frozen = ['new.id::text', 'new.customer_id::text', 'new.account_id::text', 'new.frozen_by::text'];
    for (const statement of hashNewRows('freezes', [...frozen, msOf('new.frozen_at'), 'new.reason']))
      this.addSql(statement);
    for (const statement of refuse('delete or truncate', 'freezes', 'deleted')) this.addSql(statement);
  }

  /** An open freeze can only be lifted. A lifted one never changes. */
  #freezesAreLiftedOnce(): void {
    this.addSql(`
      create function lift_freeze() returns trigger language plpgsql ${searchPath} as $$
      begin
        if old.lifted_at is not null or new.lifted_at is null
          or (old.id, old.customer_id, old.account_id, old.reason, old.frozen_by, old.frozen_at, old.hash) is distinct from
            (new.id, new.customer_id, new.account_id, new.reason, new.frozen_by, new.frozen_at, new.hash)
        then
          raise exception 'a freeze can only be lifted, once' using errcode = 'restrict_violation';
        end if;
        new.lift_hash := row_hash(
          encode(new.hash, 'hex'), new.lifted_by::text, ${msOf('new.lifted_at')}, new.lift_reason);
        return new;
      end $$`);
    this.addSql('create trigger lift_freeze before update on freezes for each row execute function lift_freeze()');
  }

  /** The trigger has the rights of the tables' owner. Its update locks the accounts. */
  #freezesChangeAccounts(): void {
    this.addSql(`
      create function is_frozen(customer uuid, account uuid) returns boolean language sql stable ${searchPath} as $$
        select exists (
          select from freezes
          where customer_id = customer and lifted_at is null and (account_id is null or account_id = account))
      $$`);
    this.addSql(`
      create function derive_frozen() returns trigger language plpgsql security definer ${searchPath} as $$
      begin
        if new.account_id is not null
          and not exists (select from accounts where id = new.account_id and customer_id = new.customer_id)
        then
          raise exception 'a freeze must be of an account of its customer'
            using errcode = 'check_violation', constraint = 'freezes_of_own_accounts';
        end if;
        update accounts set frozen = not frozen
        where customer_id = new.customer_id and status = 'OPEN' and frozen <> is_frozen(customer_id, id);
        return null;
      end $$`);
    this.addSql(`
      create trigger derive_frozen after insert or update on freezes
        for each row execute function derive_frozen()`);
  }

  /** As before, and an account that a frozen customer opens is frozen. */
  #newAccountsAreFrozen(): void {
    this.addSql(`
      create or replace function begin_account() returns trigger
        language plpgsql security definer ${searchPath} as $$
      begin
        new.opening_hash := row_hash(
          new.id::text, new.customer_id::text, new.currency, new.number, ${msOf('new.opened_at')});
        new.last_hash := new.opening_hash;
        new.frozen := is_frozen(new.customer_id, new.id);
        return new;
      end $$`);
  }

  /** Of a frozen account only the house moves money: it refunds an order, corrects, or makes the opening deposit. */
  #frozenAccountsMoveNoMoney(): void {
    this.addSql(`
      create function keep_frozen() returns trigger language plpgsql ${searchPath} as $$
      begin
        if exists (
          select from entries
          where account_id = new.id and sequence > old.sequence
            and (select kind from transactions where id = transaction_id) not in ('OPENING_DEPOSIT', 'REFUND', 'CORRECTION')
        ) then
          raise exception 'a frozen account neither pays nor receives'
            using errcode = 'check_violation', constraint = 'entries_of_frozen_accounts';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger keep_frozen before update of sequence on accounts
        for each row when (old.frozen and new.sequence > old.sequence) execute function keep_frozen()`);
  }
}
