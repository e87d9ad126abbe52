import { Migration } from '@mikro-orm/migrations';

/** When the email of a notification was counted within the bounds of an hour, and when it was held instead. */
export class BoundedMails extends Migration {
  override up(): void {
    this.addSql(`
      alter table notifications
        add column if not exists mail_at timestamptz(3),
        add column if not exists held_at timestamptz(3)`);
  }
}
