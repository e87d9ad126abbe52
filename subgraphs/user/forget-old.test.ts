import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '#platform/postgres/database.ts';
import { startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';
import { database as definition } from './database.ts';
import { forgetOld } from './services/forget-old.ts';

/** Rows of customers who never come back are deleted when their time is over, with the rights of the worker. */

let user: UserSubgraph;
let worker: Database;

beforeAll(async () => {
  user = await startUserSubgraph();
  worker = await openDatabase(definition, { url: user.workerUrl, poolSize: 1, applicationName: 'test' });
});

afterAll(async () => {
  await worker.close();
  await user.stop();
});

const id = 'gen_random_uuid()';
const hash = 'sha256(gen_random_uuid()::text::bytea)';

/** For each table the insertion of a row of a user, and the ages in seconds at which it is kept and deleted. */
const tables: readonly (readonly [table: string, insert: string, kept: number, old: number])[] = [
  [
    'refresh_tokens',
    `(id, user_id, family_id, token_hash, expires_at) values (${id}, $1, ${id}, ${hash}, $2)`,
    -60,
    60,
  ],
  [
    'sessions',
    `(id, user_id, device, place, last_used_at) values (${id}, $1, 'Firefox', 'this machine', $2)`,
    89 * 86_400,
    91 * 86_400,
  ],
  [
    'api_clients',
    `(id, user_id, name, scopes, secret_hash, expires_at)
     values (${id}, $1, 'A job', '{orders:read}', sha256('a'), $2)`,
    89 * 86_400,
    91 * 86_400,
  ],
  ['login_challenges', `(token_hash, user_id, expires_at) values (${hash}, $1, $2)`, -60, 60],
  [
    'webauthn_challenges',
    `(challenge_hash, purpose, user_id, bound_to, expires_at) values (${hash}, 'CONFIRM', $1, ${hash}, $2)`,
    -60,
    60,
  ],
  ['identity_tries', '(user_id, tries, first_at) values ($1, 3, $2)', 3_600, 2 * 86_400],
  ['data_exports', `(id, user_id, requested_at) values (${id}, $1, $2)`, 29 * 86_400, 31 * 86_400],
  [
    'email_challenges',
    `(id, user_id, purpose, email, email_key, expires_at) values (${id}, $1, 'PROVE_EMAIL', 'a@b.example', 'a@b.example', $2)`,
    6 * 86_400,
    8 * 86_400,
  ],
  [
    'account_mails',
    `(id, user_id, kind, recipient, recipient_key, created_at) values (${id}, $1, 'NEW_DEVICE', 'a@b.example', 'a@b.example', $2)`,
    6 * 86_400,
    8 * 86_400,
  ],
];

const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000).toISOString();

test.each(tables)('old rows of %s are deleted, and newer ones stay', async (table, insert, kept, old) => {
  const [gone, here] = [await user.signUp(), await user.signUp()];
  const rowsOf = async (userId: string) =>
    (await user.query(`select from ${table} where user_id = $1`, [userId])).length;
  const before = [await rowsOf(gone.id), await rowsOf(here.id)];
  await user.query(`insert into ${table} ${insert}`, [gone.id, ago(old)]);
  await user.query(`insert into ${table} ${insert}`, [here.id, ago(kept)]);
  await forgetOld(worker.em.fork());
  expect([await rowsOf(gone.id), await rowsOf(here.id)]).toEqual([before[0], before[1]! + 1]);
});

test('more rows than one statement deletes are all deleted', async () => {
  const ada = await user.signUp();
  await user.query(
    `insert into login_challenges (token_hash, user_id, expires_at)
     select sha256(n::text::bytea), $1, now() - interval '1 minute' from generate_series(1, 2500) n`,
    [ada.id],
  );
  await forgetOld(worker.em.fork());
  expect(await user.query('select from login_challenges where user_id = $1', [ada.id])).toEqual([]);
});

test('an old session with a refresh token that still works is kept', async () => {
  const ada = await user.signUp();
  await user.query("update sessions set last_used_at = now() - interval '100 days' where user_id = $1", [ada.id]);
  await forgetOld(worker.em.fork());
  expect((await user.mutate('refreshToken', { refreshToken: ada.refreshToken })).accessToken).not.toBeNull();
  expect(await user.query('select from sessions where user_id = $1', [ada.id])).toHaveLength(1);
});
