import { Migration } from '@mikro-orm/migrations';
import { outboxTable } from '#platform/messaging/outbox.ts';

export class Users extends Migration {
  override up(): void {
    this.addSql(`
      create table users (
        id uuid primary key,
        email text not null check (length(email) between 3 and 254),
        email_key text not null constraint users_email_taken unique,
        name text not null check (length(name) between 1 and 200),
        password_hash text not null,
        version integer not null check (version > 0),
        created_at timestamptz(3) not null default now()
      )`);
    this.addSql(`
      create table refresh_tokens (
        id uuid primary key,
        user_id uuid not null references users on delete cascade,
        family_id uuid not null,
        token_hash bytea not null unique check (length(token_hash) = 32),
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        used_at timestamptz(3),
        revoked_at timestamptz(3)
      )`);
    this.addSql('create index refresh_tokens_by_user on refresh_tokens (user_id)');
    this.addSql('create index refresh_tokens_by_family on refresh_tokens (family_id)');
    this.addSql(`
      create table signing_keys (
        kid text primary key,
        public_jwk jsonb not null,
        private_jwk jsonb not null,
        created_at timestamptz(3) not null default now(),
        retired_at timestamptz(3)
      )`);
    for (const statement of outboxTable) this.addSql(statement);
  }
}
