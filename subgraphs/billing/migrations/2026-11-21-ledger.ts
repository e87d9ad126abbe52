import { Migration } from '@mikro-orm/migrations';
import { idempotencyTable } from '#platform/postgres/idempotency.ts';
import { outboxTable } from '#platform/messaging/outbox.ts';

const currency = `check (currency in ('USD', 'EUR', 'CNY'))`;
const receivedCurrency = `check (received_currency in ('USD', 'EUR', 'CNY'))`;

export class Ledger extends Migration {
  override up(): void {
    this.#accounts();
    this.#transactions();
    this.#entries();
    this.#settlements();
    this.#quotes();
    this.addSql(idempotencyTable);
    for (const statement of outboxTable) this.addSql(statement);
  }

  #accounts(): void {
    // Only versions before 0.2.0 use this sequence. Since then, numbers are random.
    this.addSql('create sequence account_numbers start 10000000');
    this.addSql(`
      create table accounts (
        id uuid primary key,
        customer_id uuid not null,
        currency text not null ${currency},
        number text not null unique,
        status text not null default 'OPEN' check (status in ('OPEN', 'CLOSED')),
        balance_minor bigint not null default 0 check (balance_minor >= 0),
        sequence integer not null default 0 check (sequence >= 0),
        last_hash bytea not null check (length(last_hash) = 32),
        last_entry_at timestamptz(3) not null default now(),
        opened_at timestamptz(3) not null default now(),
        closed_at timestamptz(3),
        unique (customer_id, currency),
        check ((status = 'CLOSED') = (closed_at is not null)),
        check (status = 'OPEN' or balance_minor = 0)
      ) with (fillfactor = 80)`);
    this.#refuse('delete or truncate', 'accounts', 'deleted');
  }

  #transactions(): void {
    this.addSql(`
      create table transactions (
        id uuid primary key,
        kind text not null
          check (kind in ('OPENING_DEPOSIT', 'DEPOSIT', 'WITHDRAWAL', 'TRANSFER', 'ORDER_PAYMENT', 'REFUND')),
        reference text not null unique,
        amount_minor bigint not null check (amount_minor > 0),
        currency text not null ${currency},
        fee_minor bigint check (fee_minor > 0),
        received_minor bigint check (received_minor > 0),
        received_currency text ${receivedCurrency},
        rate text,
        from_account_id uuid,
        from_customer_id uuid,
        to_account_id uuid,
        to_customer_id uuid,
        order_id uuid,
        description text,
        created_at timestamptz(3) not null,
        check (num_nonnulls(from_account_id, to_account_id) > 0),
        check ((from_account_id is null) = (from_customer_id is null)),
        check (num_nulls(to_account_id, to_customer_id, received_minor, received_currency) in (0, 4))
      )`);
    // A customer's history is the transactions that left their accounts, and those that arrived from other customers.
    // Each of the two has one index by time and one by amount.
    for (const [name, column] of [
      ['time', 'created_at'],
      ['amount', 'amount_minor'],
    ]) {
      this.addSql(`
        create index transactions_sent_by_${name} on transactions (from_customer_id, ${column}, id)
          where from_customer_id is not null`);
      this.addSql(`
        create index transactions_received_by_${name} on transactions (to_customer_id, ${column}, id)
          where to_customer_id is not null and from_customer_id is distinct from to_customer_id`);
    }
    this.#neverChanges('transactions');
  }

  #entries(): void {
    this.addSql(`
      create table entries (
        transaction_id uuid not null,
        account_id uuid,
        system_account text check (system_account in ('CASH', 'SALES', 'FEES', 'EXCHANGE')),
        currency text not null ${currency},
        amount_minor bigint not null check (amount_minor <> 0),
        sequence integer check (sequence > 0),
        balance_after_minor bigint check (balance_after_minor >= 0),
        hash bytea check (length(hash) = 32),
        created_at timestamptz(3) not null,
        check (num_nonnulls(account_id, system_account) = 1),
        check (num_nulls(account_id, sequence, balance_after_minor, hash) in (0, 4))
      )`);
    this.addSql(`
      create unique index entries_of_account on entries (account_id, sequence) where account_id is not null`);
    this.addSql(`
      create function check_entries() returns trigger language plpgsql as $$
      begin
        if exists (
          select from inserted group by transaction_id, currency having sum(amount_minor) <> 0
        ) then
          raise exception 'entries must sum to zero per transaction and currency'
            using errcode = 'check_violation', constraint = 'entries_sum_to_zero';
        end if;
        if exists (
          select from inserted left join transactions on transactions.id = transaction_id where transactions.id is null
        ) then
          raise exception 'an entry must belong to a transaction'
            using errcode = 'foreign_key_violation', constraint = 'entries_of_transactions';
        end if;
        if exists (
          select from (
            select account_id, max(sequence) as sequence from inserted where account_id is not null group by account_id
          ) as newest
          join inserted using (account_id, sequence)
          left join accounts on accounts.id = account_id
          where (accounts.sequence, accounts.balance_minor, accounts.last_hash)
            is distinct from (inserted.sequence, inserted.balance_after_minor, inserted.hash)
        ) then
          raise exception 'an account must agree with its newest entry'
            using errcode = 'check_violation', constraint = 'accounts_agree_with_entries';
        end if;
        return null;
      end $$`);
    // PostgreSQL would check foreign keys row by row, which costs a quarter of settlement's rate. This is one join for
    // all rows of a statement. The referenced rows are never deleted.
    this.addSql(`
      create trigger check_entries after insert on entries
        referencing new table as inserted for each statement execute function check_entries()`);
    this.#neverChanges('entries');
    // The number of entries that an account had before a time (or up to it); null without a time. Entries never go back
    // in time, so a few lookups in the index of sequence numbers suffice, and no second index is needed.
    this.addSql(`
      create function entries_before(account uuid, moment timestamptz, inclusive boolean) returns integer
        language plpgsql stable strict as $$
      declare
        low integer := 0;
        high integer := (select sequence from accounts where id = account);
        middle integer;
        at timestamptz;
      begin
        while low < high loop
          middle := (low + high + 1) / 2;
          select created_at into at from entries where account_id = account and sequence = middle;
          if at < moment or (inclusive and at = moment) then low := middle; else high := middle - 1; end if;
        end loop;
        return low;
      end $$`);
  }

  #settlements(): void {
    this.addSql(`
      create table settlements (
        order_id uuid not null,
        kind text not null check (kind in ('PAYMENT', 'REFUND')),
        transaction_id uuid,
        rejection_reason text
          check (rejection_reason in ('INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'NOT_PROCESSED')),
        settled_at timestamptz(3) not null,
        primary key (order_id, kind),
        check (num_nonnulls(transaction_id, rejection_reason) = 1)
      )`);
  }

  #quotes(): void {
    this.addSql(`
      create table quotes (
        id uuid primary key,
        customer_id uuid not null,
        from_account_id uuid not null references accounts,
        to_account_id uuid not null references accounts,
        amount_minor bigint not null check (amount_minor > 0),
        currency text not null ${currency},
        fee_minor bigint not null check (fee_minor >= 0),
        received_minor bigint not null check (received_minor > 0),
        received_currency text not null ${receivedCurrency},
        rate text,
        expires_at timestamptz(3) not null
      )`);
    this.addSql('create index quotes_expired on quotes (expires_at)');
  }

  /** Rows of the ledger never change: a correction is another transaction. */
  #neverChanges(table: string): void {
    this.#refuse('update or delete or truncate', table, 'changed or deleted');
  }

  #refuse(events: string, table: string, what: string): void {
    this.addSql(`
      create function keep_${table}() returns trigger language plpgsql as $$
      begin
        raise exception '${table} are never ${what}' using errcode = 'restrict_violation';
      end $$`);
    this.addSql(`
      create trigger keep_${table} before ${events} on ${table}
        for each statement execute function keep_${table}()`);
  }
}
