import { Migration } from '@mikro-orm/migrations';

/**
 * One row for each sign-in. Sessions of the release before get a row without a device. Its processes may still begin
 * sessions during the upgrade: those get their row at the next refresh.
 */
export class Sessions extends Migration {
  override up(): void {
    this.addSql(`
      create table sessions (
        id uuid primary key,
        user_id uuid not null references users on delete cascade,
        device text not null check (length(device) between 1 and 60),
        place text not null check (length(place) between 1 and 60),
        created_at timestamptz(3) not null default now(),
        last_used_at timestamptz(3) not null default now(),
        factor_at timestamptz(3),
        ended_at timestamptz(3)
      )`);
    this.addSql('create index sessions_by_user on sessions (user_id, last_used_at)');
    this.addSql(`
      insert into sessions (id, user_id, device, place, created_at, last_used_at, ended_at)
      select family_id, user_id, 'An unknown device', 'an unknown network',
        min(created_at), max(created_at), max(revoked_at)
      from refresh_tokens group by family_id, user_id`);
  }
}
