import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { requestOf, someone } from '#test/factories.ts';
import {
  type NotificationDatabase,
  openNotificationDatabase,
  orderUpdate,
  testSender,
  testWebhooks,
  transferUpdate,
  userGone,
  userUpdate,
} from '#test/notification-database.ts';
import { startWebhookReceiver, verifiedEvent, type WebhookReceiver } from '#test/webhook-receiver.ts';
import { createContext } from './context.ts';
import { webhookEvents } from './domain/webhook-events.ts';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  type NewEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from './services/change-webhook-endpoints.ts';
import { beginClaim, claimWebhooks } from './services/claim-webhooks.ts';
import { deliverWebhooks } from './services/deliver-webhooks.ts';
import { endClaim } from './services/end-claim.ts';
import { forgetOld } from './services/forget-old.ts';
import { keepContacts } from './services/keep-contacts.ts';
import { listDeliveries, listWebhookEndpoints } from './services/list-webhooks.ts';
import { notifyOfOrders } from './services/notify-of-orders.ts';
import { notifyOfTransfers } from './services/notify-of-transfers.ts';
import { redeliverWebhook, replayWebhooks, sendTestWebhook } from './services/resend-webhooks.ts';

/** Webhooks against real receivers: what is sent, when, in which order, and what failures lead to. */

let database: NotificationDatabase;
let receiver: WebhookReceiver;
let ada: Viewer;
beforeAll(async () => {
  [database, receiver] = await Promise.all([openNotificationDatabase(), startWebhookReceiver()]);
});
afterAll(async () => {
  await receiver.close();
  await database.close();
});
beforeEach(async () => {
  await run(sql`delete from webhook_endpoints`);
  receiver.received.length = 0;
  receiver.answer = () => ({ status: 204 });
  ada = someone();
  await keepContacts(database.newManager(), [userUpdate({ userId: ada.id })]);
});

const run = async (statement: ReturnType<typeof sql>) => await statement.execute(database.newManager().getKysely());
const context = (viewer = ada) => createContext(requestOf(viewer), database.newManager(), testWebhooks);

async function newEndpoint(changes: Partial<NewEndpoint> = {}, viewer = ada) {
  const all = ['ORDER_PAID', 'ORDER_REJECTED', 'ORDER_REFUNDED', 'TRANSFER_RECEIVED', 'TRANSFER_SENT'] as const;
  const made = await createWebhookEndpoint(context(viewer), { url: receiver.url, eventTypes: all, ...changes });
  if (isRefusal(made)) throw new Error(made.message);
  return { id: made.webhookEndpoint.id, secret: made.secret };
}

/** Delivers what is due, as the jobs do. Returns the messages to owners of endpoints that were disabled. */
async function deliverDue(sender = testSender) {
  const claimed = await claimWebhooks(database.newManager());
  return await Promise.all(claimed.map(async (claim) => await deliverWebhooks(database.newManager(), sender, claim)));
}

/** Lets time pass: everything that waits is due. */
async function pass(hours = 0) {
  await run(sql`update webhook_deliveries set next_attempt_at = now() where state = 'PENDING'`);
  await run(sql`
    update webhook_endpoints set claimable_at = now(), failing_since = failing_since - make_interval(hours => ${hours})`);
}

const order = (changes: Parameters<typeof orderUpdate>[0] = {}) => orderUpdate({ customerId: ada.id, ...changes });
const events = (secret: string) => receiver.received.map((request) => verifiedEvent(secret, request));
const stateOf = async (endpointId: string) =>
  (await listDeliveries(database.newManager(), endpointId, {})).nodes.map(({ state }) => state);

