import { describe, expect, test } from '@jest/globals';
import { type SentMail, viewOf } from '#test/account-mails.ts';
import { graphql } from '#test/graphql.ts';
import {
  codesOf,
  newEmail,
  password,
  type SignedIn,
  startUserSubgraph,
  type UserSubgraph,
} from '#test/user-subgraph.ts';
import { useUserMails } from '#test/use-user-mails.ts';

const { user, mails } = await useUserMails({ MAILS_PER_RECIPIENT: '3' });

interface EmailView {
  readonly email: string;
  readonly emailProved: boolean;
  readonly pendingEmail: string | null;
}

async function viewerOf({ accessToken: token }: Pick<SignedIn, 'accessToken'>): Promise<EmailView | null> {
  const query = '{ viewer { email emailProved pendingEmail } }';
  const { data } = await graphql<{ viewer: EmailView | null }>(user.url, { query, variables: {}, token });
  return data!.viewer;
}

async function requestProof({ accessToken: token }: SignedIn): Promise<readonly string[]> {
  const query = 'mutation { requestEmailProof { userErrors { code } } }';
  type Answer = { requestEmailProof: { userErrors: { code: string }[] } };
  const { data } = await graphql<Answer>(user.url, { query, variables: {}, token });
  return data!.requestEmailProof.userErrors.map(({ code }) => code);
}

const onlyMail = (sent: readonly SentMail[]): SentMail => {
  expect(sent).toHaveLength(1);
  return sent[0]!;
};

/** A customer who has proved the address. */
async function proved(): Promise<SignedIn> {
  const ada = await user.signUp();
  const { token } = onlyMail(await mails.sentTo(ada.email));
  await user.mutate('proveEmail', { token });
  return ada;
}

/** Begins a change of the address, after confirming the identity. */
async function enterEmail(subgraph: UserSubgraph, accessToken: string, email: string) {
  const confirmation = await subgraph.confirm(accessToken);
  return await subgraph.mutate('updateProfile', { email, confirmation }, accessToken);
}

const outboxOf = async (kind: string, { id }: SignedIn) =>
  await user.query<{ payload: object }>(
    "select payload from outbox where kind = $1 and payload->>'userId' = $2 order by outbox.id",
    [kind, id],
  );

