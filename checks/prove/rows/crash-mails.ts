import { randomUUID } from 'node:crypto';
import { passkeyDevice, type PasskeyDevice } from '../../../test/passkey-device.ts';
import { staffToken } from '../../../test/staff.ts';
import { commits, crashRow, dispatches, jobs } from '../crashes.ts';
import { type Mailbox, openMailbox } from '../mailbox.ts';
import { accept, change, confirm, password, type Person, signIn, usdAccount } from '../people.ts';
import { surplus } from '../audit.ts';
import type { Stage } from '../stage.ts';
import { retry, waitFor } from '../wait.ts';

const newPassword = 'wrong donkey capacitor needle';
const confirmFrom = '20.00';
const transferred = '50.00';
const arrivesWithinMs = 60_000;

/** How many different messages of each subject a customer gets in the flow. The operator sends the last one again. */
const expectedMails = {
  'Confirm your email address': 1,
  'Choose a new password': 1,
  'Your password was changed': 1,
  'The security of your account was changed': 1,
  'Your order is paid': 2,
} as const;

/** The flows that depend on a message, or on what its owner proves with it. */
export const crashMails = crashRow({
  name: 'crash-mails',
  flow: 'a customer who proves the address, resets the password, adds and uses a passkey, confirms a transfer with it, and gets a message that an operator sends again',
  targets: [
    ...commits('user', 'insert into "account_mails"'),
    ...commits('user', 'update "email_challenges"'),
    ...commits('user', 'update "users"'),
    ...commits('workers', 'update email_challenges set'),
    ...commits('workers', 'update "account_mails" set sent_at'),
    ...commits('user', 'insert into "webauthn_challenges"'),
    ...commits('user', 'insert into "passkeys"'),
    ...commits('user', 'update "passkeys"'),
    ...commits('billing', 'insert into transactions'),
    ...commits('user', 'insert into staff_acts'),
    ...dispatches('resend-messages'),
    ...jobs('resend-messages'),
    ...jobs('send-messages'),
    ...commits('workers', 'update "notifications" set sent_at'),
  ],
  begin: async (stage) => {
    const mailbox = await openMailbox();
    const settings = settingsFor(mailbox);
    await restartAll(stage, settings);
    const people = new Map<string, Protected>();
    const [operator, receiver] = [await signIn(stage), await signIn(stage)];
    const receivingAccount = await usdAccount(stage, receiver.token);
    return {
      settings,
      act: async () => {
        const person = await resetPassword(stage, mailbox, await proveAddress(stage, mailbox));
        const device = await addPasskey(stage, mailbox, person);
        await transferConfirmed(stage, person, device, receivingAccount);
        await resendMessage(stage, person, operator);
        people.set(person.id, { ...person, device });
      },
      outcome: async () => ({
        done: `${people.size} customers, ${mailbox.repeated()} messages repeated with the same Message-ID`,
        faults: await countFaults(stage, mailbox, [...people.values()]),
      }),
      end: async () => {
        await restartAll(stage, {});
        await mailbox.stop();
      },
    };
  },
});

interface Protected extends Person {
  readonly device: PasskeyDevice;
}

const restartAll = async ({ parts }: Stage, settings: NodeJS.ProcessEnv) =>
  await Promise.all(Object.values(parts).map(async (part) => await part.restart(settings)));

const settingsFor = ({ smtpUrl }: Mailbox): NodeJS.ProcessEnv => ({
  SMTP_URL: smtpUrl,
  EMAIL_VERIFICATION: 'on',
  CONFIRM_TRANSFERS_FROM: confirmFrom,
  MAILS_PER_SENDER: '1000000',
  MAILS_PER_RECIPIENT: '1000000',
  NOTIFICATION_MAILS_PER_RECIPIENT: '1000000',
  NOTIFICATION_MAILS_PER_SENDER: '1000000',
});

