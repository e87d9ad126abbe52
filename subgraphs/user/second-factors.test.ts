import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { codeOf, signUpWithApp, wrongCode } from '#test/authenticator-app.ts';
import { graphql } from '#test/graphql.ts';
import { codesOf, password, type SignedIn, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
});

afterAll(async () => {
  await user.stop();
});

const login = async ({ email }: SignedIn) => await user.mutate('login', { email, password });
const confirm = async (accessToken: string, proof: object = {}) =>
  await user.mutate('confirmIdentity', { password, ...proof }, accessToken);

const signUpWithTotp = async () => await signUpWithApp(user);

async function factorsOf(accessToken: string) {
  const query = '{ viewer { secondFactors { totp recoveryCodesLeft } } }';
  const { data } = await graphql<{ viewer: { secondFactors: object } }>(user.url, { query, token: accessToken });
  return data!.viewer.secondFactors;
}

describe('an authenticator app', () => {
  test('counts only after a code of it, and then gives recovery codes', async () => {
    const ada = await user.signUp();
    const { secret, uri } = await user.mutate('beginTotp', {}, ada.accessToken);
    expect(uri).toContain(`secret=${secret}`);
    expect(await factorsOf(ada.accessToken)).toEqual({ totp: false, recoveryCodesLeft: 0 });
    expect((await login(ada)).accessToken).not.toBeNull();
    const { confirmation } = await confirm(ada.accessToken);
    const wrong = { code: wrongCode(secret!), confirmation };
    expect(codesOf(await user.mutate('enableTotp', wrong, ada.accessToken))).toEqual(['INVALID_CODE']);
    const { codes } = await user.mutate('enableTotp', { code: codeOf(secret!), confirmation }, ada.accessToken);
    expect(new Set(codes).size).toBe(10);
    expect(codes!.every((code) => /^(?:[a-z2-7]{4}-){3}[a-z2-7]{4}$/.test(code))).toBe(true);
    expect(await factorsOf(ada.accessToken)).toEqual({ totp: true, recoveryCodesLeft: 10 });
    expect(codesOf(await user.mutate('beginTotp', {}, ada.accessToken))).toEqual(['SECOND_FACTOR_SET']);
  });

  test('stores neither the secret nor the recovery codes as they are', async () => {
    const ada = await signUpWithTotp();
    const rows = await user.query<{ stored: string }>(
      `select encode(secret, 'escape') as stored from totp_secrets where user_id = $1
       union all select encode(code_hash, 'escape') from recovery_codes where user_id = $1`,
      [ada.id],
    );
    expect(rows).toHaveLength(11);
    const stored = JSON.stringify(rows);
    for (const secret of [ada.secret, ...ada.recoveryCodes]) {
      expect(stored).not.toContain(secret);
      expect(user.output()).not.toContain(secret);
    }
  });

  test('makes a login wait for its code, and begins one session', async () => {
    const ada = await signUpWithTotp();
    const { accessToken, refreshToken, user: shown, challenge, userErrors } = await login(ada);
    expect([accessToken, refreshToken, shown, userErrors]).toEqual([null, null, null, []]);
    expect(challenge!.means).toEqual(['TOTP', 'RECOVERY_CODE']);
    const step = { challenge: challenge!.token, code: codeOf(ada.secret, 1) };
    const begun = await user.mutate('completeLogin', step);
    expect(begun.user?.id).toBe(ada.id);
    expect(codesOf(await user.mutate('completeLogin', step))).toEqual(['INVALID_TOKEN']);
    const [session] = await user.query(
      'select factor_at is not null as proved from sessions where user_id = $1 order by created_at desc limit 1',
      [ada.id],
    );
    expect(session).toEqual({ proved: true });
  });

  test('does not show without the password that it is set', async () => {
    const ada = await signUpWithTotp();
    const plain = await user.signUp();
    const answers = [ada.email, plain.email, 'nobody@example.com'].map(
      async (email) => await user.mutate('login', { email, password: 'not it at all' }),
    );
    expect(new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  test.each(['', 'unknown', 'x'.repeat(10_000), "' or true --"])('refuses the challenge %j', async (challenge) => {
    expect(codesOf(await user.mutate('completeLogin', { challenge, code: '000000' }))).toEqual(['INVALID_TOKEN']);
  });

  test.each(['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦', '1e5000', ' '.repeat(10_000)])(
    'refuses the code %j',
    async (code) => {
      const ada = await signUpWithTotp();
      const { challenge } = await login(ada);
      const step = { challenge: challenge!.token, code };
      expect(codesOf(await user.mutate('completeLogin', step))).toEqual(['INVALID_CODE']);
    },
  );

  test('lets in with each recovery code once', async () => {
    const ada = await signUpWithTotp();
    const recoveryCode = ada.recoveryCodes[0]!.toUpperCase().replaceAll('-', ' ');
    const enter = async () => {
      const { challenge } = await login(ada);
      return await user.mutate('completeLogin', { challenge: challenge!.token, recoveryCode });
    };
    const { accessToken } = await enter();
    expect(await factorsOf(accessToken!)).toEqual({ totp: true, recoveryCodesLeft: 9 });
    expect(codesOf(await enter())).toEqual(['INVALID_CODE']);
  });

  test('is removed with a confirmation, and then a login needs no code', async () => {
    const ada = await signUpWithTotp();
    expect(codesOf(await user.mutate('disableTotp', {}, ada.accessToken))).toEqual(['CONFIRMATION_REQUIRED']);
    expect(codesOf(await confirm(ada.accessToken))).toEqual(['SECOND_FACTOR_REQUIRED']);
    const { confirmation } = await confirm(ada.accessToken, { recoveryCode: ada.recoveryCodes[1] });
    const renewed = await user.mutate('renewRecoveryCodes', { confirmation }, ada.accessToken);
    expect(renewed.codes).toHaveLength(10);
    expect(renewed.codes).not.toContain(ada.recoveryCodes[2]);
    expect(codesOf(await user.mutate('disableTotp', { confirmation }, ada.accessToken))).toEqual([]);
    expect((await login(ada)).user?.id).toBe(ada.id);
  });

  test('is required for a new password and for deletion, in addition to the password', async () => {
    const { accessToken } = await signUpWithTotp();
    const change = { currentPassword: password, newPassword: 'staple battery horse correct' };
    const unconfirmed = [{ code: 'CONFIRMATION_REQUIRED', field: ['input', 'confirmation'] }];
    expect((await user.mutate('changePassword', change, accessToken)).userErrors).toEqual(unconfirmed);
    expect((await user.mutate('deleteUser', { password }, accessToken)).userErrors).toEqual(unconfirmed);
  });
});

describe('concurrent requests', () => {
  const times = <Value>(count: number, work: () => Promise<Value>) =>
    Promise.all(Array.from({ length: count }, async () => await work()));

  test('complete one login of a challenge', async () => {
    const ada = await signUpWithTotp();
    const { challenge } = await login(ada);
    const [one, other] = ada.recoveryCodes;
    const answers = await Promise.all(
      [one, other].map(
        async (recoveryCode) => await user.mutate('completeLogin', { challenge: challenge!.token, recoveryCode }),
      ),
    );
    expect(answers.filter(({ accessToken }) => accessToken != null)).toHaveLength(1);
    expect(answers.flatMap(codesOf)).toEqual(['INVALID_TOKEN']);
  });

  test.each(['code', 'recoveryCode'] as const)('use one %s once', async (kind) => {
    const ada = await signUpWithTotp();
    const challenges = [await login(ada), await login(ada), await login(ada)].map(({ challenge }) => challenge!.token);
    const proof = { [kind]: kind === 'code' ? codeOf(ada.secret, 1) : ada.recoveryCodes[0] };
    const answers = await Promise.all(
      challenges.map(async (challenge) => await user.mutate('completeLogin', { challenge, ...proof })),
    );
    expect(answers.filter(({ accessToken }) => accessToken != null)).toHaveLength(1);
    expect(answers.flatMap(codesOf)).toEqual(['INVALID_CODE', 'INVALID_CODE']);
  });

  test('leave no session or confirmation to the old password', async () => {
    const ada = await signUpWithTotp();
    const { challenge } = await login(ada);
    const { confirmation } = await confirm(ada.accessToken, { recoveryCode: ada.recoveryCodes[0] });
    const change = { currentPassword: password, newPassword: 'staple battery horse correct', confirmation };
    const [changed, completed] = await Promise.all([
      user.mutate('changePassword', change, ada.accessToken),
      user.mutate('completeLogin', { challenge: challenge!.token, recoveryCode: ada.recoveryCodes[1] }),
      user.ask('confirmIdentity', { password, recoveryCode: ada.recoveryCodes[2] }, ada.accessToken),
    ]);
    expect(codesOf(changed)).toEqual([]);
    // Either the challenge ended with the old password, or the session that it began did.
    const { refreshToken } = completed;
    const over = refreshToken == null ? completed : await user.mutate('refreshToken', { refreshToken });
    expect(codesOf(over)).toEqual(['INVALID_TOKEN']);
    expect(await user.faultsOf('disableTotp', { confirmation }, ada.accessToken)).toEqual(['UNAUTHENTICATED']);
  });

  test('have ten guesses, then the right code is refused until the window has passed', async () => {
    const ada = await signUpWithTotp();
    const { challenge } = await login(ada);
    const guess = { challenge: challenge!.token, code: wrongCode(ada.secret) };
    const answers = (await times(15, async () => await user.mutate('completeLogin', guess))).flatMap(codesOf);
    expect(answers.filter((code) => code === 'INVALID_CODE')).toHaveLength(10);
    expect(answers.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(5);

    const right = { challenge: challenge!.token, recoveryCode: ada.recoveryCodes[0] };
    expect(codesOf(await user.mutate('completeLogin', right))).toEqual(['TOO_MANY_ATTEMPTS']);
    // The bound is shared with the confirmation.
    expect(codesOf(await confirm(ada.accessToken))).toEqual(['TOO_MANY_ATTEMPTS']);
    await user.query(`update identity_tries set first_at = now() - interval '16 minutes' where user_id = $1`, [ada.id]);
    expect((await user.mutate('completeLogin', right)).user?.id).toBe(ada.id);
  });
});

describe('a confirmation', () => {
  test('is refused to a wrong password, ten times at most', async () => {
    const ada = await user.signUp();
    for (let times = 0; times < 10; times += 1) {
      expect(codesOf(await confirm(ada.accessToken, { password: 'not it at all' }))).toEqual(['INVALID_CREDENTIALS']);
    }
    expect(codesOf(await confirm(ada.accessToken))).toEqual(['TOO_MANY_ATTEMPTS']);
  });

  test('counts for its own session and user only, and is no access token', async () => {
    const ada = await user.signUp();
    const other = await login(ada);
    const eve = await user.signUp();
    const { confirmation } = await confirm(ada.accessToken);
    for (const token of [other.accessToken!, eve.accessToken]) {
      expect(codesOf(await user.mutate('renewRecoveryCodes', { confirmation }, token))).toEqual([
        'CONFIRMATION_REQUIRED',
      ]);
    }
    for (const given of [ada.accessToken, 'x', '', `${confirmation}x`, 'x'.repeat(5_000), null]) {
      expect(codesOf(await user.mutate('renewRecoveryCodes', { confirmation: given }, ada.accessToken))).toEqual([
        'CONFIRMATION_REQUIRED',
      ]);
    }
    expect(codesOf(await user.mutate('renewRecoveryCodes', { confirmation }, ada.accessToken))).toEqual([
      'SECOND_FACTOR_NOT_SET',
    ]);
    expect((await user.viewer(confirmation!)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});
