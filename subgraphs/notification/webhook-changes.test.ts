import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { someone } from '#test/factories.ts';
import { userGone } from '#test/notification-database.ts';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from './services/change-webhook-endpoints.ts';
import { forgetOld } from './services/forget-old.ts';
import { keepContacts } from './services/keep-contacts.ts';
import { listDeliveries } from './services/list-webhooks.ts';
import { notifyOfOrders } from './services/notify-of-orders.ts';
import { redeliverWebhook, replayWebhooks, sendTestWebhook } from './services/resend-webhooks.ts';
import { useWebhooks } from '#test/use-webhooks.ts';

/** What customers change of webhooks, and send again. */

const webhooks = useWebhooks();
const { newManager, run, context, newEndpoint, deliverDue, order, events, stateOf } = webhooks;

describe('a change', () => {
  test('without a confirmation is refused to a customer, and not to an API client', async () => {
    const stolen = { ...context(), isConfirmed: async () => false };
    const input = { url: webhooks.receiver.url, eventTypes: ['ORDER_PAID'] } as const;
    expect(await createWebhookEndpoint(stolen, input)).toMatchObject({ refused: 'CONFIRMATION_REQUIRED' });
    const { id: endpointId } = await newEndpoint();
    for (const change of [updateWebhookEndpoint, deleteWebhookEndpoint, rotateWebhookSecret])
      expect(await change(stolen, { endpointId })).toMatchObject({ refused: 'CONFIRMATION_REQUIRED' });
    const client = { ...webhooks.ada, client: { id: 'client', scopes: ['webhooks:write'] as const } };
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
    const input = { url: webhooks.receiver.url, eventTypes: ['ORDER_PAID'] as const, ...changes };
    expect(await createWebhookEndpoint(context(), input)).toMatchObject({ refused: code });
  });

  test('of an endpoint of another customer is refused as if there were none', async () => {
    const { id: endpointId } = await newEndpoint();
    await sendTestWebhook(context(), { endpointId });
    const [delivery] = (await listDeliveries(newManager(), endpointId, {})).nodes;
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
    const input = { url: webhooks.receiver.url, eventTypes: ['ORDER_PAID'] } as const;
    const made = await Promise.all(three.map(async () => await createWebhookEndpoint(context(), input)));
    const endpoints = made.flatMap((one) => ('refused' in one ? [] : [one.webhookEndpoint]));
    expect(made.flatMap((one) => ('refused' in one ? [one.refused] : []))).toEqual(Array(2).fill('TOO_MANY_WEBHOOKS'));
    const endpointId = endpoints[0]!.id;
    await run(sql`
      insert into webhook_events (id, customer_id, type, object_id, sequence, version, data)
      select gen_random_uuid(), ${webhooks.ada.id}, 'webhook.test', gen_random_uuid(), 1, 1, '{}' from generate_series(1, 59)`);
    const sent = await Promise.all(three.map(async () => await sendTestWebhook(context(), { endpointId })));
    const refused = sent.filter((one) => 'refused' in one);
    expect(refused).toHaveLength(2);
    for (const one of refused) expect(one).toMatchObject({ refused: 'TOO_MANY_ATTEMPTS', retryAfterS: 3_600 });
  });

  test('sends one event again, with its id', async () => {
    const { id, secret } = await newEndpoint();
    await notifyOfOrders(newManager(), [order()]);
    await deliverDue();
    const [delivery] = (await listDeliveries(newManager(), id, {})).nodes;
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

  test('sends again at most ten thousand events an hour to an endpoint', async () => {
    const { id: endpointId } = await newEndpoint();
    await notifyOfOrders(newManager(), [order()]);
    await deliverDue();
    const [delivery] = (await listDeliveries(newManager(), endpointId, {})).nodes;
    await run(sql`
      update webhook_endpoints set resent_since = now() - interval '59 minutes', resent_events = 9999`);
    const from = new Date(Date.now() - 60_000);
    expect(await replayWebhooks(context(), { endpointId, from })).toMatchObject({ events: 1 });
    const refused = { refused: 'TOO_MANY_ATTEMPTS', retryAfterS: expect.any(Number) };
    expect(await replayWebhooks(context(), { endpointId, from })).toMatchObject(refused);
    expect(await redeliverWebhook(context(), { deliveryId: delivery!.id })).toMatchObject(refused);
    await run(sql`update webhook_endpoints set resent_since = now() - interval '1 hour'`);
    expect(await redeliverWebhook(context(), { deliveryId: delivery!.id })).toMatchObject({ state: 'PENDING' });
    const { rows } = await run(sql`select resent_events from webhook_endpoints`);
    expect(rows).toEqual([{ resent_events: 1 }]);
  });

  test('sends an event that waits for a later attempt now', async () => {
    const { id } = await newEndpoint();
    await notifyOfOrders(newManager(), [order()]);
    await run(sql`update webhook_deliveries set next_attempt_at = now() + interval '1 day', failures = 9`);
    const [delivery] = (await listDeliveries(newManager(), id, {})).nodes;
    await redeliverWebhook(context(), { deliveryId: delivery!.id });
    await deliverDue();
    expect(await stateOf(id)).toEqual(['DELIVERED']);
  });

  test('keeps the newest thirty attempts of a delivery', async () => {
    const { id } = await newEndpoint();
    await notifyOfOrders(newManager(), [order()]);
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

  test('that deletes an endpoint with more deliveries than one statement deletes leaves none', async () => {
    const { id: endpointId } = await newEndpoint();
    await run(sql`
      with events as (
        insert into webhook_events (id, customer_id, type, object_id, sequence, version, data)
        select gen_random_uuid(), ${webhooks.ada.id}, 'order.paid', gen_random_uuid(), 1, 1, '{}' from generate_series(1, 1001)
        returning id, object_id)
      insert into webhook_deliveries (id, endpoint_id, event_id, object_id, sequence, state)
      select gen_random_uuid(), ${endpointId}, id, object_id, 1, 'PENDING' from events`);
    await deleteWebhookEndpoint(context(), { endpointId });
    const { rows } = await run(sql`select from webhook_deliveries where endpoint_id = ${endpointId}`);
    expect(rows).toEqual([]);
    expect(await updateWebhookEndpoint(context(), { endpointId })).toMatchObject({ refused: 'NOT_FOUND' });
  });

  test('of a deleted customer leaves nothing', async () => {
    const { id } = await newEndpoint();
    await notifyOfOrders(newManager(), [order()]);
    await keepContacts(newManager(), [userGone(webhooks.ada.id)]);
    await notifyOfOrders(newManager(), [order()]);
    expect(await stateOf(id)).toEqual([]);
    const { rows } = await run(sql`select from webhook_events where customer_id = ${webhooks.ada.id}`);
    expect(rows).toEqual([]);
    await expect(newEndpoint()).rejects.toThrow('Sign in');
  });

  test('of an old event is none: events older than 30 days are deleted', async () => {
    await run(sql`
      insert into webhook_events (id, customer_id, type, object_id, sequence, version, data, created_at)
      select gen_random_uuid(), ${webhooks.ada.id}, 'order.paid', gen_random_uuid(), 1, 1, '{}', now() - days * interval '1 day'
      from generate_series(29, 31, 2) as days`);
    await forgetOld(newManager());
    const { rows } = await run(sql`select from webhook_events where customer_id = ${webhooks.ada.id}`);
    expect(rows).toHaveLength(1);
  });
});
