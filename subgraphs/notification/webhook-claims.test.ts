import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { isRefusal } from '#platform/errors/refusal.ts';
import { testSender } from '#test/notification-database.ts';
import { until } from '#test/until.ts';
import { verifiedEvent } from '#test/webhook-receiver.ts';
import {
  deleteWebhookEndpoint,
  rotateWebhookSecret,
  updateWebhookEndpoint,
} from './services/change-webhook-endpoints.ts';
import { beginClaim, claimWebhooks } from './services/claim-webhooks.ts';
import { deliverWebhooks } from './services/deliver-webhooks.ts';
import { endClaim } from './services/end-claim.ts';
import { listWebhookEndpoints } from './services/list-webhooks.ts';
import { notifyOfOrders } from './services/notify-of-orders.ts';
import { sendTestWebhook } from './services/resend-webhooks.ts';
import { useWebhooks } from '#test/use-webhooks.ts';

/** Claims of webhooks, and changes while their events are sent. */

/** Ends the sessions that wait for a lock in this database. */
const endWaiting = sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;

const webhooks = useWebhooks();
const { newManager, run, context, newEndpoint, deliverDue, pass, order, events, notificationsOf } = webhooks;

describe('a claim', () => {
  test('is begun once: a job that is delivered twice, or too late, sends nothing', async () => {
    await newEndpoint();
    await notifyOfOrders(newManager(), [order()]);
    const [claim] = await claimWebhooks(newManager());
    expect(await claimWebhooks(newManager())).toEqual([]);
    // The job is lost, and the endpoint is claimed again.
    await pass();
    const [later] = await claimWebhooks(newManager());
    for (const one of [claim!, later!, later!, claim!]) await deliverWebhooks(newManager(), testSender, one);
    expect(webhooks.receiver.received).toHaveLength(1);
  });

  test('whose record of a request is lost is made again, with the same id', async () => {
    const { secret } = await newEndpoint();
    await notifyOfOrders(newManager(), [order()]);
    const [claim] = await claimWebhooks(newManager());
    // The connection of the sender is lost between the request and the commit of its record.
    await newManager().transactional(async (em) => {
      await sql`select from webhook_deliveries for update`.execute(em.getKysely());
      const delivering = deliverWebhooks(newManager(), testSender, claim!);
      await webhooks.receiver.receives(1);
      await until('the end of the sender', async () => (await run(endWaiting)).rows[0]);
      await expect(delivering).rejects.toThrow('terminating connection');
    });
    expect((await run(sql`select from webhook_attempts`)).rows).toEqual([]);
    await pass();
    await deliverDue();
    const [first, second] = events(secret);
    expect(second?.id).toBe(first?.id);
  });
});

describe('endpoints', () => {
  test('are claimed where deliveries are due, and not where none is', async () => {
    const made = [await newEndpoint(), await newEndpoint(), await newEndpoint({ eventTypes: ['ORDER_REJECTED'] })];
    await notifyOfOrders(newManager(), [order(), order()]);
    const claims = await claimWebhooks(newManager());
    expect(claims.map(({ endpointId }) => endpointId).toSorted()).toEqual(
      made
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    );
  });
});

describe('an endpoint', () => {
  test.each([
    ['gets a new URL', () => ({ url: `${webhooks.receiver.url}/new` })],
    ['is enabled', () => ({ enabled: true })],
  ])('that %s is not disabled by a late answer to an earlier request', async (_what, change) => {
    const { id: endpointId } = await newEndpoint();
    await run(sql`
      update webhook_endpoints set failures = 3, failing_since = now() - interval '1 day' where id = ${endpointId}`);
    await notifyOfOrders(newManager(), [order()]);
    const [claim] = await claimWebhooks(newManager());
    const begun = await beginClaim(newManager(), claim!);
    await updateWebhookEndpoint(context(), { endpointId, ...change() });
    await endClaim(newManager(), begun!, [{ isDelivered: false, isGone: true }]);
    const [endpoint] = await listWebhookEndpoints(newManager(), webhooks.ada.id);
    expect(endpoint).toMatchObject({ disabledAt: null, failures: 0, failingSince: null });
    await deliverDue();
    expect(webhooks.receiver.received).toHaveLength(1);
  });

  test('that is deleted while its events are written waits for them, and the notifications are written', async () => {
    // Without a delivery, only the lock of the endpoint makes the deletion wait.
    const { id: endpointId } = await newEndpoint({ eventTypes: ['ORDER_REJECTED'] });
    const { promise: noted, resolve: isNoted } = Promise.withResolvers<void>();
    const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
    const writing = newManager().transactional(async (em) => {
      await notifyOfOrders(em, [order()]);
      isNoted();
      await mayCommit;
    });
    await noted;
    await expect(run(sql`select from webhook_endpoints for update nowait`)).rejects.toThrow('could not obtain lock');
    const deleting = deleteWebhookEndpoint(context(), { endpointId });
    const others = notifyOfOrders(newManager(), [order()]);
    commit();
    await Promise.all([writing, deleting, others]);
    expect(await listWebhookEndpoints(newManager(), webhooks.ada.id)).toEqual([]);
    expect(await notificationsOf(webhooks.ada.id)).toHaveLength(2);
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
    // Another overlap would end the first one early.
    expect(await rotateWebhookSecret(context(), { endpointId: id })).toMatchObject({ refused: 'INVALID_TIME' });
    await rotateWebhookSecret(context(), { endpointId: id, overlapHours: 0 });
    await sendTestWebhook(context(), { endpointId: id });
    await deliverDue();
    expect(() => verifiedEvent(rotated.secret, webhooks.receiver.received[1]!)).toThrow('No matching signature');
    const { rows } = await run(sql`select encode(secret, 'escape') as secret from webhook_endpoints`);
    expect(JSON.stringify(rows)).not.toContain('whsec');
  });
});
