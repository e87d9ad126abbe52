import { describe, expect, test } from '@jest/globals';
import { graphql } from '#test/graphql.ts';
import { codesOf, newEmail, password, type SignedIn, startUserSubgraph } from '#test/user-subgraph.ts';
import { enterEmail, onlyMail, useUserMails } from '#test/use-user-mails.ts';

const { user, mails, signUpProved, emailOf } = await useUserMails({ MAILS_PER_RECIPIENT: '3' });

async function requestProof({ accessToken: token }: SignedIn): Promise<readonly string[]> {
  const query = 'mutation { requestEmailProof { userErrors { code } } }';
  type Answer = { requestEmailProof: { userErrors: { code: string }[] } };
  const { data } = await graphql<Answer>(user.url, { query, variables: {}, token });
  return data!.requestEmailProof.userErrors.map(({ code }) => code);
}

const outboxOf = async (kind: string, { id }: SignedIn) =>
  await user.query<{ payload: object }>(
    "select payload from outbox where kind = $1 and payload->>'userId' = $2 order by outbox.id",
    [kind, id],
  );

describe('a new customer', () => {
  test('proves the address with the link of the only message', async () => {
    const ada = await user.signUp();
    expect(await emailOf(ada)).toEqual({ email: ada.email, emailProved: false, pendingEmail: null });
    const mail = onlyMail(await mails.sentTo(ada.email));
    expect(mail.subject).toBe('Confirm your email address');
    expect(mail.text).toContain('https://wallet.example/prove-email#token=');
    expect(await user.mutate('proveEmail', { token: mail.token })).toEqual({ email: ada.email, userErrors: [] });
    expect(await emailOf(ada)).toMatchObject({ emailProved: true });
    expect((await outboxOf('contact-changed', ada)).map(({ payload }) => payload)).toMatchObject([
      { version: 1, emailProved: false },
      { version: 2, emailProved: true },
    ]);
  });

  test('proves the address with the code, signed in', async () => {
    const ada = await user.signUp();
    const { code } = onlyMail(await mails.sentTo(ada.email));
    expect(await user.faultsOf('proveEmail', { code })).toEqual(['UNAUTHENTICATED']);
    const eve = await user.signUp('Eve');
    expect(codesOf(await user.mutate('proveEmail', { code }, eve.accessToken))).toEqual(['INVALID_CODE']);
    expect(codesOf(await user.mutate('proveEmail', { code }, ada.accessToken))).toEqual([]);
    expect(await emailOf(ada)).toMatchObject({ emailProved: true });
  });

  test('cannot guess the code: after five wrong codes the right one is refused, and the link works', async () => {
    const ada = await user.signUp();
    const { code, token } = onlyMail(await mails.sentTo(ada.email));
    const wrong = code === '00000000' ? '00000001' : '00000000';
    const tries = await Promise.all(
      Array.from({ length: 12 }, async () => await user.mutate('proveEmail', { code: wrong }, ada.accessToken)),
    );
    const codes = tries.flatMap(codesOf);
    expect(codes.filter((one) => one === 'INVALID_CODE')).toHaveLength(5);
    expect(codes.filter((one) => one === 'TOO_MANY_ATTEMPTS')).toHaveLength(7);
    expect(codesOf(await user.mutate('proveEmail', { code }, ada.accessToken))).toEqual(['TOO_MANY_ATTEMPTS']);
    expect(codesOf(await user.mutate('proveEmail', { token }))).toEqual([]);
  });

  test('uses a link once', async () => {
    const ada = await user.signUp();
    const { token } = onlyMail(await mails.sentTo(ada.email));
    const both = await Promise.all([1, 2, 3].map(async () => await user.mutate('proveEmail', { token })));
    expect(both.flatMap(codesOf)).toEqual(['INVALID_TOKEN', 'INVALID_TOKEN']);
  });

  test.each(['', 'x', 'a'.repeat(65), 'a'.repeat(90_000), '__proto__', `${'A'.repeat(22)}${'b'.repeat(43)}`])(
    'is not proved by the token %#',
    async (token) => {
      expect(await user.mutate('proveEmail', { token })).toEqual({
        email: null,
        userErrors: [{ code: 'INVALID_TOKEN', field: ['input', 'token'] }],
      });
    },
  );

  test('gives either a token or a code', async () => {
    for (const input of [{}, { token: 'x', code: 'y' }, { token: null, code: null }]) {
      expect(codesOf(await user.mutate('proveEmail', input))).toEqual(['INVALID_TOKEN']);
    }
  });

  test('requests more messages, up to the limit, and only the last link is valid', async () => {
    const ada = await user.signUp();
    const first = onlyMail(await mails.sentTo(ada.email));
    const answers = [await requestProof(ada), await requestProof(ada), await requestProof(ada)];
    expect(answers).toEqual([[], [], ['TOO_MANY_ATTEMPTS']]);
    // The second message was replaced before it was sent.
    const last = onlyMail(await mails.sentTo(ada.email));
    expect(codesOf(await user.mutate('proveEmail', { token: first.token }))).toEqual(['INVALID_TOKEN']);
    expect(codesOf(await user.mutate('proveEmail', { token: last.token }))).toEqual([]);
    expect(await requestProof(ada)).toEqual([]);
    expect(await mails.sentTo(ada.email)).toEqual([]);
  });

  test('gets no message with a name in it before the address is proved', async () => {
    const name = 'Visit http://evil.example now';
    const email = newEmail();
    await user.mutate('register', { email, name, password });
    expect(onlyMail(await mails.sentTo(email)).text).not.toContain('Visit');
  });
});