describe('an event', () => {
  test('of each type is sent once, signed, with the documented content', async () => {
    const { secret } = await newEndpoint();
    const [paid, rejected] = [order(), order({ outcome: 'REJECTED', rejectionReason: 'INSUFFICIENT_FUNDS' })];
    const sent = transferUpdate({ senderId: ada.id, senderName: 'Ada' });
    const got = transferUpdate({ customerId: ada.id });
    await keepContacts(database.newManager(), [userUpdate({ userId: sent.customerId })]);
    for (let times = 0; times < 2; times += 1) {
      await notifyOfOrders(database.newManager(), [paid, rejected]);
      await notifyOfOrders(database.newManager(), [{ ...paid, outcome: 'REFUNDED' }]);
      await notifyOfTransfers(database.newManager(), [sent, got]);
    }
    for (let times = 0; times < 4; times += 1) await deliverDue();
    const received = events(secret);
    expect(received.map(({ type }) => type).toSorted()).toEqual(Object.keys(webhookEvents).toSorted());
    for (const { type, data } of received) {
      const schema = webhookEvents[type as keyof typeof webhookEvents].data;
      expect(schema.parse(data)).toEqual(data);
    }
    const example = received.find(({ type }) => type === 'order.paid');
    expect(example).toMatchObject({
      version: 1,
      sequence: 1,
      data: { orderId: paid.orderId, productId: 'coffee', quantity: 3, total: { amount: '37.50', currency: 'USD' } },
    });
    expect(JSON.stringify(received)).not.toMatch(/Grace|ada@example/);
  });

  test('goes only to endpoints of its customer that want its type and are enabled', async () => {
    const grace = someone('Grace');
    await newEndpoint({}, grace);
    await newEndpoint({ eventTypes: ['ORDER_REJECTED'], url: `${receiver.url}/rejected` });
    const { id } = await newEndpoint({ url: `${receiver.url}/disabled` });
    await updateWebhookEndpoint(context(), { endpointId: id, enabled: false });
    await newEndpoint({ eventTypes: ['ORDER_PAID'], url: `${receiver.url}/paid` });
    await notifyOfOrders(database.newManager(), [order()]);
    await deliverDue();
    expect(receiver.received.map(({ path }) => path)).toEqual(['/webhooks/paid']);
  });

  test('of a refund that is reported first comes after that of the payment', async () => {
    const { secret } = await newEndpoint();
    const paid = order();
    await notifyOfOrders(database.newManager(), [{ ...paid, outcome: 'REFUNDED' }]);
    await notifyOfOrders(database.newManager(), [paid]);
    await deliverDue();
    await deliverDue();
    expect(events(secret).map(({ type, sequence }) => [type, sequence])).toEqual([
      ['order.paid', 1],
      ['order.refunded', 2],
    ]);
  });

  test('waits for the earlier one of its object, and others do not', async () => {
    const { secret, id } = await newEndpoint();
    const [first, other] = [order(), order()];
    receiver.answer = ({ body }) => ({ status: body.includes(first.orderId) ? 500 : 200 });
    await notifyOfOrders(database.newManager(), [first]);
    await notifyOfOrders(database.newManager(), [{ ...first, outcome: 'REFUNDED' }, other]);
    await deliverDue();
    await pass();
    await deliverDue();
    const about = (orderId: string) =>
      events(secret).flatMap(({ type, data }) => (data['orderId'] === orderId ? [type] : []));
    expect(new Set(about(first.orderId))).toEqual(new Set(['order.paid']));
    await pass();
    await deliverDue();
    expect(about(other.orderId)).toEqual(['order.paid']);
    receiver.answer = () => ({ status: 200 });
    for (let times = 0; times < 3; times += 1) {
      await pass();
      await deliverDue();
    }
    expect(about(first.orderId).slice(-2)).toEqual(['order.paid', 'order.refunded']);
    expect(await stateOf(id)).toEqual(['DELIVERED', 'DELIVERED', 'DELIVERED']);
  });
});

