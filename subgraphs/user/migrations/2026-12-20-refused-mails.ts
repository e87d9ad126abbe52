import { Migration } from '@mikro-orm/migrations';

/**
 * A recipient that the mail server refuses: no further attempt is made. And the time for which a link is valid, which
 * begins when its message is sent.
 */
export class RefusedMails extends Migration {
  override up(): void {
    this.addSql(`
      alter table account_mails
        add column refused_at timestamptz(3),
        add column deferrals integer not null default 0`);
    // The default is for links of processes of the release before, during the upgrade.
    this.addSql('alter table email_challenges add column ttl_s integer not null default 1800 check (ttl_s > 0)');
    this.addSql(`
      update email_challenges set ttl_s = greatest(1, extract(epoch from expires_at - created_at)::integer)
      where used_at is null`);
  }
}