describe('a forgotten password', () => {
  const newPassword = 'a completely new password';

  test('is reset with the link; every session ends, and the customer is told', async () => {
    const ada = await signUpProved();
    expect(await user.mutate('requestPasswordReset', { email: ada.email.toUpperCase() })).toEqual({ userErrors: [] });
    const mail = onlyMail(await mails.sentTo(ada.email));
    expect(mail.text).toContain('https://wallet.example/reset-password#token=');
    const weak = await user.mutate('resetPassword', { token: mail.token, newPassword: 'short' });
    expect(weak.userErrors).toEqual([{ code: 'WEAK_PASSWORD', field: ['input', 'newPassword'] }]);
    const answers = await Promise.all(
      [1, 2].map(async () => await user.mutate('resetPassword', { token: mail.token, newPassword })),
    );
    expect(answers.flatMap(codesOf)).toEqual(['INVALID_TOKEN']);
    expect(codesOf(await user.mutate('refreshToken', { refreshToken: ada.refreshToken }))).toEqual(['INVALID_TOKEN']);
    expect(codesOf(await user.mutate('login', { email: ada.email, password }))).toEqual(['INVALID_CREDENTIALS']);
    expect(codesOf(await user.mutate('login', { email: ada.email, password: newPassword }))).toEqual([]);
    expect((await mails.sentTo(ada.email)).map(({ subject }) => subject)).toEqual(['Your password was changed']);
  });

  test('is requested with one answer and one work, whether the address is registered', async () => {
    const [ada, unknown] = [await signUpProved(), newEmail('unknown')];
    const rows = async () =>
      await user.query(
        'select count(*)::int as mails, (select count(*)::int from outbox) as entries from account_mails',
      );
    const before = await rows();
    const first = await user.ask('requestPasswordReset', { email: ada.email });
    const between = await rows();
    expect(await user.ask('requestPasswordReset', { email: unknown })).toEqual(first);
    const [[a], [b], [c]] = [before, between, await rows()] as [Counted[], Counted[], Counted[]];
    expect([b!.mails - a!.mails, b!.entries - a!.entries]).toEqual([1, 1]);
    expect([c!.mails - b!.mails, c!.entries - b!.entries]).toEqual([1, 1]);
    const kept = await user.query(
      "select user_id, kind, sender, data from account_mails where recipient in ($1, $2) and kind = 'PASSWORD_RESET'",
      [ada.email, unknown],
    );
    expect(kept).toHaveLength(2);
    expect(kept[0]).toEqual(kept[1]);
    expect((await mails.send()).map(({ to }) => to)).toEqual([ada.email]);
  });

  test('sends one message for a burst of requests', async () => {
    const ada = await signUpProved();
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () => await user.mutate('requestPasswordReset', { email: ada.email })),
    );
    expect(answers.flatMap(codesOf)).toEqual([]);
    expect(await mails.sentTo(ada.email)).toHaveLength(1);
  });

  test('of a customer whose address is not proved sends the proof, and nothing else', async () => {
    const ada = await user.signUp();
    await mails.send();
    await user.mutate('requestPasswordReset', { email: ada.email });
    const mail = onlyMail(await mails.sentTo(ada.email));
    expect(mail.subject).toBe('Confirm your email address');
    expect(codesOf(await user.mutate('resetPassword', { token: mail.token, newPassword }))).toEqual(['INVALID_TOKEN']);
    expect(codesOf(await user.mutate('proveEmail', { token: mail.token }))).toEqual([]);
  });
});

interface Counted {
  readonly mails: number;
  readonly entries: number;
}

test('a new address gets a bounded number of messages from all customers together', async () => {
  const victim = newEmail('victim');
  const codes: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    const { accessToken } = await user.signUp();
    codes.push(...codesOf(await enterEmail(user, accessToken, victim)));
  }
  expect(codes).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
  expect(await mails.sentTo(victim)).toHaveLength(3);
});

test('one sender causes a bounded number of messages', async () => {
  const limited = await startUserSubgraph({ MAILS_PER_SENDER: '3' });
  try {
    const { accessToken } = await limited.signUp();
    for (let count = 0; count < 2; count += 1) await limited.signUp();
    expect(codesOf(await limited.mutate('requestPasswordReset', { email: newEmail() }))).toEqual(['TOO_MANY_ATTEMPTS']);
    expect(codesOf(await enterEmail(limited, accessToken, newEmail()))).toEqual(['TOO_MANY_ATTEMPTS']);
    // A registration works without its message.
    await limited.signUp();
    expect(await limited.query('select count(*)::int as mails from account_mails')).toEqual([{ mails: 3 }]);
  } finally {
    await limited.stop();
  }
});

test('with EMAIL_VERIFICATION=off an address is proved at registration', async () => {
  const trusting = await startUserSubgraph({ EMAIL_VERIFICATION: 'off' });
  try {
    const { accessToken: token } = await trusting.signUp();
    const query = '{ viewer { emailProved } }';
    expect((await graphql(trusting.url, { query, variables: {}, token })).data).toEqual({
      viewer: { emailProved: true },
    });
    expect(await trusting.query('select from account_mails')).toEqual([]);
  } finally {
    await trusting.stop();
  }
});
