import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import pg from 'pg';
import { type EventPublisher, openEventPublisher } from '#platform/messaging/events.ts';
import { fault } from '#platform/errors/faults.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { openStream, type OpenStream, type StreamRequest } from '#test/event-stream.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';
import type { DoubleContext } from '#test/router/subgraph-double.ts';
import { testSetting } from '#test/test-setting.ts';
import { until } from '#test/until.ts';

/** A router with doubles of the subgraphs, for the tests of live updates. */

export const orderUpdated = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status } }';
export const notificationAdded = 'subscription { notificationAdded { id subject } }';

interface OrderDouble {
  readonly owner: string;
  status: string;
}

interface NotificationDouble {
  readonly owner: string;
  readonly id: string;
  readonly subject: string;
  readonly createdAt: Date;
}

let databases: TestDatabases;
export let publisher: EventPublisher;
export let orders: Map<string, OrderDouble>;
let notifications: NotificationDouble[];
export let router: RunningRouter;
export let opened: OpenStream[];

/** Registers the hooks of a file that tests live updates: a jobs database for it, and new doubles for each test. */
export function testLiveUpdates(): void {
  beforeAll(async () => {
    databases = await createDatabases('jobs');
    publisher = openEventPublisher({ postgresUrl: databases.urls.jobs }, createLog('test', 'silent'));
  });
  afterAll(async () => {
    await publisher.close();
    await databases.drop();
  });

  beforeEach(() => {
    orders = new Map();
    notifications = [];
    opened = [];
  });
  afterEach(async () => {
    for (const stream of opened) stream.close();
    await router.stop();
  });
}

const price = { amount: '1.00', currency: 'USD' };
const product = {
  productId: 'book',
  unitPrice: price,
  quantity: 1,
  total: price,
  refunded: { amount: '0.00', currency: 'USD' },
  placedAt: new Date(1_770_000_000_000),
};

/** Returns the token's customer: the doubles return only that customer's objects, as the subgraphs do. */
function viewerId({ authorization = '' }: DoubleContext): string {
  const [, payload = ''] = authorization.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).sub;
}

export async function start(settings: NodeJS.ProcessEnv = {}): Promise<void> {
  const shown = (owner: string) =>
    notifications
      .filter((notification) => notification.owner === owner)
      .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  router = await startRouterWithDoubles(
    {
      order: {
        Query: {
          order: (_root, args, context) => {
            const { id } = args as { id: string };
            const order = orders.get(id);
            return order?.owner === viewerId(context) ? { ...product, id, status: order.status } : null;
          },
        },
      },
      billing: {
        Order: {
          transactions: () => {
            throw fault('SERVICE_UNAVAILABLE', 'Billing is unavailable.');
          },
        },
      },
      notification: {
        Query: {
          viewer: (_root, _args, context) => ({ id: viewerId(context) }),
          notification: (_root, args, context) =>
            shown(viewerId(context)).find(({ id }) => id === (args as { id: string }).id) ?? null,
        },
        User: {
          notifications: (user, args) => {
            const { first, after } = args as { first: number; after?: string | null };
            const all = shown((user as { id: string }).id);
            const begin = after == null ? 0 : Number(after);
            const end = begin + first;
            return {
              nodes: all.slice(begin, end),
              pageInfo: { hasNextPage: end < all.length, endCursor: String(end) },
            };
          },
        },
      },
    },
    { JOBS_LISTENER_DATABASE_URL: databases.processes.jobs.listener, LIVE_RECHECK_S: '3600', ...settings },
  );
  if (settings['JOBS_LISTENER_DATABASE_URL'] !== '')
    await until('the listener', async () => (await listeners()).length > 0);
}

/** Runs a statement as the administrator, since a role sees and may end only its own connections. */
export async function onDatabase<Row extends pg.QueryResultRow>(statement: string): Promise<Row[]> {
  const { pathname } = new URL(databases.urls.jobs);
  const { href } = Object.assign(new URL(testSetting('WALLET_TEST_DATABASE_URL')), { pathname });
  const client = new pg.Client({ connectionString: href });
  await client.connect();
  const { rows } = await client.query<Row>(statement);
  await client.end();
  return rows;
}

export const listeners = async () =>
  await onDatabase<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and query = 'listen live_events' and state = 'idle'`,
  );

export async function subscribe(
  request: StreamRequest,
  { userId = 'ada', goodFor = '10m', headers = {} }: { userId?: string; goodFor?: string; headers?: object } = {},
): Promise<OpenStream> {
  const authorization = await router.issuer.authorization({ userId, goodFor });
  const stream = await openStream(router.origin, request, { authorization, ...headers });
  opened.push(stream);
  return stream;
}

/** Adds an order. */
export function place(status = 'PENDING', owner = 'ada'): string {
  const id = randomUUID();
  orders.set(id, { owner, status });
  return id;
}

/** Changes an order as a job does: commits, then publishes. */
export function move(orderId: string, status: string): void {
  const order = orders.get(orderId)!;
  order.status = status;
  publisher.publish([{ kind: 'order-changed', customerId: order.owner, orderId }]);
}

/** Adds a notification. */
export function write(subject: string, { publishes = true, owner = 'ada', createdAt = new Date() } = {}): string {
  const id = randomUUID();
  notifications.push({ owner, id, subject, createdAt });
  if (publishes) publisher.publish([{ kind: 'notification-added', customerId: owner, notificationId: id }]);
  return id;
}

export const statuses = (stream: OpenStream) =>
  stream.results().map(({ data }) => (data?.['orderUpdated'] as { status: string } | undefined)?.status);

export const subjects = (stream: OpenStream) =>
  stream.results().map(({ data }) => (data?.['notificationAdded'] as { subject: string } | undefined)?.subject);

export const codes = (stream: OpenStream) =>
  stream.results().map(({ errors = [] }) => errors.map(({ extensions }) => extensions?.code));
