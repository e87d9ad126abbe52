import { IndexMigration } from '#platform/postgres/index-migration.ts';

/** The indexes with which a job finds old rows. */
export class Retention extends IndexMigration {
  protected override readonly indexes = [
    ['refresh_tokens_by_expiry', 'refresh_tokens (expires_at)'],
    ['sessions_by_time', 'sessions (last_used_at)'],
    ['login_challenges_by_expiry', 'login_challenges (expires_at)'],
    ['webauthn_challenges_by_expiry', 'webauthn_challenges (expires_at)'],
    ['identity_tries_by_time', 'identity_tries (first_at)'],
    ['data_exports_by_time', 'data_exports (requested_at)'],
  ] as const;
}
