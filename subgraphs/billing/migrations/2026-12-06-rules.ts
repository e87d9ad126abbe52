import { Migration } from '@mikro-orm/migrations';
import { searchPath } from '#platform/postgres/row-hash.ts';
import { refuse } from './functions.ts';

/**
 * PostgreSQL keeps the plans of a function's statements for the life of a connection. A plan from a time with few rows
 * could later scan whole tables. So these functions read tables by index only.
 */
const byIndex = 'set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off';

/** The database enforces the rules of the ledger, for any statement of any role. */
export class LedgerRules extends Migration {
  override up(): void {
    this.#entriesChangeBalances();
    this.#balancesAgreeWithEntries();
    this.#transactionsHaveEntries();
    this.#settlementsNameTheirTransaction();
    this.#accountsKeepTheirIdentity();
  }

  /**
   * Entries change balances. The trigger updates the accounts with the rights of the tables' owner, so that no process
   * needs the right to write a balance. The entries of a statement must
   *
   * - sum to zero per transaction and currency;
   * - belong to transactions that the same database transaction wrote, outside of a savepoint;
   * - be on the accounts that their transactions name;
   * - continue each account, which must be open: its sequence, balance, currency and time.
   */
  #entriesChangeBalances(): void {
    this.addSql('drop trigger check_entries on entries');
    this.addSql('drop function check_entries');
    this.addSql(`
      create function post_entries() returns trigger language plpgsql security definer ${searchPath} ${byIndex} as $$
      declare
        unbalanced boolean;
        late boolean;
        stray boolean;
        expected integer;
        changed integer;
      begin
        select bool_or(total <> 0), bool_or(transactions.xmin is distinct from pg_current_xact_id()::xid),
          bool_or(accounts <@ case kind when 'REFUND_HELD' then '{}' else array[from_account_id, to_account_id] end is false)
        into unbalanced, late, stray
        from (
          select transaction_id, sum(amount_minor) as total,
            array_agg(account_id) filter (where account_id is not null) as accounts
          from inserted group by transaction_id, currency
        ) as side left join transactions on transactions.id = transaction_id;
        if unbalanced then
          raise exception 'entries must sum to zero per transaction and currency'
            using errcode = 'check_violation', constraint = 'entries_sum_to_zero';
        elsif late then
          raise exception 'an entry must be written with its transaction'
            using errcode = 'foreign_key_violation', constraint = 'entries_of_transactions';
        elsif stray then
          raise exception 'an entry must be on an account that its transaction names'
            using errcode = 'check_violation', constraint = 'entries_on_named_accounts';
        end if;

        with posted as materialized (
          select account_id, currency, sequence, balance_after_minor, hash, created_at,
            sequence - row_number() over account as sequence_before,
            balance_after_minor - sum(amount_minor) over account as balance_before_minor,
            lag(created_at) over account > created_at is true as goes_back,
            first_value(created_at) over account as first_at,
            lead(sequence) over account is null as is_newest
          from inserted where account_id is not null
          window account as (partition by account_id order by sequence)
        ), updated as (
          update accounts set
            balance_minor = balance_after_minor, sequence = posted.sequence, last_hash = hash, last_entry_at = created_at
          from posted
          where is_newest and not goes_back and accounts.id = account_id and accounts.status = 'OPEN'
            and accounts.currency = posted.currency and accounts.sequence = sequence_before
            and accounts.balance_minor = balance_before_minor and accounts.last_entry_at <= first_at
          returning accounts.id
        )
        select
          (select count(*) from (
            select distinct account_id, currency, sequence_before, balance_before_minor, goes_back from posted) as way),
          (select count(*) from updated)
        into expected, changed;
        if expected <> changed then
          if exists (select from inserted left join accounts on accounts.id = account_id
              where account_id is not null and accounts.currency is distinct from inserted.currency) then
            raise exception 'an entry must be in the currency of its account'
              using errcode = 'check_violation', constraint = 'entries_in_currency_of_account';
          end if;
          raise exception 'an entry must follow the newest entry of its account, which must be open'
            using errcode = 'check_violation', constraint = 'entries_follow_each_other';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger post_entries after insert on entries
        referencing new table as inserted for each statement execute function post_entries()`);
  }

  /** An account that is written by another statement must agree with its newest entry. */
  #balancesAgreeWithEntries(): void {
    this.addSql(`alter table accounts alter column last_hash set default decode(repeat('00', 32), 'hex')`);
    this.addSql(`
      create function check_account() returns trigger language plpgsql ${searchPath} as $$
      declare
        newest entries;
      begin
        select * into newest from entries where account_id = new.id order by sequence desc limit 1;
        if not found then
          newest.sequence := 0;
          newest.balance_after_minor := 0;
          newest.hash := decode(repeat('00', 32), 'hex');
          newest.created_at := new.last_entry_at;
        end if;
        if (new.sequence, new.balance_minor, new.last_hash, new.last_entry_at)
          is distinct from (newest.sequence, newest.balance_after_minor, newest.hash, newest.created_at)
        then
          raise exception 'an account must agree with its newest entry'
            using errcode = 'check_violation', constraint = 'accounts_agree_with_entries';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger check_account after update of balance_minor, sequence, last_hash, last_entry_at on accounts
        for each row when (pg_trigger_depth() = 0) execute function check_account()`);
    this.addSql(`
      create trigger check_new_account after insert on accounts
        for each row when (new.sequence <> 0 or new.balance_minor <> 0 or new.last_hash <> decode(repeat('00', 32), 'hex'))
        execute function check_account()`);
  }

  /**
   * One statement writes a transaction and the entries that it names: one on the account that it debits, one on the
   * account that it credits, with its amounts, currencies and customers. They are the newest entries of their accounts.
   * A refund that is held for a customer has its entry on the system account PAYABLE instead.
   */
  #transactionsHaveEntries(): void {
    this.addSql('drop index entries_payable');
    this.addSql(`create index entries_payable on entries (transaction_id) where system_account = 'PAYABLE'`);
    this.addSql(`
      create function check_transactions() returns trigger language plpgsql ${searchPath} ${byIndex} as $$
      begin
        if exists (
          with party as (
            select id, from_account_id as account_id, from_customer_id as customer_id, currency,
              -(amount_minor + coalesce(fee_minor, 0)) as amount_minor
            from inserted where from_account_id is not null
            union all
            select id, to_account_id, to_customer_id, received_currency, received_minor
            from inserted where to_account_id is not null and kind <> 'REFUND_HELD'
          ), account as (
            select account_id, count(*) as parties from party group by account_id
          ), newest as (
            select entry.transaction_id, account_id, accounts.customer_id, entry.currency, entry.amount_minor
            from account join accounts on accounts.id = account_id, lateral (
              select transaction_id, currency, amount_minor from entries
              where entries.account_id = account.account_id order by sequence desc limit account.parties
            ) as entry
          )
          select from (
            select *, 1 as side from party union all select *, -1 from newest
          ) as compared
          group by id, account_id, customer_id, currency, amount_minor having sum(side) <> 0
        ) or exists (
          select from inserted where kind = 'REFUND_HELD' and not exists (
            select from entries where system_account = 'PAYABLE' and transaction_id = inserted.id
              and (entries.currency, entries.amount_minor) = (received_currency, received_minor))
        ) then
          raise exception 'a transaction must be written with the entries that it names'
            using errcode = 'check_violation', constraint = 'transactions_have_entries';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger check_transactions after insert on transactions
        referencing new table as inserted for each statement execute function check_transactions()`);
  }

  /** A settlement that moved money names the payment or the refund of its order. Settlements never change. */
  #settlementsNameTheirTransaction(): void {
    this.addSql(`
      create function check_settlements() returns trigger language plpgsql ${searchPath} ${byIndex} as $$
      begin
        if exists (
          select from inserted left join transactions on transactions.id = transaction_id
          where transaction_id is not null and (
            transactions.order_id is distinct from inserted.order_id
            or (transactions.kind = 'ORDER_PAYMENT') <> (inserted.kind = 'PAYMENT')
            or transactions.kind not in ('ORDER_PAYMENT', 'REFUND', 'REFUND_HELD'))
        ) then
          raise exception 'a settlement must name the transaction of its order'
            using errcode = 'check_violation', constraint = 'settlements_name_their_transaction';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger check_settlements after insert on settlements
        referencing new table as inserted for each statement execute function check_settlements()`);
    for (const statement of refuse('update or delete or truncate', 'settlements', 'changed or deleted')) {
      this.addSql(statement);
    }
  }

  /** An account keeps its owner, currency and number. A closed account stays closed. */
  #accountsKeepTheirIdentity(): void {
    this.addSql(`
      create function keep_account() returns trigger language plpgsql ${searchPath} as $$
      begin
        raise exception 'the owner, the currency and the number of an account never change, and a closed one stays closed'
          using errcode = 'restrict_violation';
      end $$`);
    this.addSql(`
      create trigger keep_account before update of id, customer_id, currency, number on accounts
        for each statement execute function keep_account()`);
    this.addSql(`
      create trigger keep_account_closed before update of status, closed_at on accounts
        for each row when (old.status = 'CLOSED') execute function keep_account()`);
    for (const earlier of ['entries_before(uuid, timestamptz, boolean)', 'keep_accounts()', 'keep_transactions()']) {
      this.addSql(`alter function ${earlier} ${searchPath}`);
    }
    this.addSql(`alter function keep_entries() ${searchPath}`);
  }
}
