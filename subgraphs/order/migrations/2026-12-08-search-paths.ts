import { Migration } from '@mikro-orm/migrations';

/** The functions find their tables, regardless of the session's search path. */
export class SearchPaths extends Migration {
  override up(): void {
    for (const name of ['lock_of_orders(uuid)', 'check_seal()']) {
      this.addSql(`alter function ${name} set search_path = pg_catalog, public, pg_temp`);
    }
  }
}
