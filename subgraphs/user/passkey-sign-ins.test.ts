import { afterAll, describe, expect, test } from '@jest/globals';
import { setUpApp } from '#test/authenticator-app.ts';
import { type Flaws, type PasskeyDevice, passkeyDevice } from '#test/passkey-device.ts';
import { passkeysAt } from '#test/passkeys.ts';
import { codesOf, password, type SignedIn, startUserSubgraph } from '#test/user-subgraph.ts';

/** Signing in and confirming with a passkey. */

const user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
const { signUpWithPasskey, factorsOf, login, complete, begin, confirmWith, openChallenges } = passkeysAt(user);

afterAll(async () => {
  await user.stop();
});

describe('a passkey as the second factor', () => {
  test('completes the login once', async () => {
    const ada = await signUpWithPasskey();
    const challenge = await login(ada);
    expect(JSON.parse(challenge.passkeyOptions!)).toMatchObject({
      rpId: 'localhost',
      userVerification: 'required',
      allowCredentials: [{ id: ada.device.id }],
    });
    const response = ada.device.use(challenge.passkeyOptions!);
    const begun = await complete(challenge.token, response);
    expect(begun.user?.id).toBe(ada.id);
    expect(codesOf(await complete(challenge.token, response))).toEqual(['INVALID_TOKEN']);
    const [session] = await user.query(
      'select factor_at is not null as proved from sessions where user_id = $1 order by created_at desc limit 1',
      [ada.id],
    );
    expect(session).toEqual({ proved: true });
  });

  test('does not count for another login, another user, or a sign-in without a password', async () => {
    const [ada, bob] = [await signUpWithPasskey(), await signUpWithPasskey()];
    const [one, two, his] = [await login(ada), await login(ada), await login(bob)];
    expect(codesOf(await complete(two.token, ada.device.use(one.passkeyOptions!)))).toEqual(['INVALID_PASSKEY']);
    expect(codesOf(await complete(his.token, ada.device.use(his.passkeyOptions!)))).toEqual(['INVALID_PASSKEY']);
    const alone = await begin();
    const third = await login(ada);
    expect(codesOf(await complete(alone.token, ada.device.use(third.passkeyOptions!)))).toEqual(['INVALID_PASSKEY']);
    expect(codesOf(await complete(third.token, ada.device.use(alone.options)))).toEqual(['INVALID_PASSKEY']);
  });

  test('leaves the codes of the app valid', async () => {
    const ada = await setUpApp(user, await user.signUp());
    const challenge = await login(ada);
    expect([challenge.means, challenge.passkeyOptions]).toEqual([['TOTP', 'RECOVERY_CODE'], null]);
  });
});

