import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startMailServer } from '#test/mail-server.ts';
import { createMailer, type MailMessage, RecipientRefused } from '../messaging/mailer.ts';
import { recipientRefusal } from './recipient-refusal.ts';

/** The replies of mail servers, at the recipient and at the message, and which of them close a message. */

type Reply = readonly [reply: string, refusal: 'permanent' | 'temporary' | null];

const toRecipient: readonly Reply[] = [
  ['550 No such user', 'permanent'],
  ['550 5.1.1 User unknown', 'permanent'],
  ['550 5.1.10 Recipient not found', 'permanent'],
  ['550-5.1.1 The account does not exist\r\n550 5.1.1 Try again', 'permanent'],
  ['550-The email account that you tried to reach\r\n550 does not exist', 'permanent'],
  ['550 5.4.1 Recipient address rejected: Access denied', 'permanent'],
  ['550 5.5.0 Requested action not taken: mailbox unavailable', 'permanent'],
  ['550 <sender.policy@recipient.example>: unknown user', 'permanent'],
  ['550 sorry, no mailbox here by that name (#5.1.1)', 'permanent'],
  ['550 Mailbox disabled', 'permanent'],
  ['552 5.2.2 Over quota', 'permanent'],
  ['550 5.1.6 The mailbox has moved', 'permanent'],
  ['556 5.1.10 The domain takes no mail', 'permanent'],
  ['501 5.1.3 Bad recipient address', 'permanent'],
  ['450 4.1.2 Domain not found', 'temporary'],
  ['452 Mailbox full', 'temporary'],
  ['421 Shutting down', null],
  ['421 4.2.1 Too many connections', null],
  ['450 Try again later', null],
  ['451 Temporary local problem', null],
  ['451 4.3.0 Server error', null],
  ['451 4.7.1 Greylisted', null],
  ['500 Unknown command', null],
  ['503 Bad sequence of commands', null],
  ['504 5.5.2 Helo command rejected: need a fully qualified hostname', null],
  ['530 5.7.0 Authentication required', null],
  ['530 Authentication required', null],
  ['535 Authentication failed', null],
  ['550 relay not permitted', null],
  ['550 Relay access denied for unknown user', null],
  ['550-Verification failed\r\n550-The mailbox does not exist\r\n550 Sender verify failed', null],
  ['550 Sender verify failed', null],
  ['550 5.1.0 Sender address rejected: User unknown in local recipient table', null],
  ['550 Your IP is blacklisted', null],
  ['550 Your account does not exist', null],
  ['550 Mail from this domain is refused', null],
  ['550 Access denied', null],
  ['550 5.1.8 Bad address of the sender', null],
  ['550 5.7.1 Relaying denied', null],
  ['550 5.7.1 No such user here', null],
  ['550 5.7.54 Unable to relay recipient in non-accepted domain', null],
  ['551 User not local, we do not relay', null],
  ["553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", null],
  ['553 sorry, your mailbox is unknown here (#5.7.1)', null],
  ['554 Relay access denied', null],
  ['554 5.7.1 Blocked by policy', null],
  ['554 5.3.5 System incorrectly configured', null],
];

const toMessage: readonly Reply[] = [
  ['550 5.1.1 User unknown', 'permanent'],
  ['552 5.2.2 Mailbox full', 'permanent'],
  ['552 Mailbox full (#5.2.2)', 'permanent'],
  ['452 4.2.2 Mailbox full', 'temporary'],
  ['550 Message rejected as spam', null],
  ['550 No such user', null],
  ['451 Local error', null],
  ['552 5.3.4 Message too large', null],
  ['552 Message too large', null],
  ['550 5.1.7 Bad address of the sender', null],
  ['550 5.7.1 Rejected as spam', null],
  ['554 5.6.0 Content refused', null],
  ['554 Transaction failed', null],
];

/** The first word of an address is the index of the reply to it. */
const replyOf = (replies: readonly Reply[], kind: string) => (recipient: string) =>
  recipient.endsWith(`@${kind}.example`) ? replies[Number.parseInt(recipient, 10)]![0] : null;

let server: Awaited<ReturnType<typeof startMailServer>>;

beforeAll(async () => {
  server = await startMailServer(replyOf(toRecipient, 'recipient'), replyOf(toMessage, 'message'));
});

afterAll(async () => {
  await server.stop();
});

const message = (recipient: string, deferrals = 0): MailMessage => ({
  id: recipient,
  recipient,
  subject: 'Hello',
  body: 'Hello',
  createdAt: new Date(0),
  deferrals,
});

async function reasonOf(sent: MailMessage): Promise<unknown> {
  const [result] = await createMailer({ smtpUrl: server.url, from: 'wallet@example.com' })!.deliver([sent]);
  return result!.status === 'rejected' ? (result!.reason as unknown) : null;
}

describe.each([
  ['recipient', toRecipient],
  ['message', toMessage],
] as const)('a reply to the %s', (kind, replies) => {
  test.each(replies.map((reply, index) => [...reply, index] as const))('%s: %s', async (_reply, refusal, index) => {
    const reason = await reasonOf(message(`${index}@${kind}.example`));
    expect(reason instanceof RecipientRefused).toBe(refusal === 'permanent');
    const cause = reason instanceof RecipientRefused ? reason.cause : reason;
    expect(recipientRefusal(cause)).toBe(refusal);
  });
});

test('a recipient that is refused temporarily in twelve attempts is refused for good; a fault of the server never', async () => {
  const [full, down] = [toRecipient, toRecipient].map((replies, index) =>
    replies.findIndex(([reply]) => reply.startsWith(['452', '421'][index]!)),
  );
  expect(await reasonOf(message(`${full}@recipient.example`, 10))).not.toBeInstanceOf(RecipientRefused);
  expect(await reasonOf(message(`${full}@recipient.example`, 11))).toBeInstanceOf(RecipientRefused);
  expect(await reasonOf(message(`${down}@recipient.example`, 11))).not.toBeInstanceOf(RecipientRefused);
});
