import { Migration } from '@mikro-orm/migrations';

/** How many events a customer has sent to an endpoint again, within the hour that began at this time. */
export class BoundedResends extends Migration {
  override up(): void {
    this.addSql(`
      alter table webhook_endpoints
        add column if not exists resent_since timestamptz(3),
        add column if not exists resent_events integer not null default 0`);
  }
}
