import { Migration } from '@mikro-orm/migrations';

/** Second factors, logins that wait for one, and the tries of each user within a window. */
export class SignInFactors extends Migration {
  override up(): void {
    this.addSql(`
      create table totp_secrets (
        user_id uuid primary key references users on delete cascade,
        secret bytea not null,
        created_at timestamptz(3) not null default now(),
        enabled_at timestamptz(3),
        last_step integer
      )`);
    this.addSql(`
      create table recovery_codes (
        code_hash bytea primary key check (length(code_hash) = 32),
        user_id uuid not null references users on delete cascade
      )`);
    this.addSql('create index recovery_codes_by_user on recovery_codes (user_id)');
    this.addSql(`
      create table login_challenges (
        token_hash bytea primary key check (length(token_hash) = 32),
        user_id uuid not null references users on delete cascade,
        expires_at timestamptz(3) not null
      )`);
    this.addSql('create index login_challenges_by_user on login_challenges (user_id)');
    this.addSql(`
      create table identity_tries (
        user_id uuid primary key references users on delete cascade,
        tries integer not null check (tries > 0),
        first_at timestamptz(3) not null default now()
      )`);
  }
}