describe('a receiver', () => {
  test('that fails gets the same id again, one request at a time, and the rest when it is back', async () => {
    const { secret, id } = await newEndpoint();
    receiver.answer = () => ({ status: 503, body: 'we are\u0000 down' });
    await notifyOfOrders(
      database.newManager(),
      Array.from({ length: 9 }, () => order()),
    );
    await deliverDue();
    const begun = receiver.received.length;
    expect(begun).toBeLessThanOrEqual(4);
    await pass();
    await deliverDue();
    expect(receiver.received).toHaveLength(begun + 1);
    expect((await listWebhookEndpoints(database.newManager(), ada.id))[0]?.failures).toBe(begun + 1);
    receiver.answer = () => ({ status: 200 });
    for (let times = 0; times < 3; times += 1) {
      await pass();
      await deliverDue();
    }
    const ids = events(secret).map((event) => event.id);
    expect(new Set(ids).size).toBe(9);
    expect(await stateOf(id)).toEqual(Array(9).fill('DELIVERED'));
  });

  test.each([
    ['redirects', { status: 302, headers: { location: '/elsewhere' } }],
    ['says no', { status: 404 }],
    ['hangs up', { status: 'none' }],
  ] as const)('that %s is not followed and not believed', async (_what, answer) => {
    await newEndpoint();
    receiver.answer = () => answer;
    await notifyOfOrders(database.newManager(), [order()]);
    const delivering = deliverDue();
    await receiver.receives(1);
    if (answer.status === 'none') receiver.hangUp();
    await delivering;
    expect(receiver.received.map(({ path }) => path)).toEqual(['/webhooks']);
    const [endpoint] = await listWebhookEndpoints(database.newManager(), ada.id);
    expect(endpoint).toMatchObject({ failures: 1, disabledAt: null });
    const [delivery] = (await listDeliveries(database.newManager(), endpoint!.id, {})).nodes;
    const [attempt] = await context().attempts.load(delivery!.id);
    expect(attempt).toMatchObject(
      answer.status === 'none'
        ? { status: null, fault: 'CONNECTION_FAILED', excerpt: null }
        : { status: answer.status, fault: null, excerpt: '' },
    );
  });

  test('that answers at length is read for a kilobyte', async () => {
    const { id } = await newEndpoint();
    receiver.answer = () => ({ status: 200, body: '\u0000\u001b[31m'.padEnd(5_000_000, 'x') });
    await notifyOfOrders(database.newManager(), [order()]);
    await deliverDue();
    const [delivery] = (await listDeliveries(database.newManager(), id, {})).nodes;
    const [attempt] = await context().attempts.load(delivery!.id);
    expect(attempt?.excerpt).toHaveLength(1_024);
    expect(attempt?.excerpt).not.toMatch(/\p{Cc}/u);
  });

  test('that fails for three days is disabled, and its owner gets one message', async () => {
    const { id } = await newEndpoint({ description: 'shop' });
    receiver.answer = () => ({ status: 500 });
    await notifyOfOrders(database.newManager(), [order(), order()]);
    await deliverDue();
    await pass(71);
    expect(await deliverDue()).toEqual([null]);
    await pass(2);
    const [notice] = await deliverDue();
    expect(notice).toMatchObject({ customerId: ada.id, kind: 'WEBHOOK_DISABLED', recipient: 'ada@example.com' });
    expect(notice?.body).toContain(`your webhook “shop” at ${new URL(receiver.url).host}.`);
    expect(notice?.body).not.toContain(receiver.url);
    await pass();
    expect(await deliverDue()).toEqual([]);
    expect(await stateOf(id)).toEqual(['GIVEN_UP', 'GIVEN_UP']);
    const messages = await database.notificationsOf(ada.id);
    expect(messages.filter(({ kind }) => kind === 'WEBHOOK_DISABLED')).toHaveLength(1);
    await updateWebhookEndpoint(context(), { endpointId: id, enabled: true });
    receiver.answer = () => ({ status: 200 });
    expect(await replayWebhooks(context(), { endpointId: id, from: new Date(Date.now() - 60_000) })).toMatchObject({
      events: 2,
      nextFrom: null,
    });
    await deliverDue();
    expect(await stateOf(id)).toEqual(['DELIVERED', 'DELIVERED']);
  });

  test('that is gone (410) is disabled at once', async () => {
    await newEndpoint();
    receiver.answer = () => ({ status: 410 });
    await notifyOfOrders(database.newManager(), [order()]);
    await deliverDue();
    expect(await listWebhookEndpoints(database.newManager(), ada.id)).toMatchObject([{ disabledReason: 'GONE' }]);
  });

  test('that does not answer delays no other receiver', async () => {
    await newEndpoint({ url: `${receiver.url}/slow` });
    await newEndpoint({ url: `${receiver.url}/quick` });
    receiver.answer = ({ path }) => ({ status: path.endsWith('slow') ? 'none' : 200 });
    await notifyOfOrders(database.newManager(), [order()]);
    const claims = await claimWebhooks(database.newManager());
    expect(claims).toHaveLength(2);
    const stopping = new AbortController();
    const sender = { ...testSender, stopping: stopping.signal };
    const jobs = claims.map(async (claim) => await deliverWebhooks(database.newManager(), sender, claim));
    await Promise.any(jobs);
    await receiver.receives(2);
    expect(receiver.received.map(({ path }) => path)).toContain('/webhooks/quick');
    // A worker that stops gives its claim up, and another one sends the event.
    stopping.abort();
    await Promise.all(jobs);
    receiver.answer = () => ({ status: 200 });
    await deliverDue();
    expect(receiver.received.filter(({ path }) => path.endsWith('slow'))).toHaveLength(2);
  });
});