/** Registers, and proves the address with the link. Later messages wait until every subgraph knows of the proof. */
async function proveAddress(stage: Stage, mailbox: Mailbox): Promise<Person> {
  const person = await signIn(stage);
  const { token } = await mailbox.newest(person.email, 'Confirm your email address');
  accept(await change(stage, undefined, ['proveEmail', 'ProveEmailInput', ''], { token }), 'INVALID_TOKEN');
  const contacts = `select from contacts where user_id = $1 and email_proved`;
  const isKnown = async () => (await stage.query('notification', contacts, [person.id])).length === 1;
  await waitFor('the contact to be proved', isKnown, arrivesWithinMs);
  return person;
}

/** Resets the password twice at once, as a customer who is in doubt, and signs in with the new one. */
async function resetPassword(stage: Stage, mailbox: Mailbox, { id, email }: Person): Promise<Person> {
  const request = ['requestPasswordReset', 'RequestPasswordResetInput', ''] as const;
  accept(await change(stage, undefined, request, { email }));
  accept(await change(stage, undefined, request, { email }));
  const { token } = await mailbox.newest(email, 'Choose a new password');
  accept(
    await change(stage, undefined, ['resetPassword', 'ResetPasswordInput', ''], { token, newPassword }),
    'INVALID_TOKEN',
  );
  const session = await login(stage, email, newPassword);
  return { id, email, token: session.accessToken! };
}

interface Login {
  readonly accessToken: string | null;
  readonly challenge: object | null;
}

async function login(stage: Stage, email: string, withPassword: string): Promise<Login> {
  const mutation = ['login', 'LoginInput', 'accessToken challenge { token }'] as const;
  return await change<Login>(stage, undefined, mutation, { email, password: withPassword });
}

/** Adds a passkey, which needs the password and the code of a message, and signs in with it. */
async function addPasskey(stage: Stage, mailbox: Mailbox, { email, token }: Person): Promise<PasskeyDevice> {
  const device = passkeyDevice(new URL(stage.url).origin.replace('127.0.0.1', 'localhost'));
  const confirmation = await confirmByMail(stage, mailbox, { email, token });
  const begin = ['beginPasskeyRegistration', 'ConfirmedInput', 'options'] as const;
  const begun = await change<{ options: string | null }>(stage, token, begin, { confirmation });
  accept(begun);
  const passkey = { name: 'A telephone', response: device.register(begun.options!) };
  accept(await change(stage, token, ['addPasskey', 'AddPasskeyInput', ''], passkey), 'INVALID_PASSKEY');
  await signInWithPasskey(stage, device);
  return device;
}

/** Each try has a new code: a confirmation whose answer was lost has used the one before. */
async function confirmByMail(stage: Stage, mailbox: Mailbox, { email, token }: Pick<Person, 'email' | 'token'>) {
  const subject = 'Confirm a change of your account';
  return await retry(async () => {
    const before = mailbox.mails(email, subject).length;
    accept(await change(stage, token, ['requestIdentityCode', null, '']));
    await waitFor('a code', () => mailbox.mails(email, subject).length > before, arrivesWithinMs);
    const { code } = await mailbox.newest(email, subject);
    return await confirm(stage, token, { password: newPassword, emailCode: code });
  });
}

/** Each try begins again: a challenge is used once, even if its answer is lost. */
async function signInWithPasskey(stage: Stage, device: PasskeyDevice): Promise<string> {
  return await retry(async () => {
    const begun = await change<{ options: string; challenge: string }>(stage, undefined, [
      'beginPasskeyLogin',
      null,
      'options challenge',
    ]);
    const completed = await change<{ accessToken: string | null }>(
      stage,
      undefined,
      ['completeLogin', 'CompleteLoginInput', 'accessToken'],
      { challenge: begun.challenge, passkeyResponse: device.use(begun.options) },
    );
    accept(completed);
    return completed.accessToken!;
  });
}

