import { Migration } from '@mikro-orm/migrations';

/** Who was deleted, by id alone, for as long as their access tokens may not have expired. */
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
