import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { roles } from '#platform/identity/roles.ts';
import { confirmByMail, setUpApp } from '#test/authenticator-app.ts';
import { graphql } from '#test/graphql.ts';
import { addressOf } from '#test/router/address.ts';
import { staffToken } from '#test/staff.ts';
import { codesOf, newEmail, password, type SignedIn } from '#test/user-subgraph.ts';
import { useUserMails } from '#test/use-user-mails.ts';

/** Acts of operators for customers: each is in the audit log, and the customer is told. */

/** Notification, which says whose a notification is: null for an unknown one. */
let notificationOwner: string | null | undefined = null;
const notification = createServer((_request, response) => {
  if (notificationOwner === undefined) response.writeHead(503).end();
  else response.end(JSON.stringify({ data: { customerId: notificationOwner } }));
});
await once(notification.listen(0, '127.0.0.1'), 'listening');
afterAll(() => {
  notification.closeAllConnections();
  notification.close();
});

const { user: users, mails } = await useUserMails({ NOTIFICATION_URL: `${addressOf(notification)}/graphql` });
let olga: SignedIn;
let operator: string;

beforeAll(async () => {
  olga = await proved('Olga');
  operator = await staffToken(users.databaseUrl, olga, ['OPERATOR']);
});

/** A customer who has proved the address. */
async function proved(name = 'Ada'): Promise<SignedIn> {
  const customer = await users.signUp(name);
  const [mail] = await mails.sentTo(customer.email);
  await users.mutate('proveEmail', { token: mail!.token });
  return customer;
}

const acts = {
  endCustomerSessions: ['CustomerActInput', {}, 'ENDED_SESSIONS'],
  resetSecondFactors: ['CustomerActInput', {}, 'RESET_SECOND_FACTORS'],
  restoreEmail: ['RestoreEmailInput', { email: 'restored@example.com' }, 'RESTORED_EMAIL'],
  resendMessage: ['ResendMessageInput', { idempotencyKey: 'a key' }, 'RESENT_MESSAGE'],
  grantRole: ['RoleInput', { role: 'SUPPORT' }, 'GRANTED_ROLE'],
  revokeRole: ['RoleInput', { role: 'SUPPORT' }, 'REVOKED_ROLE'],
} as const;
type Act = keyof typeof acts;
const names = Object.keys(acts) as Act[];

interface Payload {
  readonly customerId: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

async function request(act: Act, input: object, token: string | undefined = operator) {
  const [type, given] = acts[act];
  return await graphql<Record<Act, Payload | null>>(users.url, {
    query: `mutation ($input: ${type}!) { ${act}(input: $input) { customerId userErrors { code field } } }`,
    variables: { input: { ...given, reason: 'a call of the customer', ...input } },
    token,
  });
}

const done = async (act: Act, input: object) => {
  const { data, errors } = await request(act, input);
  expect(errors).toBeUndefined();
  return data![act]!;
};

const entriesOn = async ({ id }: SignedIn) =>
  await users.query<{ act: string; values_before: string | null; values_after: string | null; actor_id: string }>(
    `select act, actor_id, values_before, values_after from staff_acts
     where customer_id = $1 and act <> 'LOOKED_AT_CUSTOMER' order by sequence`,
    [id],
  );

/** The acts that were not refused. */
const doneFor = async (customer: SignedIn) => (await entriesOn(customer)).filter(({ act }) => act !== 'WAS_REFUSED');

describe.each(names)('%s', (act) => {
  test.each([...roles.filter((role) => role !== 'OPERATOR'), 'customer'])('is refused to the role %s', async (role) => {
    const ada = await proved();
    const token =
      role === 'customer'
        ? ada.accessToken
        : await staffToken(users.databaseUrl, olga, [role as 'SUPPORT' | 'AUDITOR']);
    const { data, errors } = await request(act, { customerId: ada.id }, token);

    expect(data).toEqual({ [act]: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await entriesOn(ada)).toEqual([]);
  });

  test.each<[string, () => object, object]>([
    ['INVALID_REASON', () => ({ customerId: randomUUID(), reason: ' why ' }), ['input', 'reason']],
    ['NOT_FOUND', () => ({ customerId: randomUUID() }), ['input', 'customerId']],
    ['NOT_FOUND', () => ({ customerId: "'; --" }), ['input', 'customerId']],
    ['OWN_ACCOUNT', () => ({ customerId: olga.id }), ['input', 'customerId']],
    ['OWN_ACCOUNT', () => ({ customerId: olga.id.toUpperCase() }), ['input', 'customerId']],
  ])('is refused with %s', async (code, input, field) => {
    expect(await done(act, input())).toEqual({ customerId: null, userErrors: [{ code, field }] });
  });

  test('is refused in a session that has ended', async () => {
    const ada = await proved();
    const token = await staffToken(users.databaseUrl, olga, ['OPERATOR']);
    const { sid } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sid: string };
    await users.query('update sessions set ended_at = now() where id = $1', [sid]);
    const { errors } = await request(act, { customerId: ada.id }, token);

    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await entriesOn(ada)).toEqual([]);
  });
});