/** Sends an amount that needs a confirmation. Without one it is refused. */
async function transferConfirmed(stage: Stage, { token }: Person, device: PasskeyDevice, toAccountId: string) {
  const mutation = ['transfer', 'TransferInput', 'transaction { id }'] as const;
  const amount = { amount: transferred, currency: 'USD' };
  const input = { fromAccountId: await usdAccount(stage, token), toAccountId, amount, idempotencyKey: randomUUID() };
  const refused = await change(stage, token, mutation, input);
  if (refused.userErrors[0]?.code !== 'CONFIRMATION_REQUIRED') throw new Error(JSON.stringify(refused));
  const confirmation = await retry(async () => {
    const begun = await change<{ options: string }>(stage, token, ['beginPasskeyConfirmation', null, 'options']);
    accept(begun);
    return await confirm(stage, token, { passkeyResponse: device.use(begun.options) });
  });
  accept(await change(stage, token, mutation, { ...input, confirmation }));
}

/** Places an order, and has its message sent again after the first was sent. */
async function resendMessage(stage: Stage, { id: customerId, token }: Person, operator: Person): Promise<void> {
  const order = {
    productId: 'book',
    unitPrice: { amount: '1.00', currency: 'USD' },
    quantity: 1,
    idempotencyKey: randomUUID(),
  };
  accept(await change(stage, token, ['placeOrder', 'PlaceOrderInput', ''], order));
  const sent = `select id from notifications where customer_id = $1 and kind = 'ORDER_PAID' and sent_at is not null`;
  let notificationId = '';
  const isSent = async () => {
    notificationId = (await stage.query<{ id: string }>('notification', sent, [customerId]))[0]?.id ?? '';
    return notificationId !== '';
  };
  await waitFor('the message about an order', isSent, arrivesWithinMs);
  const act = { customerId, notificationId, reason: 'the customer called', idempotencyKey: randomUUID() };
  const staff = await retry(async () => await staffToken(stage.userDatabaseUrl, operator, ['OPERATOR']));
  accept(await change(stage, staff, ['resendMessage', 'ResendMessageInput', ''], act));
}

async function countFaults(stage: Stage, mailbox: Mailbox, people: readonly Protected[]) {
  const ids = people.map(({ id }) => id);
  const [users, transfers] = await Promise.all([
    stage.query<{ proved: boolean; passkeys: number; acts: number; open: number }>(
      'user',
      `select email_proved_at is not null as proved,
         (select count(*)::int from passkeys where user_id = users.id) as passkeys,
         (select count(*)::int from staff_acts where customer_id = users.id and act = 'RESENT_MESSAGE') as acts,
         (select count(*)::int from sessions, email_challenges reset
          where sessions.user_id = users.id and reset.user_id = users.id and reset.purpose = 'RESET_PASSWORD'
            and ended_at is null and sessions.created_at < reset.used_at) as open
       from users where id = any($1)`,
      [ids],
    ),
    stage.query<{ id: string }>(
      'billing',
      `select from_customer_id as id from transactions where kind = 'TRANSFER' and from_customer_id = any($1)`,
      [ids],
    ),
  ]);
  const wrong = (fits: (user: (typeof users)[number]) => boolean) => users.filter((user) => !fits(user)).length;
  const wrongMails = people.flatMap(({ email }) =>
    Object.entries(expectedMails).filter(([subject, count]) => mailbox.count(email, subject) !== count),
  );
  return {
    'customers missing': ids.length - users.length,
    'addresses not proved': wrong(({ proved }) => proved),
    'messages missing or duplicated': wrongMails.length,
    'sessions from before a reset': wrong(({ open }) => open === 0),
    'passkeys missing or duplicated': wrong(({ passkeys }) => passkeys === 1),
    'transfers missing or duplicated': Math.abs(transfers.length - ids.length) + surplus(transfers),
    'acts not recorded once': wrong(({ acts }) => acts === 1),
    'customers who sign in wrongly': await countWrongLogins(stage, people),
  };
}

/** The old password must be refused, the new one must lead to the second step, and the passkey must sign in. */
async function countWrongLogins(stage: Stage, people: readonly Protected[]): Promise<number> {
  let wrong = 0;
  for (const { email, device } of people) {
    const [old, current] = [await login(stage, email, password), await login(stage, email, newPassword)];
    const isRight = old.accessToken === null && old.challenge === null && current.challenge !== null;
    if (!isRight || (await signInWithPasskey(stage, device)) === '') wrong += 1;
  }
  return wrong;
}
