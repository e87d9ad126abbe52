import { Migration } from '@mikro-orm/migrations';

/**
 * Notification now has outbox entries of its own; before, it waited for billing on the same ones. Processes of the
 * previous release write no such entries and sign none. This migration adds a counterpart to each entry of theirs,
 * existing or written during the upgrade. A worker of the user subgraph signs the counterparts.
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