describe('a claim', () => {
  test('is begun once: a job that is delivered twice, or too late, sends nothing', async () => {
    await newEndpoint();
    await notifyOfOrders(database.newManager(), [order()]);
    const [claim] = await claimWebhooks(database.newManager());
    expect(await claimWebhooks(database.newManager())).toEqual([]);
    // The job is lost, and the endpoint is claimed again.
    await pass();
    const [later] = await claimWebhooks(database.newManager());
    for (const one of [claim!, later!, later!, claim!]) await deliverWebhooks(database.newManager(), testSender, one);
    expect(receiver.received).toHaveLength(1);
  });

  test('whose record of a request is lost is made again, with the same id', async () => {
    const { secret } = await newEndpoint();
    await notifyOfOrders(database.newManager(), [order()]);
    const [claim] = await claimWebhooks(database.newManager());
    await deliverWebhooks(database.newManager(), testSender, claim!);
    await run(sql`update webhook_deliveries set state = 'PENDING'`);
    await pass();
    await deliverDue();
    const [first, second] = events(secret);
    expect(second?.id).toBe(first?.id);
  });
});

describe('an endpoint', () => {
  test.each([
    ['gets a new URL', () => ({ url: `${receiver.url}/new` })],
    ['is enabled', () => ({ enabled: true })],
  ])('that %s is not disabled by a late answer to an earlier request', async (_what, change) => {
    const { id: endpointId } = await newEndpoint();
    await run(sql`
      update webhook_endpoints set failures = 3, failing_since = now() - interval '1 day' where id = ${endpointId}`);
    await notifyOfOrders(database.newManager(), [order()]);
    const [claim] = await claimWebhooks(database.newManager());
    const begun = await beginClaim(database.newManager(), claim!);
    await updateWebhookEndpoint(context(), { endpointId, ...change() });
    await endClaim(database.newManager(), begun!, [{ isDelivered: false, isGone: true }]);
    const [endpoint] = await listWebhookEndpoints(database.newManager(), ada.id);
    expect(endpoint).toMatchObject({ disabledAt: null, failures: 0, failingSince: null });
    await deliverDue();
    expect(receiver.received).toHaveLength(1);
  });

  test('that is deleted while its events are written waits for them, and the notifications are written', async () => {
    const { id: endpointId } = await newEndpoint();
    const { promise: noted, resolve: isNoted } = Promise.withResolvers<void>();
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const writing = database.newManager().transactional(async (em) => {
      await notifyOfOrders(em, [order()]);
      isNoted();
      await mayCommit;
    });
    await noted;
    const deleting = deleteWebhookEndpoint(context(), { endpointId });
    const others = notifyOfOrders(database.newManager(), [order()]);
    commit();
    await Promise.all([writing, deleting, others]);
    expect(await listWebhookEndpoints(database.newManager(), ada.id)).toEqual([]);
    expect(await database.notificationsOf(ada.id)).toHaveLength(2);
  });
});

