import { z } from 'zod';
import { claimWebhooks } from '#notification/services/claim-webhooks.ts';
import { deliverWebhooks } from '#notification/services/deliver-webhooks.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { repeat } from '#platform/process/repeat.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import type { WorkerGroup } from '#subgraphs/manifest.ts';
import type { Broker } from '../broker.ts';
import { defineQueue } from '../queues/contract.ts';
import { defineWorker, dispatch } from '../worker.ts';
import { messagesOf } from './send-messages.ts';

const webhookItem = z.object({ endpointId: z.uuid(), lease: z.int().positive() }).meta({
  title: 'WebhookItem',
  description: 'An endpoint with due deliveries, and the number of the claim. A later claim ends this one.',
  examples: [{ endpointId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1', lease: 1 }],
});

const deliverWebhooksQueue = defineQueue({
  name: 'deliver-webhooks',
  group: 'notification',
  row: null,
  about: 'Endpoints with due events: the worker sends the events to them.',
  item: webhookItem,
  // The rows of the deliveries say when each is tried again. If a job is lost, its claim ends and another begins.
  policy: { attempts: 3, backoffMs: 1_000, attemptsOfItem: 3, jobsAtOnce: 50 },
});

export const deliverWebhooksWorker = defineWorker({
  queue: deliverWebhooksQueue,
  run: async ({ notification, webhooks, mailer, publishLive }, items) => {
    const written = await Promise.all(
      items.map(async (item) => await deliverWebhooks(notification.fork(), webhooks, item)),
    );
    const notices = written.filter((notice) => notice !== null);
    publishLive(notices.map(({ id, customerId }) => ({ kind: 'notification-added', customerId, notificationId: id })));
    return { next: messagesOf(notices, mailer) };
  },
});

/** How often a process looks for due deliveries. An event waits for so long at most. */
const everyMs = 1_000;

export interface DispatchParts {
  readonly em: Manager;
  readonly broker: Pick<Broker, 'enqueue'>;
  readonly keys: JobKeys<WorkerGroup>;
  readonly log: Log;
}

/** Adds a job for each endpoint with due deliveries, until the signal is aborted. Several processes may do so. */
export async function keepDispatchingWebhooks(parts: DispatchParts, signal: AbortSignal): Promise<void> {
  const { em, broker, keys, log } = parts;
  await repeat(
    async () => {
      const claimed = await claimWebhooks(em.fork());
      // One endpoint a job: a slow one delays no other.
      await broker.enqueue(
        claimed.map((item) => dispatch(deliverWebhooksQueue, [item])),
        keys,
      );
    },
    {
      everyMs,
      retryMs: everyMs,
      signal,
      failed: (error) => log.warn({ reason: errorText(error) }, 'the worker cannot dispatch webhooks'),
    },
  );
}
