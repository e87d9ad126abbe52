import { Migration } from '@mikro-orm/migrations';

/** The programs that act for customers, with the hashes of their secrets. */
export class ApiClients extends Migration {
  override up(): void {
    this.addSql(`
      create table api_clients (
        id uuid primary key,
        user_id uuid not null references users on delete cascade,
        name text not null check (length(name) between 1 and 100),
        scopes text[] not null check (cardinality(scopes) between 1 and 20),
        secret_hash bytea not null check (length(secret_hash) = 32),
        secret_used_at timestamptz(3),
        old_secret_hash bytea check (length(old_secret_hash) = 32),
        old_secret_ends_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3) not null,
        last_used_at timestamptz(3),
        revoked_at timestamptz(3),
        check ((old_secret_hash is null) = (old_secret_ends_at is null))
      )`);
    this.addSql('create index api_clients_by_user on api_clients (user_id, id)');
    this.addSql('create index api_clients_by_revocation on api_clients (revoked_at) where revoked_at is not null');
    this.addSql('create index api_clients_by_expiry on api_clients (expires_at)');
  }
}
