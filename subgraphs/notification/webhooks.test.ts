import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { someone } from '#test/factories.ts';
import { testSender, transferUpdate, userUpdate } from '#test/notification-database.ts';
import { webhookEvents } from './domain/webhook-events.ts';
import { updateWebhookEndpoint } from './services/change-webhook-endpoints.ts';
import { claimWebhooks } from './services/claim-webhooks.ts';
import { deliverWebhooks } from './services/deliver-webhooks.ts';
import { keepContacts } from './services/keep-contacts.ts';
import { listDeliveries, listWebhookEndpoints } from './services/list-webhooks.ts';
import { notifyOfOrders } from './services/notify-of-orders.ts';
import { notifyOfTransfers } from './services/notify-of-transfers.ts';
import { replayWebhooks } from './services/resend-webhooks.ts';
import { useWebhooks } from '#test/use-webhooks.ts';

/** Webhooks against real receivers: what is sent, when, in which order, and what failures lead to. */

const webhooks = useWebhooks();
const { newManager, context, newEndpoint, deliverDue, pass, order, events, stateOf, notificationsOf } = webhooks;

describe('an event', () => {
  test('of each type is sent once, signed, with the documented content', async () => {
    const { secret } = await newEndpoint();
    const [paid, rejected] = [order(), order({ outcome: 'REJECTED', rejectionReason: 'INSUFFICIENT_FUNDS' })];
    const cancelled = order({ outcome: 'CANCELLED' });
    const sent = transferUpdate({ senderId: webhooks.ada.id, senderName: 'Ada' });
    const got = transferUpdate({ customerId: webhooks.ada.id });
    await keepContacts(newManager(), [userUpdate({ userId: sent.customerId })]);
    for (let times = 0; times < 2; times += 1) {
      await notifyOfOrders(newManager(), [paid, rejected, cancelled]);
      await notifyOfOrders(newManager(), [{ ...paid, outcome: 'REFUNDED' }]);
      await notifyOfTransfers(newManager(), [sent, got]);
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
    await newEndpoint({ eventTypes: ['ORDER_REJECTED'], url: `${webhooks.receiver.url}/rejected` });
    const { id } = await newEndpoint({ url: `${webhooks.receiver.url}/disabled` });
    await updateWebhookEndpoint(context(), { endpointId: id, enabled: false });
    await newEndpoint({ eventTypes: ['ORDER_PAID'], url: `${webhooks.receiver.url}/paid` });
    await notifyOfOrders(newManager(), [order()]);
    await deliverDue();
    expect(webhooks.receiver.received.map(({ path }) => path)).toEqual(['/webhooks/paid']);
  });

  test('of a shop’s order goes to the shop’s owner, too, with nothing of the customer', async () => {
    const owner = someone('Shopkeeper');
    await keepContacts(newManager(), [userUpdate({ userId: owner.id })]);
    const { secret } = await newEndpoint({}, owner);
    const consentId = randomUUID();
    const shop = { shopId: randomUUID(), shopName: 'Book Shop', shopOwnerId: owner.id, consentId };
    await notifyOfOrders(newManager(), [
      order({ ...shop, outcome: 'REFUNDED', isHeld: true }),
      order({ ...shop, outcome: 'REJECTED', rejectionReason: 'ACCOUNT_FROZEN' }),
    ]);
    for (let times = 0; times < 2; times += 1) await deliverDue();
    const sent = events(secret);
    expect(sent.map(({ type }) => type).toSorted()).toEqual(['order.paid', 'order.refunded', 'order.rejected']);
    const rejected = expect.objectContaining({ consentId, rejectionReason: 'DECLINED' });
    expect(sent.map(({ data }) => data)).toContainEqual(rejected);
    expect(JSON.stringify(sent)).not.toMatch(new RegExp(`${webhooks.ada.id}|isHeld|FROZEN`));
  });

  test('of a refund that is reported first comes after that of the payment', async () => {
    const { secret } = await newEndpoint();
    const paid = order();
    await notifyOfOrders(newManager(), [{ ...paid, outcome: 'REFUNDED' }]);
    await notifyOfOrders(newManager(), [paid]);
    await deliverDue();
    await deliverDue();
    expect(events(secret).map(({ type, sequence }) => [type, sequence])).toEqual([
      ['order.paid', 1],
      ['order.refunded', 2],
    ]);
  });

  test('of each refund of an order has its amount and a position of its own', async () => {
    const { secret } = await newEndpoint();
    const paid = order();
    const refund = (refundNumber: number) =>
      ({ ...paid, outcome: 'PARTIALLY_REFUNDED', refundNumber, refundMinor: BigInt(refundNumber) }) as const;
    await notifyOfOrders(newManager(), [refund(1), refund(1), refund(2)]);
    for (let times = 0; times < 3; times += 1) await deliverDue();
    expect(events(secret).map(({ type, sequence, data }) => [type, sequence, data['refund']])).toEqual([
      ['order.paid', 1, undefined],
      ['order.refunded', 2, { amount: '0.01', currency: paid.currency }],
      ['order.refunded', 3, { amount: '0.02', currency: paid.currency }],
    ]);
  });

  test('waits for the earlier one of its object, and others do not', async () => {
    const { secret, id } = await newEndpoint();
    const [first, other] = [order(), order()];
    webhooks.receiver.answer = ({ body }) => ({ status: body.includes(first.orderId) ? 500 : 200 });
    await notifyOfOrders(newManager(), [first]);
    await notifyOfOrders(newManager(), [{ ...first, outcome: 'REFUNDED' }, other]);
    await deliverDue();
    await pass();
    await deliverDue();
    const about = (orderId: string) =>
      events(secret).flatMap(({ type, data }) => (data['orderId'] === orderId ? [type] : []));
    expect(new Set(about(first.orderId))).toEqual(new Set(['order.paid']));
    await pass();
    await deliverDue();
    expect(about(other.orderId)).toEqual(['order.paid']);
    webhooks.receiver.answer = () => ({ status: 200 });
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
    webhooks.receiver.answer = () => ({ status: 503, body: 'we are\u0000 down' });
    await notifyOfOrders(
      newManager(),
      Array.from({ length: 9 }, () => order()),
    );
    await deliverDue();
    const begun = webhooks.receiver.received.length;
    expect(begun).toBeLessThanOrEqual(4);
    await pass();
    await deliverDue();
    expect(webhooks.receiver.received).toHaveLength(begun + 1);
    expect((await listWebhookEndpoints(newManager(), webhooks.ada.id))[0]?.failures).toBe(begun + 1);
    webhooks.receiver.answer = () => ({ status: 200 });
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
    webhooks.receiver.answer = () => answer;
    await notifyOfOrders(newManager(), [order()]);
    const delivering = deliverDue();
    await webhooks.receiver.receives(1);
    if (answer.status === 'none') webhooks.receiver.hangUp();
    await delivering;
    expect(webhooks.receiver.received.map(({ path }) => path)).toEqual(['/webhooks']);
    const [endpoint] = await listWebhookEndpoints(newManager(), webhooks.ada.id);
    expect(endpoint).toMatchObject({ failures: 1, disabledAt: null });
    const [delivery] = (await listDeliveries(newManager(), endpoint!.id, {})).nodes;
    const [attempt] = await context().attempts.load(delivery!.id);
    expect(attempt).toMatchObject(
      answer.status === 'none'
        ? { status: null, fault: 'CONNECTION_FAILED', excerpt: null }
        : { status: answer.status, fault: null, excerpt: '' },
    );
  });

  test('that answers at length is read for a kilobyte', async () => {
    const { id } = await newEndpoint();
    webhooks.receiver.answer = () => ({ status: 200, body: '\u0000\u001b[31m'.padEnd(5_000_000, 'x') });
    await notifyOfOrders(newManager(), [order()]);
    await deliverDue();
    const [delivery] = (await listDeliveries(newManager(), id, {})).nodes;
    const [attempt] = await context().attempts.load(delivery!.id);
    expect(attempt?.excerpt).toHaveLength(1_024);
    expect(attempt?.excerpt).not.toMatch(/\p{Cc}/u);
  });

  test('that fails for three days is disabled, and its owner gets one message', async () => {
    const { id } = await newEndpoint({ description: 'shop' });
    webhooks.receiver.answer = () => ({ status: 500 });
    await notifyOfOrders(newManager(), [order(), order()]);
    await deliverDue();
    await pass(71);
    expect(await deliverDue()).toEqual([null]);
    await pass(2);
    const [notice] = await deliverDue();
    expect(notice).toMatchObject({
      customerId: webhooks.ada.id,
      kind: 'WEBHOOK_DISABLED',
      recipient: 'ada@example.com',
    });
    expect(notice?.body).toContain(`your webhook “shop” at ${new URL(webhooks.receiver.url).host}.`);
    expect(notice?.body).not.toContain(webhooks.receiver.url);
    await pass();
    expect(await deliverDue()).toEqual([]);
    expect(await stateOf(id)).toEqual(['GIVEN_UP', 'GIVEN_UP']);
    const messages = await notificationsOf(webhooks.ada.id);
    expect(messages.filter(({ kind }) => kind === 'WEBHOOK_DISABLED')).toHaveLength(1);
    await updateWebhookEndpoint(context(), { endpointId: id, enabled: true });
    webhooks.receiver.answer = () => ({ status: 200 });
    expect(await replayWebhooks(context(), { endpointId: id, from: new Date(Date.now() - 60_000) })).toMatchObject({
      events: 2,
      nextFrom: null,
    });
    await deliverDue();
    expect(await stateOf(id)).toEqual(['DELIVERED', 'DELIVERED']);
  });

  test('that is gone (410) is disabled at once', async () => {
    await newEndpoint();
    webhooks.receiver.answer = () => ({ status: 410 });
    await notifyOfOrders(newManager(), [order()]);
    await deliverDue();
    expect(await listWebhookEndpoints(newManager(), webhooks.ada.id)).toMatchObject([{ disabledReason: 'GONE' }]);
  });

  test('that does not answer delays no other receiver', async () => {
    await newEndpoint({ url: `${webhooks.receiver.url}/slow` });
    await newEndpoint({ url: `${webhooks.receiver.url}/quick` });
    webhooks.receiver.answer = ({ path }) => ({ status: path.endsWith('slow') ? 'none' : 200 });
    await notifyOfOrders(newManager(), [order()]);
    const claims = await claimWebhooks(newManager());
    expect(claims).toHaveLength(2);
    const stopping = new AbortController();
    const sender = { ...testSender, stopping: stopping.signal };
    const jobs = claims.map(async (claim) => await deliverWebhooks(newManager(), sender, claim));
    await Promise.any(jobs);
    await webhooks.receiver.receives(2);
    expect(webhooks.receiver.received.map(({ path }) => path)).toContain('/webhooks/quick');
    // A worker that stops gives its claim up, and another one sends the event.
    stopping.abort();
    await Promise.all(jobs);
    webhooks.receiver.answer = () => ({ status: 200 });
    await deliverDue();
    expect(webhooks.receiver.received.filter(({ path }) => path.endsWith('slow'))).toHaveLength(2);
  });
});
