import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { type ForgetRule, forgetRows } from '#platform/postgres/forget-rows.ts';
import { rememberedS } from './sessions.ts';

const before = (column: string, seconds: number) =>
  sql`${sql.ref(column)} < now() - make_interval(secs => ${seconds}::float8)`;

const dayS = 86_400;
/** Customers see the API clients that have ended for so long. */
const endedClientS = 90 * dayS;

/** docs/personal-data.md states these times, with the reason for each. */
const rules: readonly ForgetRule[] = [
  { table: 'refresh_tokens', key: 'id', old: before('expires_at', 0) },
  {
    table: 'sessions',
    key: 'id',
    // A setting may let refresh tokens live longer.
    old: sql`${before('last_used_at', rememberedS)}
      and not exists (select from refresh_tokens where family_id = sessions.id)`,
  },
  { table: 'login_challenges', key: 'token_hash', old: before('expires_at', 0) },
  { table: 'webauthn_challenges', key: 'challenge_hash', old: before('expires_at', 0) },
  { table: 'identity_tries', key: 'user_id', old: before('first_at', dayS) },
  {
    table: 'api_clients',
    key: 'id',
    old: sql`(${before('expires_at', endedClientS)} or ${before('revoked_at', endedClientS)})`,
  },
  { table: 'data_exports', key: 'id', old: before('requested_at', 30 * dayS) },
  { table: 'account_mails', key: 'id', old: before('created_at', 7 * dayS) },
  { table: 'email_challenges', key: 'id', old: before('expires_at', 7 * dayS) },
];

/** Deletes old rows of the user database. */
export async function forgetOld(em: Manager, signal?: AbortSignal): Promise<void> {
  await forgetRows(em, rules, signal);
}
