import { Migration } from '@mikro-orm/migrations';

/** Passkeys, and the challenges that they sign. */
export class Passkeys extends Migration {
  override up(): void {
    this.addSql(`
      create table passkeys (
        id uuid primary key,
        user_id uuid not null references users on delete cascade,
        credential_id bytea not null unique check (length(credential_id) between 1 and 1023),
        public_key bytea not null,
        counter bigint not null check (counter >= 0),
        transports text[] not null,
        name text not null check (length(name) between 1 and 100),
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3)
      )`);
    this.addSql('create index passkeys_by_user on passkeys (user_id)');
    this.addSql(`
      create table webauthn_challenges (
        challenge_hash bytea primary key check (length(challenge_hash) = 32),
        purpose text not null check (purpose in ('REGISTER', 'CONFIRM', 'SECOND_FACTOR', 'SIGN_IN')),
        user_id uuid references users on delete cascade,
        bound_to bytea not null check (length(bound_to) = 32),
        expires_at timestamptz(3) not null,
        check ((user_id is null) = (purpose = 'SIGN_IN'))
      )`);
    this.addSql('create index webauthn_challenges_by_user on webauthn_challenges (user_id, expires_at)');
    this.addSql('create index webauthn_challenges_by_binding on webauthn_challenges (bound_to)');
  }
}
