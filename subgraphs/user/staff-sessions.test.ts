import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type SignedIn, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let users: UserSubgraph;
beforeAll(async () => {
  users = await startUserSubgraph({ STAFF_ACCESS_TOKEN_TTL_S: '60' });
});
afterAll(async () => await users.stop());

const grant = async ({ id }: SignedIn, role = 'OPERATOR') =>
  await users.query(
    `insert into role_grants (id, user_id, role, reason) values (gen_random_uuid(), $1, $2, 'a test')`,
    [id, role],
  );
const proveFactor = async ({ id }: SignedIn) =>
  await users.query('update sessions set factor_at = now() where user_id = $1', [id]);

interface Claims {
  readonly roles?: string[];
  readonly iat: number;
  readonly exp: number;
}

async function refresh(refreshToken: string) {
  const { accessToken, refreshToken: next, userErrors } = await users.mutate('refreshToken', { refreshToken });
  return { claims: accessToken == null ? null : decodeJwt<Claims>(accessToken), next: next ?? '', userErrors };
}

test('a token has roles only in a session in which a second factor was proved, and is then short-lived', async () => {
  const olga = await users.signUp('Olga');
  await grant(olga);
  await grant(olga, 'AUDITOR');

  const without = await refresh(olga.refreshToken);
  await proveFactor(olga);
  const { claims } = await refresh(without.next);

  expect(without.claims).not.toHaveProperty('roles');
  expect(without.claims!.exp - without.claims!.iat).toBe(600);
  expect(claims).toMatchObject({ roles: ['AUDITOR', 'OPERATOR'] });
  expect(claims!.exp - claims!.iat).toBe(60);
});

test('a revoked role is not in the next token', async () => {
  const olga = await users.signUp('Olga');
  await grant(olga);
  await proveFactor(olga);
  const { claims, next } = await refresh(olga.refreshToken);
  await users.query('update role_grants set revoked_at = now() where user_id = $1', [olga.id]);

  expect(claims).toMatchObject({ roles: ['OPERATOR'] });
  expect((await refresh(next)).claims).not.toHaveProperty('roles');
});

test.each([
  ['has lasted for eight hours', `created_at = now() - interval '8 hours'`],
  ['was not used for half an hour', `last_used_at = now() - interval '30 minutes'`],
])('a session with roles ends when it %s', async (_when, change) => {
  const [olga, ada] = [await users.signUp('Olga'), await users.signUp('Ada')];
  await grant(olga);
  for (const one of [olga, ada]) {
    await proveFactor(one);
    await users.query(`update sessions set ${change} where user_id = $1`, [one.id]);
  }

  expect(await refresh(olga.refreshToken)).toMatchObject({ claims: null, userErrors: [{ code: 'INVALID_TOKEN' }] });
  expect((await users.query('select ended_at from sessions where user_id = $1', [olga.id]))[0]).not.toEqual({
    ended_at: null,
  });
  expect(await refresh(ada.refreshToken)).toMatchObject({ userErrors: [] });
});
