import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { setUpApp } from '#test/authenticator-app.ts';
import { graphql } from '#test/graphql.ts';
import { type Flaws, type PasskeyDevice, passkeyDevice } from '#test/passkey-device.ts';
import { codesOf, password, type SignedIn, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
});

afterAll(async () => {
  await user.stop();
});

async function registrationOf({ accessToken }: SignedIn): Promise<string> {
  const confirmation = await user.confirm(accessToken);
  return (await user.mutate('beginPasskeyRegistration', { confirmation }, accessToken)).options!;
}

const add = async (ada: SignedIn, response: string, name = 'Laptop') =>
  await user.mutate('addPasskey', { name, response }, ada.accessToken);

interface WithPasskey extends SignedIn {
  readonly device: PasskeyDevice;
  readonly passkeyId: string;
  readonly codes: readonly string[];
}

async function addTo(ada: SignedIn): Promise<WithPasskey> {
  const device = passkeyDevice();
  const { passkey, codes, userErrors } = await add(ada, device.register(await registrationOf(ada)));
  expect(userErrors).toEqual([]);
  return { ...ada, device, passkeyId: passkey!.id, codes: codes ?? [] };
}

const signUpWithPasskey = async () => await addTo(await user.signUp());

async function factorsOf(accessToken: string) {
  const query = '{ viewer { secondFactors { totp recoveryCodesLeft passkeys { name lastUsedAt } } } }';
  const { data } = await graphql<{ viewer: { secondFactors: { passkeys: unknown[] } } }>(user.url, {
    query,
    token: accessToken,
  });
  return data!.viewer.secondFactors;
}

const login = async ({ email }: SignedIn) => (await user.mutate('login', { email, password })).challenge!;
const complete = async (challenge: string, passkeyResponse: string) =>
  await user.mutate('completeLogin', { challenge, passkeyResponse });
const begin = async () => {
  const { options, token } = await user.mutate('beginPasskeyLogin', {});
  return { options: options!, token: token! };
};
const confirmWith = async (ada: WithPasskey, device = ada.device, flaws: Flaws = {}) => {
  const { options } = await user.mutate('beginPasskeyConfirmation', {}, ada.accessToken);
  return await user.mutate('confirmIdentity', { passkeyResponse: device.use(options!, flaws) }, ada.accessToken);
};

const openChallenges = async (userId: string) =>
  (await user.query('select 1 from webauthn_challenges where user_id = $1', [userId])).length;

