import { Migration } from '@mikro-orm/migrations';

/** One row for each sign-in. */
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
  }
}
