import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signUpWithApp } from '#test/authenticator-app.ts';
import { password, type SignedIn, startUserSubgraph, type UserSubgraph } from '#test/user-subgraph.ts';

let user: UserSubgraph;

beforeAll(async () => {
  user = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
});

afterAll(async () => {
  await user.stop();
});

const login = async ({ email }: SignedIn) => await user.mutate('login', { email, password });

describe('messages', () => {
  const mailsOf = async (id: string) =>
    (
      await user.query<{ mail: string }>(
        `select kind || ' ' || coalesce(data->>'change', data->>'device', '') as mail
         from account_mails where user_id = $1 and kind in ('NEW_DEVICE', 'FACTOR_CHANGED') order by id`,
        [id],
      )
    ).map(({ mail }) => mail);
  const loginWith = async ({ email }: SignedIn, userAgent: string) => {
    const query = `mutation ($input: LoginInput!) { login(input: $input) { userErrors { code } } }`;
    const response = await fetch(user.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': userAgent },
      body: JSON.stringify({ query, variables: { input: { email, password } } }),
    });
    expect(await response.json()).toEqual({ data: { login: { userErrors: [] } } });
  };

  test('tell of the first sign-in from a device, and of none from a known one', async () => {
    const ada = await user.signUp();
    await login(ada);
    expect(await mailsOf(ada.id)).toEqual([]);
    const firefox = 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0';
    await loginWith(ada, firefox);
    await loginWith(ada, firefox);
    expect(await mailsOf(ada.id)).toEqual(['NEW_DEVICE Firefox on Windows']);
  });

  test('tell of changed factors and used recovery codes', async () => {
    const ada = await signUpWithApp(user);
    const { confirmation } = await user.mutate(
      'confirmIdentity',
      { password, recoveryCode: ada.recoveryCodes[0] },
      ada.accessToken,
    );
    const { challenge } = await login(ada);
    await user.mutate('completeLogin', { challenge: challenge!.token, recoveryCode: ada.recoveryCodes[1] });
    await user.mutate('renewRecoveryCodes', { confirmation }, ada.accessToken);
    await user.mutate('disableTotp', { confirmation }, ada.accessToken);
    expect((await mailsOf(ada.id)).map((mail) => mail.replace('FACTOR_CHANGED ', ''))).toEqual([
      'TOTP_ENABLED',
      'RECOVERY_CODE_USED',
      'RECOVERY_CODES_RENEWED',
      'TOTP_DISABLED',
    ]);
  });

  test('are dispatched at once after a change of the factors', async () => {
    const ada = await signUpWithApp(user);
    const proof = { password, recoveryCode: ada.recoveryCodes[0] };
    const { confirmation } = await user.mutate('confirmIdentity', proof, ada.accessToken);
    const { notified } = await user.listen('outbox');
    await user.mutate('disableTotp', { confirmation }, ada.accessToken);
    await expect(notified).resolves.toMatchObject([{ channel: 'outbox' }]);
  });
});
