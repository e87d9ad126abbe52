import { Migration } from '@mikro-orm/migrations';
import { searchPath } from '#platform/postgres/row-hash.ts';
import { refuse } from './functions.ts';

/**
 * The runs of `verify` that staff see. An operator's request is a row; the role of `verify` writes when it began and what
 * it found. The index allows one open run: a second request is refused, and two runners cannot begin together.
 */
export class Verifications extends Migration {
  override up(): void {
    this.addSql(`
      create table verifications (
        id uuid primary key,
        requested_by uuid,
        reason text check (length(reason) between 5 and 500),
        requested_at timestamptz(3) not null default now(),
        started_at timestamptz(3),
        expires_at timestamptz(3),
        ended_at timestamptz(3),
        findings bigint check (findings >= 0),
        first_rows text check (length(first_rows) <= 20000),
        failure text check (length(failure) between 1 and 1000),
        check (num_nulls(requested_by, reason) in (0, 2)),
        check (num_nulls(started_at, expires_at) in (0, 2)),
        check (ended_at is null or started_at is not null),
        check (ended_at is not null or num_nonnulls(findings, failure) = 0),
        check (num_nonnulls(findings, failure) < 2),
        check (num_nulls(findings, first_rows) in (0, 2))
      )`);
    this.addSql('create unique index verifications_one_open on verifications ((true)) where ended_at is null');
    this.#runsEndOnce();
    for (const statement of refuse('delete or truncate', 'verifications', 'deleted')) this.addSql(statement);
  }

  /** A run without a result ends only after its time: whoever requests the next one cannot end a run that works. */
  #runsEndOnce(): void {
    this.addSql(`
      create function keep_verification() returns trigger language plpgsql ${searchPath} as $$
      begin
        if old.ended_at is not null
          or (old.id, old.requested_by, old.reason, old.requested_at) is distinct from
            (new.id, new.requested_by, new.reason, new.requested_at)
          or (old.started_at is not null and new.started_at is distinct from old.started_at)
        then
          raise exception 'a run begins once and ends once' using errcode = 'restrict_violation';
        end if;
        if new.ended_at is not null and num_nonnulls(new.findings, new.failure) = 0
          and old.expires_at > clock_timestamp()
        then
          raise exception 'a run that works is not ended without a result' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger keep_verification before update on verifications
        for each row execute function keep_verification()`);
  }
}
