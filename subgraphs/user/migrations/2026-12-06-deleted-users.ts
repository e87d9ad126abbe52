import { Migration } from '@mikro-orm/migrations';

/** The ids of deleted users, stored until every access token of theirs has expired. */
export class DeletedUsers extends Migration {
  override up(): void {
    this.addSql(`
      create table deleted_users (
        user_id uuid primary key,
        deleted_at timestamptz(3) not null default now()
      )`);
    this.addSql('create index deleted_users_by_time on deleted_users (deleted_at)');
  }
}
