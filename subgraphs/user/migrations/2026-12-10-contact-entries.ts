import { Migration } from '@mikro-orm/migrations';

/**
 * Notification acts on outbox entries of its own, no longer after billing on the same ones. Entries of processes of the
 * release before, which sign none, get their counterpart: those that are there, and those that come during the upgrade.
 * A worker of the user subgraph signs them.
 */
export class ContactEntries extends Migration {
  override up(): void {
    this.addSql(`
      create function add_contact_entry() returns trigger language plpgsql security definer
        set search_path = pg_catalog, public, pg_temp as $$
      begin
        insert into outbox (kind, key, payload, traceparent)
        values ('contact-changed', new.key, new.payload, new.traceparent) on conflict do nothing;
        return null;
      end $$`);
    this.addSql(`
      create trigger add_contact_entry after insert on outbox
        for each row when (new.kind = 'user-changed' and new.signatures is null) execute function add_contact_entry()`);
    this.addSql(`
      insert into outbox (kind, key, payload, traceparent)
      select 'contact-changed', key, payload, traceparent from outbox where kind = 'user-changed'
      on conflict do nothing`);
  }
}
