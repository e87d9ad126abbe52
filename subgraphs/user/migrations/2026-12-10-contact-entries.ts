import { Migration } from '@mikro-orm/migrations';

/**
 * Notification acts on outbox entries of its own, no longer after billing on the same ones. Entries that were committed
 * before get their counterpart. A worker of the user subgraph signs them.
 */
export class ContactEntries extends Migration {
  override up(): void {
    this.addSql(`
      insert into outbox (kind, key, payload, traceparent)
      select 'contact-changed', key, payload, traceparent from outbox where kind = 'user-changed'`);
  }
}