test('an operator ends all sessions of a customer, who is told', async () => {
  const ada = await proved();

  expect(await done('endCustomerSessions', { customerId: ada.id })).toEqual({ customerId: ada.id, userErrors: [] });
  expect((await users.mutate('refreshToken', { refreshToken: ada.refreshToken })).userErrors).toMatchObject([
    { code: 'INVALID_TOKEN' },
  ]);
  expect(await mails.sentTo(ada.email)).toMatchObject([{ subject: 'Your sessions were ended' }]);
  expect(await entriesOn(ada)).toEqual([
    {
      act: 'ENDED_SESSIONS',
      actor_id: olga.id,
      values_before: '{"sessions":1,"apiClients":0}',
      values_after: '{"sessions":0,"apiClients":0}',
    },
  ]);
});

test('an operator resets the factors of a customer, who is told and signs in with the password', async () => {
  const customer = await proved();
  const ada = await setUpApp(users, customer, await confirmByMail(users, mails, customer));
  await mails.send();
  expect((await users.mutate('login', { email: ada.email, password })).accessToken).toBeNull();

  expect(await done('resetSecondFactors', { customerId: ada.id })).toMatchObject({ userErrors: [] });
  expect((await users.mutate('login', { email: ada.email, password })).accessToken).not.toBeNull();
  const [told] = await mails.sentTo(ada.email);
  expect(told!.text).toContain('Support has removed the second factors of your account.');
  expect(await entriesOn(ada)).toMatchObject([{ act: 'RESET_SECOND_FACTORS', actor_id: olga.id }]);
});

test('a restored address counts when it is proved: sessions end, both addresses are told, and nothing undoes it', async () => {
  const ada = await proved();
  const email = newEmail('restored');
  expect(await done('restoreEmail', { customerId: ada.id, email })).toMatchObject({ userErrors: [] });
  const [proof] = await mails.sentTo(email);
  expect((await users.viewer(ada.accessToken)).data!.viewer!.email).toBe(ada.email);

  expect(await users.mutate('proveEmail', { token: proof!.token })).toEqual({ email, userErrors: [] });
  expect((await users.viewer(ada.accessToken)).data!.viewer!.email).toBe(email);
  expect((await users.mutate('refreshToken', { refreshToken: ada.refreshToken })).userErrors).toMatchObject([
    { code: 'INVALID_TOKEN' },
  ]);
  const sent = await mails.send();
  const told = sent.map(({ to, subject, token }) => ({ to, subject, token }));
  expect(told.toSorted((one, other) => one.subject.localeCompare(other.subject))).toEqual([
    { to: ada.email, subject: 'Your email address was replaced', token: null },
    { to: email, subject: 'Your email address was restored', token: null },
  ]);
  expect(await entriesOn(ada)).toMatchObject([
    { act: 'RESTORED_EMAIL', values_before: '{"email":"a…@example.com"}', values_after: '{"email":"r…@example.com"}' },
  ]);
});

test.each<[string, () => Promise<string>]>([
  ['EMAIL_TAKEN', async () => olga.email.toUpperCase()],
  ['INVALID_EMAIL', async () => 'no address'],
])('an address is refused with %s', async (code, email) => {
  const ada = await proved();

  expect(await done('restoreEmail', { customerId: ada.id, email: await email() })).toEqual({
    customerId: null,
    userErrors: [{ code, field: ['input', 'email'] }],
  });
  expect(await entriesOn(ada)).toMatchObject([
    { act: 'WAS_REFUSED', values_after: JSON.stringify({ mutation: 'restoreEmail', refused: code }) },
  ]);
});

test('an operator grants and revokes a role, each once, and the staff member is told', async () => {
  const ada = await proved();
  const change = { customerId: ada.id };
  const codes = [];
  for (const act of ['grantRole', 'grantRole', 'revokeRole', 'revokeRole'] as const) {
    codes.push((await done(act, change)).userErrors.map(({ code }) => code));
  }

  expect(codes).toEqual([[], ['ROLE_UNCHANGED'], [], ['ROLE_UNCHANGED']]);
  const told = (await mails.sentTo(ada.email)).map(({ text }) => text).join();
  expect(told).toContain('You now have the role SUPPORT');
  expect(told).toContain('You no longer have the role SUPPORT');
  expect((await entriesOn(ada)).map(({ act }) => act)).toEqual([
    'GRANTED_ROLE',
    'WAS_REFUSED',
    'REVOKED_ROLE',
    'WAS_REFUSED',
  ]);
});