describe('a secret', () => {
  test('that is rotated signs too for a while', async () => {
    const { id, secret } = await newEndpoint();
    const rotated = await rotateWebhookSecret(context(), { endpointId: id, overlapHours: 1 });
    if (isRefusal(rotated)) throw new Error(rotated.message);
    await sendTestWebhook(context(), { endpointId: id });
    await deliverDue();
    for (const one of [secret, rotated.secret]) expect(events(one)).toMatchObject([{ type: 'webhook.test' }]);
    await rotateWebhookSecret(context(), { endpointId: id, overlapHours: 0 });
    await sendTestWebhook(context(), { endpointId: id });
    await deliverDue();
    expect(() => verifiedEvent(rotated.secret, receiver.received[1]!)).toThrow('No matching signature');
    const { rows } = await run(sql`select encode(secret, 'escape') as secret from webhook_endpoints`);
    expect(JSON.stringify(rows)).not.toContain('whsec');
  });
});

describe('a change', () => {
  test('without a confirmation is refused to a customer, and not to an API client', async () => {
    const stolen = { ...context(), isConfirmed: async () => false };
    const input = { url: receiver.url, eventTypes: ['ORDER_PAID'] } as const;
    expect(await createWebhookEndpoint(stolen, input)).toMatchObject({ refused: 'CONFIRMATION_REQUIRED' });
    const { id: endpointId } = await newEndpoint();
    for (const change of [updateWebhookEndpoint, deleteWebhookEndpoint, rotateWebhookSecret])
      expect(await change(stolen, { endpointId })).toMatchObject({ refused: 'CONFIRMATION_REQUIRED' });
    const client = { ...ada, client: { id: 'client', scopes: ['webhooks:write'] as const } };
    expect(await createWebhookEndpoint({ ...context(client), isConfirmed: async () => false }, input)).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
    });
  });

  test.each([
    ['INVALID_URL', { url: 'https://user:password@shop.example/' }],
    ['INVALID_URL', { url: 'ftp://shop.example/' }],
    ['INVALID_URL', { url: 'shop.example' }],
    ['INVALID_URL', { url: `https://shop.example/${'x'.repeat(2_000)}` }],
    ['INVALID_URL', { url: 'http://169.254.169.254/latest/meta-data' }],
    ['INVALID_EVENT_TYPES', { eventTypes: [] }],
    ['INVALID_EVENT_TYPES', { eventTypes: ['ORDER_PAID', 'ORDER_PAID'] }],
    ['INVALID_DESCRIPTION', { description: 'two\nlines' }],
    ['INVALID_DESCRIPTION', { description: 'x'.repeat(201) }],
  ] as const)('of a malformed input is refused with %s (case %#)', async (code, changes) => {
    const input = { url: receiver.url, eventTypes: ['ORDER_PAID'] as const, ...changes };
    expect(await createWebhookEndpoint(context(), input)).toMatchObject({ refused: code });
  });

  test('of an endpoint of another customer is refused as if there were none', async () => {
    const { id: endpointId } = await newEndpoint();
    await sendTestWebhook(context(), { endpointId });
    const [delivery] = (await listDeliveries(database.newManager(), endpointId, {})).nodes;
    const eve = context(someone('Eve'));
    const from = new Date();
    for (const refused of [
      await updateWebhookEndpoint(eve, { endpointId, enabled: false }),
      await deleteWebhookEndpoint(eve, { endpointId }),
      await rotateWebhookSecret(eve, { endpointId }),
      await sendTestWebhook(eve, { endpointId }),
      await replayWebhooks(eve, { endpointId, from }),
      await redeliverWebhook(eve, { deliveryId: delivery!.id }),
      await updateWebhookEndpoint(eve, { endpointId: 'none' }),
    ])
      expect(refused).toMatchObject({ refused: 'NOT_FOUND' });
  });

  test('beyond ten endpoints or sixty test events an hour is refused, also at once', async () => {
    for (let made = 0; made < 9; made += 1) await newEndpoint();
    const three = [1, 2, 3];
    const input = { url: receiver.url, eventTypes: ['ORDER_PAID'] } as const;
    const made = await Promise.all(three.map(async () => await createWebhookEndpoint(context(), input)));
    const endpoints = made.flatMap((one) => ('refused' in one ? [] : [one.webhookEndpoint]));
    expect(made.flatMap((one) => ('refused' in one ? [one.refused] : []))).toEqual(Array(2).fill('TOO_MANY_WEBHOOKS'));
    const endpointId = endpoints[0]!.id;
    await run(sql`
      insert into webhook_events (id, customer_id, type, object_id, sequence, version, data)
      select gen_random_uuid(), ${ada.id}, 'webhook.test', gen_random_uuid(), 1, 1, '{}' from generate_series(1, 59)`);
    const sent = await Promise.all(three.map(async () => await sendTestWebhook(context(), { endpointId })));
    const refused = sent.filter((one) => 'refused' in one);
    expect(refused).toHaveLength(2);
    for (const one of refused) expect(one).toMatchObject({ refused: 'TOO_MANY_ATTEMPTS', retryAfterS: 3_600 });
  });

  test('sends one event again, with its id', async () => {
    const { id, secret } = await newEndpoint();
    await notifyOfOrders(database.newManager(), [order()]);
    await deliverDue();
    const [delivery] = (await listDeliveries(database.newManager(), id, {})).nodes;
    expect(await redeliverWebhook(context(), { deliveryId: delivery!.id })).toMatchObject({ state: 'PENDING' });
    await deliverDue();
    const [first, second] = events(secret);
    expect(second).toEqual(first);
    await updateWebhookEndpoint(context(), { endpointId: id, enabled: false });
    expect(await redeliverWebhook(context(), { deliveryId: delivery!.id })).toMatchObject({
      refused: 'WEBHOOK_DISABLED',
      field: ['input', 'deliveryId'],
    });
  });

  test('sends an event that waits for a later attempt now', async () => {
    const { id } = await newEndpoint();
    await notifyOfOrders(database.newManager(), [order()]);
    await run(sql`update webhook_deliveries set next_attempt_at = now() + interval '1 day', failures = 9`);
    const [delivery] = (await listDeliveries(database.newManager(), id, {})).nodes;
    await redeliverWebhook(context(), { deliveryId: delivery!.id });
    await deliverDue();
    expect(await stateOf(id)).toEqual(['DELIVERED']);
  });

  test('keeps the newest thirty attempts of a delivery', async () => {
    const { id } = await newEndpoint();
    await notifyOfOrders(database.newManager(), [order()]);
    await run(sql`
      insert into webhook_attempts (id, delivery_id, status, duration_ms)
      select ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, delivery.id, 500, n
      from webhook_deliveries delivery, generate_series(1, 40) as n where delivery.endpoint_id = ${id}`);
    await deliverDue();
    const { rows } = await run(sql`
      select min(duration_ms) filter (where status = 500) as oldest, count(*)::int as attempts
      from webhook_attempts where delivery_id in (select id from webhook_deliveries where endpoint_id = ${id})`);
    expect(rows).toEqual([{ oldest: 12, attempts: 30 }]);
  });

  test('of a deleted customer leaves nothing', async () => {
    const { id } = await newEndpoint();
    await notifyOfOrders(database.newManager(), [order()]);
    await keepContacts(database.newManager(), [userGone(ada.id)]);
    await notifyOfOrders(database.newManager(), [order()]);
    expect(await stateOf(id)).toEqual([]);
    const { rows } = await run(sql`select from webhook_events where customer_id = ${ada.id}`);
    expect(rows).toEqual([]);
    await expect(newEndpoint()).rejects.toThrow('Sign in');
  });

  test('of an old event is none: events older than 30 days are deleted', async () => {
    await run(sql`
      insert into webhook_events (id, customer_id, type, object_id, sequence, version, data, created_at)
      select gen_random_uuid(), ${ada.id}, 'order.paid', gen_random_uuid(), 1, 1, '{}', now() - days * interval '1 day'
      from generate_series(29, 31, 2) as days`);
    await forgetOld(database.newManager());
    const { rows } = await run(sql`select from webhook_events where customer_id = ${ada.id}`);
    expect(rows).toHaveLength(1);
  });
});
