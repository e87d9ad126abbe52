import { Migration } from '@mikro-orm/migrations';
import { firstLookLater } from '#platform/postgres/statistics.ts';

/**
 * A customer's requests for an archive of their data. A row holds no personal data: the archive is read when the
 * customer downloads it. The link's token is stored as its SHA-256 only.
 */
export class DataExports extends Migration {
  override up(): void {
    this.addSql(`
      create table data_exports (
        id uuid primary key,
        user_id uuid not null references users on delete cascade,
        requested_at timestamptz(3) not null default now(),
        ready_at timestamptz(3),
        expires_at timestamptz(3),
        downloaded_at timestamptz(3),
        link_hash bytea unique check (length(link_hash) = 32),
        link_expires_at timestamptz(3),
        check ((ready_at is null) = (expires_at is null)),
        check ((link_hash is null) = (link_expires_at is null)),
        check (downloaded_at is null or ready_at is not null)
      )`);
    this.addSql('create index data_exports_by_user on data_exports (user_id, requested_at)');
    this.addSql(firstLookLater('data_exports'));
  }
}
