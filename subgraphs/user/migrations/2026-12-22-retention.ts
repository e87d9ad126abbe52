import { Migration } from '@mikro-orm/migrations';
import { rebuiltIndex } from '#platform/postgres/rebuilt-index.ts';

/** The indexes with which a job finds old rows. */
export class Retention extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    const indexes = [
      ['refresh_tokens_by_expiry', 'refresh_tokens (expires_at)'],
      ['sessions_by_time', 'sessions (last_used_at)'],
      ['login_challenges_by_expiry', 'login_challenges (expires_at)'],
      ['webauthn_challenges_by_expiry', 'webauthn_challenges (expires_at)'],
      ['identity_tries_by_time', 'identity_tries (first_at)'],
      ['data_exports_by_time', 'data_exports (requested_at)'],
    ] as const;
    for (const [name, on] of indexes) for (const statement of rebuiltIndex(name, on)) this.addSql(statement);
  }
}
