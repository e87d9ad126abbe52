import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from '@jest/globals';
import { type Flaws, passkeyDevice } from '#test/passkey-device.ts';
import { passkeysAt, type WithPasskey } from '#test/passkeys.ts';
import { codesOf, password, startUserSubgraph } from '#test/user-subgraph.ts';

const user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
const {
  registrationOf,
  add,
  addTo,
  signUpWithPasskey,
  factorsOf,
  login,
  complete,
  begin,
  confirmWith,
  openChallenges,
} = passkeysAt(user);

afterAll(async () => {
  await user.stop();
});

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
