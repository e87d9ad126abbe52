import { Migration } from '@mikro-orm/migrations';
import { searchPath } from '#platform/postgres/row-hash.ts';

/**
 * While a link can restore an address, no other user can take it. Only the database can refuse a write that races the
 * change: it waits for the unique key until the change commits, and then a trigger after the write sees the link.
 */
export class HeldEmails extends Migration {
  override up(): void {
    this.addSql(`
      create function is_email_held(key text, from_user uuid) returns boolean language sql volatile ${searchPath} as $$
        select exists (
          select from email_challenges
          where email_key = key and purpose = 'UNDO_EMAIL_CHANGE' and used_at is null
            and expires_at > now() and user_id <> from_user
        ) $$`);
    this.addSql(`
      create function refuse_held_email() returns trigger language plpgsql ${searchPath} as $$
      begin
        if is_email_held(new.email_key, new.id) then
          raise exception 'a link can restore this address for another user'
            using errcode = 'unique_violation', constraint = 'users_email_taken';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger refuse_held_email after insert or update of email_key on users
        for each row execute function refuse_held_email()`);
  }
}
