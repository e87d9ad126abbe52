import { type RawBuilder, sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { rememberedS } from './sessions.ts';

/** Rows that nobody needs any more, also those of customers who never come back. */
interface Rule {
  readonly table: string;
  readonly key: string;
  /** The condition of an old row. An index serves it. */
  readonly old: RawBuilder<unknown>;
}

const before = (column: string, seconds: number) =>
  sql`${sql.ref(column)} < now() - make_interval(secs => ${seconds}::float8)`;

const dayS = 86_400;

/** docs/personal-data.md states these times, with the reason for each. */
const rules: readonly Rule[] = [
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
  { table: 'data_exports', key: 'id', old: before('requested_at', 30 * dayS) },
  { table: 'account_mails', key: 'id', old: before('created_at', 7 * dayS) },
  { table: 'email_challenges', key: 'id', old: before('expires_at', 7 * dayS) },
];

const batch = 1_000;

/** Deletes old rows in short transactions, until none is left or the signal is aborted. */
export async function forgetOld(em: Manager, signal?: AbortSignal): Promise<void> {
  for (const rule of rules) {
    let deleted = batch;
    while (deleted === batch && !isAborted(signal)) deleted = await forgetBatch(em, rule);
  }
}

const isAborted = (signal: AbortSignal | undefined) => signal?.aborted === true;

/** The condition is checked again at the deletion: a session may have been used since the row was found. */
async function forgetBatch(em: Manager, { table, key, old }: Rule): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)}
    where ${sql.ref(key)} in (select ${sql.ref(key)} from ${sql.table(table)} where ${old} limit ${batch}) and ${old}
  `.execute(em.getKysely());
  return Number(numAffectedRows);
}