describe('a passkey alone', () => {
  test('signs in its owner, with a proved factor', async () => {
    const ada = await signUpWithPasskey();
    const { options, token } = await begin();
    expect(JSON.parse(options)).toMatchObject({ userVerification: 'required', allowCredentials: [] });
    const begun = await complete(token, ada.device.use(options, { userHandle: ada.id }));
    expect(begun.user?.id).toBe(ada.id);
    expect(codesOf(await complete(token, ada.device.use(options)))).toEqual(['INVALID_TOKEN']);
    expect(await factorsOf(begun.accessToken!)).toMatchObject({ passkeys: [{ lastUsedAt: expect.any(String) }] });
  });

  test.each<[string, (device: PasskeyDevice, options: string) => string]>([
    [
      'of an unknown passkey',
      (_device, options) => passkeyDevice().use(options, { id: Buffer.alloc(16, 7).toString('base64url') }),
    ],
    [
      'for another challenge',
      (device, options) => device.use(options, { challenge: Buffer.alloc(32, 1).toString('base64url') }),
    ],
    ['that is no JSON', () => '{'],
    ['that is no object', () => '[]'],
    ['that is empty', () => ''],
  ])('is refused after a response %s: it uses up the challenge', async (_what, wrong) => {
    const { device } = await signUpWithPasskey();
    const { options, token } = await begin();
    expect(codesOf(await complete(token, wrong(device, options)))).toEqual(['INVALID_PASSKEY']);
    expect(codesOf(await complete(token, device.use(options)))).toEqual(['INVALID_TOKEN']);
  });

  test('begins without waiting for the expired challenges of others', async () => {
    await begin();
    await user.query("update webauthn_challenges set expires_at = now() - interval '1 minute' where user_id is null");
    const expired = async () =>
      (await user.query('select from webauthn_challenges where user_id is null and expires_at < now()')).length;
    const before = await expired();
    await begin();
    expect([before > 0, await expired()]).toEqual([true, before]);
  });

  test.each<[string, (bob: SignedIn) => Flaws]>([
    ['another page', () => ({ origin: 'https://localhost:4000' })],
    ['another site', () => ({ rpId: 'evil.example' })],
    ['another challenge', () => ({ challenge: Buffer.alloc(32, 1).toString('base64url') })],
    ['a registration', () => ({ type: 'webauthn.create' })],
    ['a device that did not verify its user', () => ({ userVerified: false })],
    ['an unknown passkey', () => ({ id: Buffer.alloc(16, 7).toString('base64url') })],
    ['another user', (bob) => ({ userHandle: bob.id })],
    ['a counter that went back', () => ({ counter: 1 })],
  ])('is refused for %s, with one answer', async (_what, flawsOf) => {
    const [ada, bob] = [await signUpWithPasskey(), await user.signUp()];
    const first = await begin();
    expect(codesOf(await complete(first.token, ada.device.use(first.options)))).toEqual([]);
    const { options, token } = await begin();
    const refused = await complete(token, ada.device.use(options, flawsOf(bob)));
    expect(refused).toMatchObject({
      accessToken: null,
      userErrors: [{ code: 'INVALID_PASSKEY', field: ['input', 'passkeyResponse'] }],
    });
  });

  test('is refused with the signature of another device', async () => {
    const ada = await signUpWithPasskey();
    const { options, token } = await begin();
    expect(codesOf(await complete(token, passkeyDevice().use(options, { id: ada.device.id })))).toEqual([
      'INVALID_PASSKEY',
    ]);
  });

  test('begins one session from many concurrent requests', async () => {
    const ada = await signUpWithPasskey();
    const { options, token } = await begin();
    const response = ada.device.use(options);
    const begun = await Promise.all(Array.from({ length: 8 }, async () => await complete(token, response)));
    expect(begun.filter(({ accessToken }) => accessToken != null)).toHaveLength(1);
  });
});

describe('a confirmation with a passkey', () => {
  test('needs no password, and counts', async () => {
    const ada = await signUpWithPasskey();
    const { confirmation } = await confirmWith(ada);
    const { codes } = await user.mutate('renewRecoveryCodes', { confirmation }, ada.accessToken);
    expect(codes).toHaveLength(10);
  });

  test('is refused with the passkey of another user, and for the challenge of another session', async () => {
    const [ada, bob] = [await signUpWithPasskey(), await signUpWithPasskey()];
    expect(codesOf(await confirmWith(ada, bob.device))).toEqual(['INVALID_PASSKEY']);
    const { options } = await user.mutate('beginPasskeyConfirmation', {}, ada.accessToken);
    const other = await begin();
    const { accessToken } = await complete(other.token, ada.device.use(other.options));
    const passkeyResponse = ada.device.use(options!);
    expect(codesOf(await user.mutate('confirmIdentity', { passkeyResponse }, accessToken!))).toEqual([
      'INVALID_PASSKEY',
    ]);
    expect(codesOf(await user.mutate('confirmIdentity', { passkeyResponse }, ada.accessToken))).toEqual([]);
  });

  test('with the password alone is refused, as without a passkey', async () => {
    const ada = await signUpWithPasskey();
    expect(codesOf(await user.mutate('confirmIdentity', { password }, ada.accessToken))).toEqual([
      'SECOND_FACTOR_REQUIRED',
    ]);
    expect(codesOf(await user.mutate('confirmIdentity', {}, ada.accessToken))).toEqual(['INVALID_CREDENTIALS']);
    const proof = { password, recoveryCode: ada.codes[0] };
    expect((await user.mutate('confirmIdentity', proof, ada.accessToken)).confirmation).not.toBeNull();
  });

  test('keeps one open challenge for each session, and none for a user without a passkey', async () => {
    const ada = await signUpWithPasskey();
    for (let count = 0; count < 5; count += 1) await user.mutate('beginPasskeyConfirmation', {}, ada.accessToken);
    expect(await openChallenges(ada.id)).toBe(1);
    const bob = await user.signUp();
    const refused = await user.mutate('beginPasskeyConfirmation', {}, bob.accessToken);
    expect(codesOf(refused)).toEqual(['SECOND_FACTOR_NOT_SET']);
  });
});