test('a customer whose address is not proved gets no role', async () => {
  const eve = await users.signUp('Eve');

  expect(await done('grantRole', { customerId: eve.id })).toMatchObject({ userErrors: [{ code: 'EMAIL_NOT_PROVED' }] });
  expect(await entriesOn(eve)).toMatchObject([{ act: 'WAS_REFUSED' }]);
});

describe('a message is sent again', () => {
  const resendsFor = async ({ id }: SignedIn) =>
    await users.query<{ notification: string; isNewest: boolean }>(
      `select payload->>'notificationId' as notification,
         (payload->>'contactVersion')::int = (select version from users where id::text = $1) as "isNewest"
       from outbox
       where kind = 'message-resend-requested' and payload->>'userId' = $1`,
      [id],
    );
  const resend = async ({ id: customerId }: SignedIn, input: object) =>
    await done('resendMessage', { customerId, idempotencyKey: randomUUID(), ...input });
  const codes = (payload: Payload) => payload.userErrors.map(({ code }) => code);

  test('a notification: in the outbox once for each key, with the act', async () => {
    const ada = await proved();
    notificationOwner = ada.id;
    const notificationId = randomUUID();
    const input = { notificationId, idempotencyKey: randomUUID() };
    const payload = { customerId: ada.id, userErrors: [] };

    expect(await resend(ada, input)).toEqual(payload);
    expect(await resend(ada, input)).toEqual(payload);
    expect(codes(await resend(ada, { ...input, notificationId: randomUUID() }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(await resendsFor(ada)).toEqual([{ notification: notificationId, isNewest: true }]);
    expect(await doneFor(ada)).toMatchObject([{ act: 'RESENT_MESSAGE', actor_id: olga.id }]);
  });

  test('concurrent requests with one key send once', async () => {
    const ada = await proved();
    notificationOwner = ada.id;
    const input = { notificationId: randomUUID(), idempotencyKey: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 4 }, async () => await resend(ada, input)));

    expect(answers.map(codes)).toEqual([[], [], [], []]);
    expect(await resendsFor(ada)).toHaveLength(1);
    expect(await doneFor(ada)).toHaveLength(1);
  });

  test.each<[string, () => string | null]>([
    ['of another customer', () => randomUUID()],
    ['that does not exist', () => null],
  ])('not a notification %s', async (_what, owner) => {
    const ada = await proved();
    notificationOwner = owner();

    for (const notificationId of [randomUUID(), "'; --", '']) {
      expect(await resend(ada, { notificationId })).toEqual({
        customerId: null,
        userErrors: [{ code: 'NOT_FOUND', field: ['input', 'notificationId'] }],
      });
    }
    expect(await resendsFor(ada)).toEqual([]);
    expect(await doneFor(ada)).toEqual([]);
  });

  test('nothing while notification does not respond', async () => {
    const ada = await proved();
    notificationOwner = undefined;
    const { errors } = await request('resendMessage', {
      customerId: ada.id,
      notificationId: randomUUID(),
      idempotencyKey: randomUUID(),
    });

    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
    expect(await doneFor(ada)).toEqual([]);
  });

  test('to an address that is not proved only the proof, whose link works', async () => {
    const eve = await users.signUp('Eve');
    notificationOwner = eve.id;
    await mails.send();
    expect(codes(await resend(eve, { notificationId: randomUUID() }))).toEqual(['EMAIL_NOT_PROVED']);
    expect(codes(await resend(eve, {}))).toEqual([]);

    const [proof] = await mails.sentTo(eve.email);
    expect(codesOf(await users.mutate('proveEmail', { token: proof!.token }))).toEqual([]);
    expect(codes(await resend(eve, {}))).toEqual(['EMAIL_PROVED']);
    expect(await resendsFor(eve)).toEqual([]);
  });

  test('at most five times in an hour', async () => {
    const ada = await proved();
    notificationOwner = ada.id;
    const answers = [];
    for (let times = 0; times < 6; times += 1) answers.push(codes(await resend(ada, { notificationId: randomUUID() })));
    const eve = await users.signUp('Eve');
    for (let times = 0; times < 5; times += 1) answers.push(codes(await resend(eve, {})));

    const tooMany = ['TOO_MANY_ATTEMPTS'];
    expect(answers).toEqual([[], [], [], [], [], tooMany, [], [], [], [], tooMany]);
    expect(await resendsFor(ada)).toHaveLength(5);
  });

  test.each(['', 'k'.repeat(256)])('not with the idempotency key %j', async (idempotencyKey) => {
    const ada = await proved();
    expect(await resend(ada, { idempotencyKey })).toEqual({
      customerId: null,
      userErrors: [{ code: 'INVALID_IDEMPOTENCY_KEY', field: ['input', 'idempotencyKey'] }],
    });
  });
});