describe('a new customer', () => {
  test('proves the address with the link of the only message', async () => {
    const ada = await user.signUp();
    expect(await viewerOf(ada)).toEqual({ email: ada.email, emailProved: false, pendingEmail: null });
    const mail = onlyMail(await mails.sentTo(ada.email));
    expect(mail.subject).toBe('Confirm your email address');
    expect(mail.text).toContain('https://wallet.example/prove-email#token=');
    expect(await user.mutate('proveEmail', { token: mail.token })).toEqual({ email: ada.email, userErrors: [] });
    expect(await viewerOf(ada)).toMatchObject({ emailProved: true });
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
    expect(await viewerOf(ada)).toMatchObject({ emailProved: true });
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

describe('a changed address', () => {
  test('is refused to a thief with an access token only; the name may change', async () => {
    const [ada, eve] = [await proved(), await proved()];
    const email = newEmail('thief');
    const others = await user.confirm(eve.accessToken);
    for (const confirmation of [undefined, null, '', 'x', ada.accessToken, others]) {
      const payload = await user.mutate('updateProfile', { email, name: 'Thief', confirmation }, ada.accessToken);
      expect(payload.userErrors).toEqual([{ code: 'CONFIRMATION_REQUIRED', field: ['input', 'confirmation'] }]);
    }
    const renamed = await user.mutate('updateProfile', { email: ada.email, name: 'Countess' }, ada.accessToken);
    expect(renamed).toMatchObject({ user: { name: 'Countess', email: ada.email }, userErrors: [] });
    expect(await viewerOf(ada)).toMatchObject({ email: ada.email, pendingEmail: null });
    expect(await mails.sentTo(email)).toEqual([]);
  });

  test('counts when it is proved, and the old address can undo it', async () => {
    const ada = await proved();
    const next = newEmail('thief');
    expect(codesOf(await enterEmail(user, ada.accessToken, next))).toEqual([]);
    expect(await viewerOf(ada)).toEqual({ email: ada.email, emailProved: true, pendingEmail: next });
    const sent = await mails.send();
    expect(sent.map(({ to }) => to)).toEqual([next]);
    expect(await user.mutate('proveEmail', { token: sent[0]!.token })).toEqual({ email: next, userErrors: [] });
    expect(await viewerOf(ada)).toEqual({ email: next, emailProved: true, pendingEmail: null });

    const told = onlyMail(await mails.sentTo(ada.email));
    expect(told.subject).toBe('Your email address was changed');
    const thief = await user.mutate('login', { email: next, password });
    // A link for a new password that waits at the thief's address.
    await user.mutate('requestPasswordReset', { email: next });
    const stolen = onlyMail(await mails.sentTo(next));
    expect(await user.mutate('undoEmailChange', { token: told.token })).toEqual({ email: ada.email, userErrors: [] });
    expect(await viewerOf(ada)).toMatchObject({ email: ada.email, emailProved: true });
    expect(codesOf(await user.mutate('refreshToken', { refreshToken: thief.refreshToken }))).toEqual(['INVALID_TOKEN']);
    const reset = { token: stolen.token, newPassword: 'a new password of the thief' };
    expect(codesOf(await user.mutate('resetPassword', reset))).toEqual(['INVALID_TOKEN']);
    expect(codesOf(await user.mutate('undoEmailChange', { token: told.token }))).toEqual(['INVALID_TOKEN']);
    expect(onlyMail(await mails.sentTo(ada.email)).subject).toBe('Choose a new password');
  });

  test('is undone for the first owner even if the thief changed it twice', async () => {
    const ada = await proved();
    const addresses = [newEmail('b'), newEmail('c')];
    const undoTokens: (string | null)[] = [];
    for (const [index, email] of addresses.entries()) {
      await enterEmail(user, ada.accessToken, email);
      await user.mutate('proveEmail', { token: onlyMail(await mails.sentTo(email)).token });
      undoTokens.push(onlyMail(await mails.sentTo([ada.email, ...addresses][index]!)).token);
    }
    expect(codesOf(await user.mutate('undoEmailChange', { token: undoTokens[0] }))).toEqual([]);
    expect(codesOf(await user.mutate('undoEmailChange', { token: undoTokens[1] }))).toEqual(['INVALID_TOKEN']);
    expect(await viewerOf(ada)).toMatchObject({ email: ada.email });
  });

  test('is refused at the proof if another customer has registered it since', async () => {
    const [ada, next] = [await proved(), newEmail()];
    await enterEmail(user, ada.accessToken, next);
    const { token } = onlyMail(await mails.sentTo(next));
    await user.mutate('register', { email: next, name: 'Eve', password });
    expect(await user.mutate('proveEmail', { token })).toEqual({
      email: null,
      userErrors: [{ code: 'EMAIL_TAKEN', field: null }],
    });
    expect(await viewerOf(ada)).toMatchObject({ email: ada.email });
  });

  test('is discarded by a change of the password, and the customer is told of that', async () => {
    const [ada, next] = [await proved(), newEmail()];
    await enterEmail(user, ada.accessToken, next);
    const { token } = onlyMail(await mails.sentTo(next));
    const change = { currentPassword: password, newPassword: 'another long password' };
    const { accessToken } = await user.mutate('changePassword', change, ada.accessToken);
    expect(codesOf(await user.mutate('proveEmail', { token }))).toEqual(['INVALID_TOKEN']);
    expect(await viewerOf({ accessToken: accessToken! })).toMatchObject({ email: ada.email, pendingEmail: null });
    expect(onlyMail(await mails.sentTo(ada.email)).subject).toBe('Your password was changed');
  });

  test('gets a bounded number of messages from all customers together', async () => {
    const victim = newEmail('victim');
    const codes: string[] = [];
    for (let count = 0; count < 5; count += 1) {
      const { accessToken } = await user.signUp();
      codes.push(...codesOf(await enterEmail(user, accessToken, victim)));
    }
    expect(codes).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);
    expect(await mails.sentTo(victim)).toHaveLength(3);
  });
});

describe('a forgotten password', () => {
  const newPassword = 'a completely new password';

  test('is reset with the link; every session ends, and the customer is told', async () => {
    const ada = await proved();
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
    const [ada, unknown] = [await proved(), newEmail('unknown')];
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
    const ada = await proved();
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

describe('a message', () => {
  test('that a server accepted before the worker was killed is sent again with its id, and both links are valid', async () => {
    const ada = await user.signUp();
    const crash: { sent: SentMail[] } = { sent: [] };
    const killed = {
      deliver: async (messages: readonly unknown[]) => {
        crash.sent = messages.map((message) => viewOf(message as Parameters<typeof viewOf>[0]));
        throw new Error('the worker was killed');
      },
    };
    await expect(mails.send(killed)).rejects.toThrow('killed');
    const again = onlyMail(await mails.sentTo(ada.email));
    const first = crash.sent.find(({ to }) => to === ada.email)!;
    expect([again.id, again.token === first.token]).toEqual([first.id, false]);
    expect(codesOf(await user.mutate('proveEmail', { token: first.token }))).toEqual([]);
  });

  test('leaves no link and no code in the database, the outbox or the log', async () => {
    const ada = await user.signUp();
    const { token, code } = onlyMail(await mails.sentTo(ada.email));
    await user.mutate('proveEmail', { token });
    const stored = JSON.stringify(
      await user.query(
        `select account_mails::text from account_mails union all select email_challenges::text from email_challenges
         union all select outbox::text from outbox`,
      ),
    );
    for (const secret of [token!, code!]) {
      expect(stored).not.toContain(secret);
      expect(user.output()).not.toContain(secret);
    }
  });
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
