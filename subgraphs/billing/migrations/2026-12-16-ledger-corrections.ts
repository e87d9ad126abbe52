import { Migration } from '@mikro-orm/migrations';
import { hashNewRows, msOf, searchPath, textDigestOf } from '#platform/postgres/row-hash.ts';
import { refuse } from './functions.ts';

/**
 * Corrections: transactions of a kind of their own, against a system account of their own, each of which belongs to the
 * row of `corrections` that an operator proposed, and another one approved where it needs approval.
 */
export class Corrections extends Migration {
  override up(): void {
    this.addSql(`
      alter table transactions
        drop constraint transactions_kind_check,
        add constraint transactions_kind_check check (kind in (
          'OPENING_DEPOSIT', 'DEPOSIT', 'WITHDRAWAL', 'TRANSFER', 'ORDER_PAYMENT', 'REFUND', 'REFUND_HELD',
          'CORRECTION')) not valid`);
    this.addSql(`
      alter table entries
        drop constraint entries_system_account_check,
        add constraint entries_system_account_check check (system_account in (
          'CASH', 'SALES', 'FEES', 'EXCHANGE', 'PAYABLE', 'ADJUSTMENTS')) not valid`);
    this.#corrections();
    this.#correctionsAreDecidedOnce();
    this.#transactionsBelongToCorrections();
  }

  /** Without approval, a correction is applied when it is proposed. With it, another operator decides, or it expires. */
  #corrections(): void {
    this.addSql(`
      create table corrections (
        id uuid primary key,
        account_id uuid not null,
        amount_minor bigint not null check (amount_minor <> 0),
        reference text not null check (length(reference) between 1 and 140),
        reason text not null check (length(reason) between 5 and 500),
        reverses_transaction_id uuid,
        needs_approval boolean not null,
        proposed_by uuid not null,
        proposed_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        decided_by uuid,
        decided_at timestamptz(3),
        decision_reason text check (length(decision_reason) between 5 and 500),
        transaction_id uuid,
        decision_hash bytea check (length(decision_hash) = 32),
        check (num_nulls(decided_by, decided_at, decision_reason, decision_hash) in (0, 4)),
        constraint corrections_by_two_operators check (decided_by <> proposed_by),
        check (decided_at < expires_at),
        constraint corrections_are_approved check (case
          when needs_approval then transaction_id is null or decided_by is not null
          else transaction_id is not null and decided_by is null end)
      )`);
    const texts = ['id', 'account_id', 'amount_minor', 'reverses_transaction_id', 'needs_approval', 'proposed_by'];
    const values = texts.map((column) => `new.${column}::text`);
    const times = ['new.proposed_at', 'new.expires_at'].map(msOf);
    // A correction that needs approval gets its transaction later, and the hash of the decision covers it.
    const transaction = 'case when not new.needs_approval then new.transaction_id::text end';
    const words = [textDigestOf('new.reason'), 'new.reference'];
    for (const statement of hashNewRows('corrections', [...values, ...times, transaction, ...words]))
      this.addSql(statement);
    this.addSql('create unique index corrections_transaction on corrections (transaction_id)');
    this.addSql('create index corrections_of_accounts on corrections (account_id)');
    this.addSql('create index corrections_of_operators on corrections (proposed_by, proposed_at)');
    for (const statement of refuse('delete or truncate', 'corrections', 'deleted')) this.addSql(statement);
  }

  #correctionsAreDecidedOnce(): void {
    const kept = ['id', 'account_id', 'amount_minor', 'reference', 'reason', 'reverses_transaction_id'];
    const proposed = [...kept, 'needs_approval', 'proposed_by', 'proposed_at', 'expires_at', 'hash'];
    const row = (name: string) => `(${proposed.map((column) => `${name}.${column}`).join(', ')})`;
    this.addSql(`
      create function decide_correction() returns trigger language plpgsql ${searchPath} as $$
      begin
        if old.decided_at is not null or new.decided_at is null or ${row('old')} is distinct from ${row('new')} then
          raise exception 'a correction can only be decided, once' using errcode = 'restrict_violation';
        end if;
        new.decision_hash := row_hash(
          encode(new.hash, 'hex'), new.decided_by::text, ${msOf('new.decided_at')}, new.transaction_id::text,
          new.decision_reason);
        return new;
      end $$`);
    this.addSql(`
      create trigger decide_correction before update on corrections
        for each row execute function decide_correction()`);
  }

  /** At the commit, each correction's transaction and each transaction's correction are there, and agree. */
  #transactionsBelongToCorrections(): void {
    this.addSql(`
      create function check_correction() returns trigger language plpgsql ${searchPath} as $$
      declare
        correction corrections;
      begin
        if tg_table_name = 'corrections' then
          select * into correction from corrections where id = new.id;
        else
          select * into correction from corrections where transaction_id = new.id;
        end if;
        if not coalesce((
          select kind = 'CORRECTION' and transactions.reference = 'correction:' || correction.id
            and case when correction.amount_minor > 0
              then to_account_id = correction.account_id and from_account_id is null
              else from_account_id = correction.account_id and to_account_id is null end
            and amount_minor = abs(correction.amount_minor) and fee_minor is null
          from transactions where id = correction.transaction_id
        ), false) then
          raise exception 'a correction and its transaction must agree'
            using errcode = 'check_violation', constraint = 'corrections_have_transactions';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger check_correction after insert on transactions deferrable initially deferred
        for each row when (new.kind = 'CORRECTION') execute function check_correction()`);
    this.addSql(`
      create constraint trigger check_correction after insert or update on corrections deferrable initially deferred
        for each row when (new.transaction_id is not null) execute function check_correction()`);
  }
}
