import { describe, expect, test } from '@jest/globals';
import { type SentMail, viewOf } from '#test/account-mails.ts';
import { createMailer, type Mailer, MessagesNotSent } from '#platform/messaging/mailer.ts';
import { graphql } from '#test/graphql.ts';
import { startMailServer } from '#test/mail-server.ts';
import { codesOf, newEmail, password, type SignedIn } from '#test/user-subgraph.ts';
import { enterEmail, onlyMail, useUserMails } from '#test/use-user-mails.ts';

/** Messages that a mail server refuses, and messages that are sent later than they were written. */

const { user, mails, signUpProved } = await useUserMails();

/** A mail server that counts how often each recipient is tried. */
async function countingServer(replyTo: (recipient: string) => string | null) {
  const tried: string[] = [];
  const server = await startMailServer((recipient) => {
    tried.push(recipient);
    return replyTo(recipient);
  });
  const mailer = createMailer({ smtpUrl: server.url, from: 'wallet@example.com' })!;
  return { ...server, mailer, triesOf: (recipient: string) => tried.filter((one) => one === recipient).length };
}

const stateOf = async (recipient: string) =>
  (
    await user.query<{ sent: boolean; refused: boolean }>(
      'select sent_at is not null as sent, refused_at is not null as refused from account_mails where recipient = $1',
      [recipient],
    )
  )[0];

test('a recipient that the mail server refuses for good closes its message, and gets a later one', async () => {
  const [nobody, ada] = [newEmail('nobody'), newEmail('ada')];
  let exists = false;
  const server = await countingServer((to) => (to === nobody && !exists ? '550 5.1.1 No such user' : null));
  try {
    const { accessToken } = await user.mutate('register', { email: nobody, name: 'Nobody', password });
    await user.mutate('register', { email: ada, name: 'Ada', password });
    expect((await mails.send(server.mailer)).map(({ to }) => to)).toEqual([ada]);
    expect(await mails.send(server.mailer)).toEqual([]);
    expect([await stateOf(nobody), server.triesOf(nobody)]).toEqual([{ sent: false, refused: true }, 1]);
    exists = true;
    const query = 'mutation { requestEmailProof { userErrors { code } } }';
    await graphql(user.url, { query, variables: {}, token: accessToken! });
    expect((await mails.send(server.mailer)).map(({ to }) => to)).toEqual([nobody]);
  } finally {
    await server.stop();
  }
});

test('a recipient that the mail server refuses temporarily is tried twelve times', async () => {
  const full = newEmail('full');
  const server = await countingServer((to) => (to === full ? '452 4.2.2 Mailbox full' : null));
  try {
    await user.mutate('register', { email: full, name: 'Ada', password });
    for (let tries = 1; tries <= 11; tries += 1) {
      await expect(mails.send(server.mailer)).rejects.toBeInstanceOf(MessagesNotSent);
    }
    expect(await mails.send(server.mailer)).toEqual([]);
    expect(await mails.send(server.mailer)).toEqual([]);
    expect([await stateOf(full), server.triesOf(full)]).toEqual([{ sent: false, refused: true }, 12]);
  } finally {
    await server.stop();
  }
});

test('a mail server that refuses the sender closes no message', async () => {
  const ada = newEmail('ada');
  const server = await countingServer((to) => (to === ada ? '550 5.7.1 Relaying denied' : null));
  try {
    await user.mutate('register', { email: ada, name: 'Ada', password });
    for (let attempt = 1; attempt <= 14; attempt += 1) {
      await expect(mails.send(server.mailer)).rejects.toBeInstanceOf(MessagesNotSent);
    }
    expect(await stateOf(ada)).toEqual({ sent: false, refused: false });
    expect(await mails.sentTo(ada)).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

const unavailable: Mailer = {
  deliver: async (messages) =>
    await Promise.allSettled(messages.map(async () => await Promise.reject(new Error('connect ECONNREFUSED')))),
};

/** Begins a change of the address, and returns the new one. */
async function enterNext({ accessToken }: SignedIn): Promise<string> {
  const email = newEmail('next');
  expect(codesOf(await enterEmail(user, accessToken, email))).toEqual([]);
  return email;
}

/** Writes a message with a link for a customer, and returns its recipient and the mutation that takes the link. */
type Writes = () => Promise<{ to: string; use: (token: string) => Promise<readonly string[]> }>;

const useLink = (mutation: 'proveEmail' | 'undoEmailChange') => async (token: string) =>
  codesOf(await user.mutate(mutation, { token }));

test.each<[string, number, Writes]>([
  ['the proof of an address', 86_400, async () => ({ to: (await user.signUp()).email, use: useLink('proveEmail') })],
  [
    'the proof of a new address',
    86_400,
    async () => ({ to: await enterNext(await signUpProved()), use: useLink('proveEmail') }),
  ],
  [
    'the undoing of a change',
    604_800,
    async () => {
      const ada = await signUpProved();
      const token = (await mails.sentTo(await enterNext(ada)))[0]!.token;
      await user.mutate('proveEmail', { token });
      return { to: ada.email, use: useLink('undoEmailChange') };
    },
  ],
  [
    'a new password',
    1_800,
    async () => {
      const { email: to } = await signUpProved();
      await user.mutate('requestPasswordReset', { email: to });
      const use = async (token: string) =>
        codesOf(await user.mutate('resetPassword', { token, newPassword: 'a completely new password' }));
      return { to, use };
    },
  ],
])('the link for %s has all of its %d seconds after a mail server was down for longer', async (_link, ttlS, write) => {
  const { to, use } = await write();
  await expect(mails.send(unavailable)).rejects.toBeInstanceOf(MessagesNotSent);
  await user.query("update email_challenges set expires_at = now() - interval '1 hour' where email = $1", [to]);
  const [sent] = await mails.sentTo(to);
  const [left] = await user.query<{ s: number }>(
    'select extract(epoch from expires_at - now())::float8 as s from email_challenges where email = $1 and used_at is null',
    [to],
  );
  // A minute for a slow machine.
  expect(left!.s).toBeGreaterThan(ttlS - 60);
  expect(left!.s).toBeLessThanOrEqual(ttlS);
  expect(await use(sent!.token!)).toEqual([]);
});

test('a link that was sent ends in its time, also if its message is found again', async () => {
  const ada = await user.signUp();
  const [sent] = await mails.sentTo(ada.email);
  await user.query("update email_challenges set expires_at = now() - interval '1 second' where email = $1", [
    ada.email,
  ]);
  expect(await mails.sentTo(ada.email)).toEqual([]);
  expect(codesOf(await user.mutate('proveEmail', { token: sent!.token }))).toEqual(['INVALID_TOKEN']);
});

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
