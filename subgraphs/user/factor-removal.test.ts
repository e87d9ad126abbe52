import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { codeOf, type Protected, signUpWithApp } from '#test/authenticator-app.ts';
import { codesOf, password, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

/** What stays of a second factor after its removal: nothing. */

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
});

afterAll(async () => {
  await user.stop();
});

const rolesIn = (accessToken: string | null | undefined) => decodeJwt(accessToken!)['roles'];

async function challengeOf({ email }: Protected): Promise<string> {
  const { challenge } = await user.mutate('login', { email, password });
  return challenge!.token;
}

/** @param nth which of the recovery codes to use. */
async function disable(ada: Protected, accessToken: string, nth = 0): Promise<void> {
  const proof = { password, recoveryCode: ada.recoveryCodes[nth] };
  const { confirmation } = await user.mutate('confirmIdentity', proof, accessToken);
  expect(codesOf(await user.mutate('disableTotp', { confirmation }, accessToken))).toEqual([]);
}

test('the sessions of staff lose their roles with the factor', async () => {
  const olga = await signUpWithApp(user);
  await user.query(
    `insert into role_grants (id, user_id, role, reason) values (gen_random_uuid(), $1, 'OPERATOR', 'a test')`,
    [olga.id],
  );
  const step = { challenge: await challengeOf(olga), recoveryCode: olga.recoveryCodes[1] };
  const other = await user.mutate('completeLogin', step);
  const own = await user.mutate('refreshToken', { refreshToken: olga.refreshToken });
  expect([rolesIn(own.accessToken), rolesIn(other.accessToken)]).toEqual([['OPERATOR'], ['OPERATOR']]);

  await disable(olga, own.accessToken!);
  for (const { refreshToken } of [own, other]) {
    const next = await user.mutate('refreshToken', { refreshToken });
    expect(rolesIn(next.accessToken) ?? []).toEqual([]);
  }
});

test('a login that waits for a factor ends with it, and a secret that is not enabled completes none', async () => {
  const ada = await signUpWithApp(user);
  const challenge = await challengeOf(ada);
  await disable(ada, ada.accessToken);
  const { secret } = await user.mutate('beginTotp', {}, ada.accessToken);
  const code = codeOf(secret!);
  expect(codesOf(await user.mutate('completeLogin', { challenge, code }))).toEqual(['INVALID_TOKEN']);
  expect(await user.query('select from login_challenges where user_id = $1', [ada.id])).toEqual([]);

  // Not even with a challenge that is left over.
  await user.query(
    `insert into login_challenges (token_hash, user_id, expires_at)
     values (sha256('left over'), $1, now() + interval '5 minutes')`,
    [ada.id],
  );
  const leftOver = { challenge: 'left over', code };
  expect(codesOf(await user.mutate('completeLogin', leftOver))).toEqual(['INVALID_TOKEN']);
});

test('a new app is enabled with its own code only, and is then a factor as the first was', async () => {
  const ada = await signUpWithApp(user);
  await disable(ada, ada.accessToken);
  const confirmation = await user.confirm(ada.accessToken);
  const { secret } = await user.mutate('beginTotp', {}, ada.accessToken);
  const old = await user.mutate('enableTotp', { code: codeOf(ada.secret, 1), confirmation }, ada.accessToken);
  expect(codesOf(old)).toEqual(['INVALID_CODE']);
  const { codes } = await user.mutate('enableTotp', { code: codeOf(secret!), confirmation }, ada.accessToken);
  const step = { challenge: await challengeOf(ada), recoveryCode: codes![0] };
  expect((await user.mutate('completeLogin', step)).user?.id).toBe(ada.id);
});
