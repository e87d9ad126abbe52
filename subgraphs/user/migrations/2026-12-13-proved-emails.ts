import { Migration } from '@mikro-orm/migrations';
import { firstLookLater } from '#platform/postgres/statistics.ts';

/**
 * Messages about the account, and the links and codes in them. Customers of earlier releases count as proved, because
 * they got messages at their addresses before.
 */
export class ProvedEmails extends Migration {
  override up(): void {
    // A default sets existing rows without writing them.
    this.addSql('alter table users add column email_proved_at timestamptz(3) default now()');
    this.addSql('alter table users alter column email_proved_at drop default');
    this.addSql(`
      create table email_challenges (
        id uuid primary key,
        user_id uuid not null references users on delete cascade,
        purpose text not null
          check (purpose in ('PROVE_EMAIL', 'CHANGE_EMAIL', 'RESET_PASSWORD', 'UNDO_EMAIL_CHANGE', 'RESTORE_EMAIL')),
        email text not null check (length(email) between 3 and 254),
        email_key text not null,
        token_hashes text[] not null default '{}' check (cardinality(token_hashes) <= 3),
        code_hashes text[] not null default '{}' check (cardinality(code_hashes) <= 3),
        tries integer not null default 0 check (tries >= 0),
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        used_at timestamptz(3)
      )`);
    this.addSql('create index email_challenges_by_user on email_challenges (user_id)');
    this.addSql('create index email_challenges_by_expiry on email_challenges (expires_at)');
    this.addSql(`
      create table account_mails (
        id uuid primary key,
        user_id uuid references users on delete cascade,
        kind text not null,
        recipient text not null check (length(recipient) between 3 and 254),
        recipient_key text not null,
        sender text,
        challenge_id uuid references email_challenges on delete set null,
        data jsonb not null default '{}',
        created_at timestamptz(3) not null default now(),
        sent_at timestamptz(3)
      )`);
    this.addSql('create index account_mails_by_user on account_mails (user_id)');
    this.addSql('create index account_mails_by_recipient on account_mails (recipient_key, kind, created_at)');
    this.addSql('create index account_mails_by_sender on account_mails (sender, created_at) where sender is not null');
    this.addSql('create index account_mails_by_challenge on account_mails (challenge_id)');
    this.addSql('create index account_mails_by_time on account_mails (created_at)');
    for (const table of ['email_challenges', 'account_mails']) this.addSql(firstLookLater(table));
  }
}
