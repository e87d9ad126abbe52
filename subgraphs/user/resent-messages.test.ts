import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, expect, test } from '@jest/globals';
import { addressOf } from '#test/router/address.ts';
import { type ActPayload, useOperator } from '#test/use-operator.ts';
import { codesOf, type SignedIn } from '#test/user-subgraph.ts';

/** An operator sends a message again. */

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

const { users, mails, olga, signUpProved, request, done, entriesOn } = await useOperator({
  NOTIFICATION_URL: `${addressOf(notification)}/graphql`,
});

/** The acts that were not refused. */
const doneFor = async (customer: SignedIn) => (await entriesOn(customer)).filter(({ act }) => act !== 'WAS_REFUSED');

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
const codes = (payload: ActPayload) => payload.userErrors.map(({ code }) => code);

test('a notification is sent again: in the outbox once for each key, with the act', async () => {
  const ada = await signUpProved();
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
  const ada = await signUpProved();
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
])('a notification %s is not sent', async (_what, owner) => {
  const ada = await signUpProved();
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

test('nothing is sent while notification does not respond', async () => {
  const ada = await signUpProved();
  notificationOwner = undefined;
  const { errors } = await request('resendMessage', {
    customerId: ada.id,
    notificationId: randomUUID(),
    idempotencyKey: randomUUID(),
  });

  expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  expect(await doneFor(ada)).toEqual([]);
});

test('an address that is not proved gets only the proof, whose link works', async () => {
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

test('messages are sent again at most five times in an hour', async () => {
  const ada = await signUpProved();
  notificationOwner = ada.id;
  const answers = [];
  for (let times = 0; times < 6; times += 1) answers.push(codes(await resend(ada, { notificationId: randomUUID() })));
  const eve = await users.signUp('Eve');
  for (let times = 0; times < 5; times += 1) answers.push(codes(await resend(eve, {})));

  const tooMany = ['TOO_MANY_ATTEMPTS'];
  expect(answers).toEqual([[], [], [], [], [], tooMany, [], [], [], [], tooMany]);
  expect(await resendsFor(ada)).toHaveLength(5);
});

test.each(['', 'k'.repeat(256)])('the idempotency key %j is refused', async (idempotencyKey) => {
  const ada = await signUpProved();
  expect(await resend(ada, { idempotencyKey })).toEqual({
    customerId: null,
    userErrors: [{ code: 'INVALID_IDEMPOTENCY_KEY', field: ['input', 'idempotencyKey'] }],
  });
});
