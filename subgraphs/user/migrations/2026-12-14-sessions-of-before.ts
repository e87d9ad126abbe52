import { Migration } from '@mikro-orm/migrations';

/**
 * Sessions of the release before get a row without a device. Its processes may still begin sessions during the upgrade:
 * those get their row at the next refresh. The creation of the table blocks writes to `users` until its commit, so the
 * rows are copied after it. The statement can be repeated.
 */
export class SessionsOfBefore extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql(`
      insert into sessions (id, user_id, device, place, created_at, last_used_at, ended_at)
      select family_id, user_id, 'An unknown device', 'an unknown network',
        min(created_at), max(created_at), max(revoked_at)
      from refresh_tokens group by family_id, user_id
      on conflict do nothing`);
  }
}
