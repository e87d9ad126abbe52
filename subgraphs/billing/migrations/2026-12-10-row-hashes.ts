import { Migration } from '@mikro-orm/migrations';
import { keyHashes } from '#platform/postgres/idempotency.ts';
import { hashNewRows, msOf, rowHashFunction, searchPath } from '#platform/postgres/row-hash.ts';

/**
 * Adds hashes that `npm run verify` recomputes, for data that no entry covered. They cover an account's owner, number and
 * closing, whole transactions, quotes and idempotency keys. Existing rows get no hash.
 */
export class RowHashes extends Migration {
  override up(): void {
    this.addSql(rowHashFunction);
    this.#accountsBeginWithTheirIdentity();
    this.#closedAccountsCoverTheirClosing();
    this.#accountsAgreeWithEntries();
    this.addSql('alter table transactions add column hash bytea check (length(hash) = 32)');
    const parts = ['id', 'customer_id', 'from_account_id', 'to_account_id', 'amount_minor', 'currency', 'fee_minor'];
    const received = ['received_minor', 'received_currency', 'rate'];
    const values = [...parts, ...received].map((column) => `new.${column}::text`);
    for (const statement of hashNewRows('quotes', [...values, msOf('new.expires_at')])) this.addSql(statement);
    for (const statement of keyHashes) this.addSql(statement);
  }

  #accountsBeginWithTheirIdentity(): void {
    this.addSql('alter table accounts add column opening_hash bytea check (length(opening_hash) = 32)');
    this.addSql(`
      create function begin_account() returns trigger language plpgsql ${searchPath} as $$
      begin
        new.opening_hash := row_hash(
          new.id::text, new.customer_id::text, new.currency, new.number, ${msOf('new.opened_at')});
        new.last_hash := new.opening_hash;
        return new;
      end $$`);
    this.addSql('create trigger begin_account before insert on accounts for each row execute function begin_account()');
    this.addSql('drop trigger keep_account on accounts');
    this.addSql(`
      create trigger keep_account
        before update of id, customer_id, currency, number, opened_at, opening_hash on accounts
        for each statement execute function keep_account()`);
  }

  #closedAccountsCoverTheirClosing(): void {
    this.addSql(`
      create function close_account() returns trigger language plpgsql ${searchPath} as $$
      begin
        new.last_hash := sha256(old.last_hash || convert_to('CLOSED|' || ${msOf('new.closed_at')}, 'UTF8'));
        return new;
      end $$`);
    this.addSql(`
      create trigger close_account before update of status on accounts
        for each row when (old.status = 'OPEN' and new.status = 'CLOSED') execute function close_account()`);
  }

  /** Extends the check: a new account's hash covers its identity, and a closed account's last hash covers its closing. */
  #accountsAgreeWithEntries(): void {
    this.addSql(`
      create or replace function check_account() returns trigger language plpgsql ${searchPath} as $$
      declare
        newest entries;
      begin
        select * into newest from entries where account_id = new.id order by sequence desc limit 1;
        if not found then
          newest.sequence := 0;
          newest.balance_after_minor := 0;
          newest.hash := coalesce(new.opening_hash, decode(repeat('00', 32), 'hex'));
          newest.created_at := new.last_entry_at;
        end if;
        if tg_op = 'UPDATE' and new.status = 'CLOSED' then
          newest.hash := old.last_hash;
        end if;
        if (new.sequence, new.balance_minor, new.last_hash, new.last_entry_at)
          is distinct from (newest.sequence, newest.balance_after_minor, newest.hash, newest.created_at)
        then
          raise exception 'an account must agree with its newest entry'
            using errcode = 'check_violation', constraint = 'accounts_agree_with_entries';
        end if;
        return null;
      end $$`);
    this.addSql('drop trigger check_new_account on accounts');
    this.addSql(`
      create trigger check_new_account after insert on accounts
        for each row when (new.sequence <> 0 or new.balance_minor <> 0) execute function check_account()`);
  }
}