describe('adding a passkey', () => {
  test('needs a confirmation, and gives recovery codes with the first one', async () => {
    const ada = await user.signUp();
    const refused = await user.mutate('beginPasskeyRegistration', {}, ada.accessToken);
    expect(codesOf(refused)).toEqual(['CONFIRMATION_REQUIRED']);
    const { codes } = await addTo(ada);
    expect(codes).toHaveLength(10);
    expect(await factorsOf(ada.accessToken)).toEqual({
      totp: false,
      recoveryCodesLeft: 10,
      passkeys: [{ name: 'Laptop', lastUsedAt: null }],
    });
    expect(
      await user.query('select data from account_mails where user_id = $1 and kind = $2', [ada.id, 'FACTOR_CHANGED']),
    ).toEqual([{ data: { change: 'PASSKEY_ADDED' } }]);
    const shown = await login(ada);
    expect(shown.means).toEqual(['PASSKEY', 'RECOVERY_CODE']);
  });

  test.each<[string, Flaws]>([
    ['of another page', { origin: 'http://localhost:4001' }],
    ['of another site', { rpId: 'example.com' }],
    ['for another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['for a use instead', { type: 'webauthn.get' }],
    ['of a device that did not verify its user', { userVerified: false }],
    ['with an unknown attestation', { attestation: { fmt: 'made-up', attStmt: new Map() } }],
    ['with a statement where there is none', { attestation: { fmt: 'none', attStmt: new Map([['x', 1]]) } }],
  ])('refuses a response %s', async (_what, flaws) => {
    const ada = await user.signUp();
    const options = await registrationOf(ada);
    const device = passkeyDevice();
    expect(codesOf(await add(ada, device.register(options, flaws)))).toEqual(['INVALID_PASSKEY']);
    expect((await factorsOf(ada.accessToken)).passkeys).toEqual([]);
  });

  test('uses up its challenge, also with a wrong response', async () => {
    const ada = await user.signUp();
    const options = await registrationOf(ada);
    expect(codesOf(await add(ada, passkeyDevice().register(options, { userVerified: false })))).toEqual([
      'INVALID_PASSKEY',
    ]);
    expect(codesOf(await add(ada, passkeyDevice().register(options)))).toEqual(['INVALID_PASSKEY']);
    const again = await registrationOf(ada);
    const responses = Array.from({ length: 5 }, () => passkeyDevice().register(again));
    const added = await Promise.all(responses.map(async (response) => await add(ada, response)));
    expect(added.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
  });

  test('counts in the session that began it only', async () => {
    const ada = await user.signUp();
    const options = await registrationOf(ada);
    const { accessToken } = await user.mutate('login', { email: ada.email, password });
    const response = passkeyDevice().register(options);
    expect(codesOf(await add({ ...ada, accessToken: accessToken! }, response))).toEqual(['INVALID_PASSKEY']);
    expect(codesOf(await add(await user.signUp(), response))).toEqual(['INVALID_PASSKEY']);
    expect(codesOf(await add(ada, response))).toEqual([]);
  });

  test('refuses certificates without fetching the lists that they name', async () => {
    const server = createServer((_request, response) => void response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    let requests = 0;
    server.on('request', () => (requests += 1));
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crl`;
      const ada = await user.signUp();
      for (const fmt of ['packed', 'fido-u2f', 'android-key', 'tpm', 'apple', 'android-safetynet']) {
        const attStmt = new Map<string, unknown>([
          ['alg', -7],
          ['sig', new Uint8Array(64)],
          ['x5c', [new Uint8Array(Buffer.from(url))]],
        ]);
        const response = passkeyDevice().register(await registrationOf(ada), { attestation: { fmt, attStmt } });
        expect(codesOf(await add(ada, response))).toEqual(['INVALID_PASSKEY']);
      }
    } finally {
      server.close();
    }
    expect(requests).toBe(0);
  });

  test.each([
    '',
    '{}',
    'null',
    '[]',
    '{"id":1}',
    'x'.repeat(9_000),
    JSON.stringify({
      id: 'a',
      rawId: 'a',
      type: 'public-key',
      response: { clientDataJSON: 'e30', attestationObject: '_' },
    }),
    JSON.stringify({
      id: 'a',
      rawId: 'a',
      type: 'public-key',
      response: { clientDataJSON: '__', attestationObject: 'oA' },
    }),
  ])('refuses what is no response, case %#', async (response) => {
    const ada = await user.signUp();
    expect(codesOf(await add(ada, response))).toEqual(['INVALID_PASSKEY']);
    expect(codesOf(await user.mutate('confirmIdentity', { passkeyResponse: response }, ada.accessToken))).toEqual([
      'INVALID_PASSKEY',
    ]);
    const { token } = await begin();
    expect(codesOf(await complete(token, response))).toEqual(['INVALID_PASSKEY']);
  });

  test.each(['', ' ', 'two\nlines', 'x'.repeat(101), 'a\u202Eb'])('refuses the name %j', async (name) => {
    const ada = await user.signUp();
    const response = passkeyDevice().register(await registrationOf(ada));
    expect(codesOf(await add(ada, response, name))).toEqual(['INVALID_NAME']);
  });

  test('refuses a credential that is known, and the eleventh passkey', async () => {
    const ada = await signUpWithPasskey();
    const confirm = async () => (await confirmWith(ada)).confirmation;
    const next = async () => {
      const input = { confirmation: await confirm() };
      return await user.mutate('beginPasskeyRegistration', input, ada.accessToken);
    };
    expect(codesOf(await add(ada, ada.device.register((await next()).options!)))).toEqual(['INVALID_PASSKEY']);
    for (let count = 2; count <= 10; count += 1) {
      expect(codesOf(await add(ada, passkeyDevice().register((await next()).options!)))).toEqual([]);
    }
    expect(codesOf(await next())).toEqual(['TOO_MANY_PASSKEYS']);
  });
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

describe('removing a passkey', () => {
  const remove = async (ada: WithPasskey, confirmation: string | null = null, passkeyId = ada.passkeyId) =>
    await user.mutate('removePasskey', { passkeyId, confirmation }, ada.accessToken);

  test('needs a confirmation, and takes the recovery codes, the logins and the proofs with the last factor', async () => {
    const ada = await signUpWithPasskey();
    expect(codesOf(await remove(ada))).toEqual(['CONFIRMATION_REQUIRED']);
    const waiting = await login(ada);
    const { confirmation } = await confirmWith(ada);
    await user.mutate('beginPasskeyRegistration', { confirmation }, ada.accessToken);
    expect(codesOf(await remove(ada, confirmation))).toEqual([]);
    expect(await factorsOf(ada.accessToken)).toEqual({ totp: false, recoveryCodesLeft: 0, passkeys: [] });
    expect(await openChallenges(ada.id)).toBe(0);
    const late = await complete(waiting.token, ada.device.use(waiting.passkeyOptions!));
    expect(codesOf(late)).toEqual(['INVALID_TOKEN']);
    const { accessToken } = await user.mutate('login', { email: ada.email, password });
    expect(accessToken).not.toBeNull();
    const [{ proved }] = (await user.query('select count(factor_at)::int as proved from sessions where user_id = $1', [
      ada.id,
    ])) as [{ proved: number }];
    expect(proved).toBe(0);
  });

  test('keeps the app and the recovery codes, as the removal of the app keeps the passkeys', async () => {
    const ada = await addTo(await user.signUp());
    const { confirmation } = await confirmWith(ada);
    const { secret } = await user.mutate('beginTotp', {}, ada.accessToken);
    expect(secret).not.toBeNull();
    expect(codesOf(await user.mutate('disableTotp', { confirmation }, ada.accessToken))).toEqual([]);
    expect(await factorsOf(ada.accessToken)).toMatchObject({ recoveryCodesLeft: 10, passkeys: [{}] });
  });

  test('is refused for the passkey of another customer, and for an id that is none', async () => {
    const [ada, bob] = [await signUpWithPasskey(), await signUpWithPasskey()];
    const { confirmation } = await confirmWith(ada);
    for (const id of [bob.passkeyId, 'x', '']) {
      expect(codesOf(await remove(ada, confirmation, id))).toEqual(['NOT_FOUND']);
    }
    expect((await factorsOf(bob.accessToken)).passkeys).toHaveLength(1);
  });
});
