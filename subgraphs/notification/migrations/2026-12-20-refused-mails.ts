import { Migration } from '@mikro-orm/migrations';

/** A recipient that the mail server refuses: the notification can be read, and no further attempt is made. */
export class RefusedMails extends Migration {
  override up(): void {
    this.addSql(`
      alter table notifications
        add column refused_at timestamptz(3),
        add column deferrals integer not null default 0`);
  }
}
