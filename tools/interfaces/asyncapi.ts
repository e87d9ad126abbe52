import { z } from 'zod';
import { eventsPerMessage, liveEvent, liveEventsChannel } from '#platform/messaging/events.ts';
import { outboxChannel } from '#platform/messaging/outbox.ts';
import { items, payload, type QueueContract } from '#jobs/queues/contract.ts';
import { queues, routes, workers } from '#jobs/registry.ts';
import type { JsonObject } from '../json.ts';
import { webhooksAsBuilt } from './asyncapi-webhooks.ts';
import { wireSchema } from './wire-schema.ts';

/**
 * Describes the messages on the queue server and over NOTIFY, as AsyncAPI 3: the queues with their jobs' payloads,
 * producers and workers, the live events, and the outboxes' wake-ups.
 */
export function asyncApiAsBuilt(version: string): JsonObject {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Wallet and orders: jobs, live events and webhooks',
      version,
      license: { name: 'MIT' },
      tags: [{ name: 'jobs' }, { name: 'live events' }, { name: 'webhooks' }],
      description:
        'Generated from jobs/chains.ts, platform/messaging/events.ts and the events of webhooks by `npm run interfaces`. A job is ' +
        'delivered at least once, and its effects happen once: each is idempotent by a key in its own database. Jobs ' +
        'carry the trace of the process that added them (W3C trace context) in the option `telemetry`.',
    },
    defaultContentType: 'application/json',
    servers: {
      redis: { host: '127.0.0.1:6379', protocol: 'redis', description: 'The queue server if REDIS_URL is set.' },
      jobs: {
        host: '127.0.0.1:5432',
        pathname: '/wallet_jobs',
        protocol: 'postgresql',
        description: 'The queue server if REDIS_URL is not set: the database of JOBS_DATABASE_URL.',
      },
      outboxes: {
        host: '127.0.0.1:5432',
        protocol: 'postgresql',
        description: 'The databases of the subgraphs that have an outbox.',
      },
      receiver: {
        host: '{host}',
        protocol: 'https',
        description: 'The receiver of a webhook, which its customer has named.',
        variables: { host: { description: 'The host in the URL of the webhook.', examples: ['shop.example'] } },
      },
    },
    channels: {
      ...Object.fromEntries(queues.map((queue) => [queue.name, queueChannel(queue)])),
      [liveEventsChannel]: liveEventsAsBuilt(),
      [outboxChannel]: wakeUpAsBuilt(),
      webhooks: webhooksAsBuilt(),
    },
    operations: {
      ...Object.fromEntries(queues.flatMap(queueOperations)),
      [`publish-${liveEventsChannel}`]: operation('send', liveEventsChannel, 'events', {
        summary: 'The workers that record outcomes and write notifications, after their commit. No job waits for it.',
      }),
      [`receive-${liveEventsChannel}`]: operation('receive', liveEventsChannel, 'events', {
        summary: "Each router: it wakes the streams that follow the order or the customer's notifications.",
      }),
      [`wake-${outboxChannel}`]: operation('send', outboxChannel, 'wake-up', {
        summary: `The subgraphs ${Object.keys(routes).join(', ')}, after a commit with rows in their outbox.`,
      }),
      [`receive-${outboxChannel}`]: operation('receive', outboxChannel, 'wake-up', {
        summary: 'The relay: it claims the due rows. It also polls, so a lost wake-up costs only time.',
      }),
      'send-webhooks': {
        action: 'send',
        channel: { $ref: '#/channels/webhooks' },
        summary:
          'The workers of deliver-webhooks: an HTTP request for each event, in order for one object, at least once.',
        description: 'docs/webhooks.md says what a receiver can rely on.',
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
      },
    },
    components: { schemas: Object.fromEntries(queues.map(({ item }) => [titleOf(item), wireSchema(item)])) },
  };
}

function queueChannel(queue: QueueContract): JsonObject {
  return {
    address: queue.name,
    description: queue.about,
    servers: refs('servers', ['redis', 'jobs']),
    messages: { job: { name: queue.name, summary: 'The items of a job.', payload: payloadSchema(queue) } },
  };
}

function payloadSchema({ item }: QueueContract): JsonObject {
  const { properties, ...envelope } = wireSchema(payload) as { properties: { items: JsonObject } & JsonObject };
  const [type] = refs('components/schemas', [titleOf(item)]);
  const packed = { ...properties.items, 'x-content-schema': { ...wireSchema(items), items: type! } };
  return { ...envelope, properties: { ...properties, items: packed } };
}

/** Several queues can have the same item type. */
function titleOf(item: z.ZodType): string {
  const title = item.meta()?.title;
  if (title === undefined) throw new Error('an item of a queue has no title');
  return title;
}

function queueOperations(queue: QueueContract): [name: string, operation: JsonObject][] {
  const { name, policy } = queue;
  return [
    [`add-${name}`, operation('send', name, 'job', { 'x-added-by': addersOf(queue) })],
    [
      `work-on-${name}`,
      operation('receive', name, 'job', {
        summary: `A worker of the group ${queue.group}, with all items of a job at once.`,
        'x-retry': { ...policy },
      }),
    ],
  ];
}

function addersOf(queue: QueueContract): string[] {
  const relayed = Object.entries(routes).flatMap(([owner, kinds]) =>
    Object.entries(kinds)
      .filter(([, first]) => first === queue)
      .map(([kind]) => `the relay, from rows of the kind ${kind} in the outbox of ${owner}`),
  );
  const workedOn = workers
    .filter(({ next, close }) => next.includes(queue) || close === queue)
    .map((worker) => `the worker of ${worker.queue.name}`);
  const added = [...relayed, ...workedOn];
  return added.length > 0 ? added : ['a loop of its subgraph, for rows that are due'];
}

function liveEventsAsBuilt(): JsonObject {
  return {
    address: liveEventsChannel,
    description:
      'Live events announce what was just committed. They carry ids and no personal data. A subscriber that misses ' +
      'one finds the change when it polls. Redis PUBLISH, or NOTIFY in the jobs database.',
    servers: refs('servers', ['redis', 'jobs']),
    messages: {
      events: {
        name: 'events',
        summary: 'Events of one or more commits.',
        payload: wireSchema(z.array(liveEvent).min(1).max(eventsPerMessage)),
      },
    },
  };
}

function wakeUpAsBuilt(): JsonObject {
  return {
    address: outboxChannel,
    description: "NOTIFY in a subgraph's own database: there are new rows in its outbox.",
    servers: refs('servers', ['outboxes']),
    messages: { 'wake-up': { name: 'wake-up', summary: 'It has no content.', payload: { type: 'string', const: '' } } },
  };
}

function operation(action: 'send' | 'receive', channel: string, message: string, about: JsonObject): JsonObject {
  const path = `#/channels/${channel}`;
  const description = about['summary'] ?? `Adds jobs to ${channel}.`;
  return {
    action,
    channel: { $ref: path },
    ...about,
    description,
    messages: [{ $ref: `${path}/messages/${message}` }],
  };
}

function refs(kind: string, names: readonly string[]): JsonObject[] {
  return names.map((name) => ({ $ref: `#/${kind}/${name}` }));
}
