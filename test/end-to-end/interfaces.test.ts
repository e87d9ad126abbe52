import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { Client } from 'pg';
import { encodePayload, payload } from '#jobs/queues/contract.ts';
import { settleOrdersQueue } from '#jobs/workers/settle-orders.ts';
import type { PartName } from '#local/parts.ts';
import { liveEventsChannel } from '#platform/messaging/events.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { answerFault, describedOperations, itemsFault, messageFault } from '#test/described.ts';
import { startRouterWithDoubles } from '#test/router/running-router.ts';
import { sharedSystem, type SystemAddresses } from '#test/system.ts';
import { until } from '#test/until.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import type { Json } from '../../tools/json.ts';

let system: SystemAddresses;
let ada: Customer;
let accountId: string;

beforeAll(async () => {
  system = await sharedSystem();
  ada = await registerCustomer(system.url);
  accountId = (await until('the account', async () => await ada.account('USD').catch(() => null))).id;
});

interface DescribedRequest {
  readonly part?: PartName;
  /** The method and path in the OpenAPI document. */
  readonly operation: string;
  /** The actual path, if it differs. */
  readonly path?: () => string;
  readonly init?: () => RequestInit;
  readonly status: number;
}

const json = { 'content-type': 'application/json' };
const bearer = () => ({ authorization: `Bearer ${ada.token}` });
const own = () => ({ 'x-console': '1', origin: system.origins.router });
const post =
  (body: unknown, headers: () => Record<string, string> = () => ({})) =>
  () => ({
    method: 'POST',
    headers: { ...json, ...headers() },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const get = (headers: () => Record<string, string>) => () => ({ headers: headers() });

const viewer = '{ viewer { id } }';
const stream = '/graphql/stream?query=subscription{notificationAdded{id}}';
const unknownUser = { email: 'unknown@example.com', password: 'wrong' };
const parts = [...subgraphNames, 'jobs', 'router'] as const;
const managementPaths = ['/health/live', '/health/ready', '/metrics'];

const requests: readonly DescribedRequest[] = [
  { operation: 'POST /graphql', init: post({ query: viewer }), status: 200 },
  { operation: 'POST /graphql', init: post({ query: viewer }, bearer), status: 200 },
  {
    operation: 'POST /graphql',
    init: post({ query: viewer }, () => ({ accept: 'application/graphql-response+json' })),
    status: 200,
  },
  { operation: 'POST /graphql', init: post('{"query":'), status: 400 },
  { operation: 'POST /graphql', init: post({ query: '{ nothing }' }), status: 400 },
  { operation: 'POST /graphql', init: post({ query: viewer }, () => ({ authorization: 'Bearer x' })), status: 401 },
  { operation: 'POST /graphql', init: post({ query: 'x'.repeat(100_000) }), status: 413 },
  { operation: 'POST /graphql', init: post({ query: viewer }, () => ({ accept: 'image/png' })), status: 406 },
  { operation: 'POST /graphql', init: post({ query: viewer }, () => ({ 'content-encoding': 'gzip' })), status: 415 },
  {
    operation: 'POST /graphql',
    init: post({ query: 'subscription { orderUpdated(id: "none") { id } }' }, () => ({
      ...bearer(),
      accept: 'text/event-stream',
    })),
    status: 200,
  },
  {
    operation: 'GET /graphql',
    path: () => `/graphql?query=${encodeURIComponent(viewer)}`,
    init: get(() => ({ 'apollo-require-preflight': '1' })),
    status: 200,
  },
  { operation: 'GET /graphql', init: get(() => ({ accept: 'text/html' })), status: 200 },
  { operation: 'GET /graphql', path: () => `/graphql?query=${encodeURIComponent(viewer)}`, status: 400 },
  ...subgraphNames.map((part) => ({
    part,
    operation: 'POST /graphql',
    init: post({ query: '{ _service { sdl } }' }),
    status: 200,
  })),
  { operation: 'GET /graphql/stream', path: () => stream, init: get(bearer), status: 200 },
  { operation: 'GET /graphql/stream', path: () => stream, status: 401 },
  {
    operation: 'POST /graphql/stream',
    init: post({ query: 'subscription { orderUpdated(id: "none") { id } }' }, bearer),
    status: 200,
  },
  { operation: 'POST /graphql/stream', init: post({}, bearer), status: 400 },
  {
    operation: 'POST /session',
    init: () => post({ login: { email: ada.email, password: ada.password } }, own)(),
    status: 200,
  },
  { operation: 'POST /session', init: post({ login: unknownUser }, own), status: 200 },
  { operation: 'POST /session', init: post({ login: unknownUser }), status: 403 },
  { operation: 'POST /session', init: post({ logout: {} }, own), status: 400 },
  {
    operation: 'POST /session',
    init: post({ login: unknownUser }, () => ({ ...own(), 'content-type': 'text/plain' })),
    status: 415,
  },
  { operation: 'POST /session/refresh', init: () => ({ method: 'POST', headers: own() }), status: 200 },
  { operation: 'POST /session/refresh', init: () => ({ method: 'POST' }), status: 403 },
  { operation: 'DELETE /session', init: () => ({ method: 'DELETE', headers: own() }), status: 204 },
  { operation: 'DELETE /session', init: () => ({ method: 'DELETE' }), status: 403 },
  ...(
    [
      [200, bearer, () => `/statements/${accountId}.csv?from=2026-01-31T00:00:00Z`],
      [400, bearer, () => `/statements/${accountId}.csv?from=yesterday`],
      [401, () => ({}), () => `/statements/${accountId}.csv`],
      [404, bearer, () => `/statements/${ada.id}.csv`],
    ] as const
  ).map(([status, headers, path]) => ({
    operation: 'GET /statements/{account}.csv',
    path,
    init: get(headers),
    status,
  })),
  { part: 'user', operation: 'GET /.well-known/jwks.json', status: 200 },
  ...parts.flatMap((part) => managementPaths.map((path) => ({ part, operation: `GET ${path}`, status: 200 }))),
];

describe('the management ports', () => {
  test.each(parts)('are the only ports on which %s serves health and metrics', async (part) => {
    const addresses = [...managementPaths, '/health', '/metrics/', '//metrics', '/METRICS', '/metrics?a=b'];
    for (const path of addresses) {
      for (const method of ['GET', 'HEAD']) {
        const answer = await fetch(`${system.origins[part]}${path}`, { method });
        expect([path, method, answer.status]).toEqual([path, method, 404]);
        expect(await answer.text()).not.toMatch(/process_start_time|wallet_|waitingFor|"status"/);
      }
    }
  });

  test.each(parts)('serve nothing else for %s', async (part) => {
    for (const path of ['/', '/graphql', '/operations', '/queues', '/session', '/.well-known/jwks.json']) {
      expect([path, (await fetch(`${system.management[part]}${path}`)).status]).toEqual([path, 404]);
    }
  });
});

describe('the OpenAPI document of the product', () => {
  test.each(requests.map((one) => [one.part ?? 'router', one.operation, one.status, one] as const))(
    'describes the answer of %s to %s with status %i',
    async (part, operation, status, { path = () => operation.split(' ')[1]!, init = () => ({}) }) => {
      const leaving = new AbortController();
      const { [part]: origin } = managementPaths.includes(path()) ? system.management : system.origins;
      const answer = await fetch(`${origin}${path()}`, { ...init(), signal: leaving.signal });

      expect(answer.status).toBe(status);
      expect(await answerFault(operation, answer)).toBeNull();
      leaving.abort();
    },
  );

  test('describes only operations that succeed in this test', () => {
    const succeeded = new Set(requests.filter(({ status }) => status < 300).map(({ operation }) => operation));

    expect([...succeeded].toSorted()).toEqual(describedOperations.toSorted());
  });

  test('describes every route of the router except the console and routes that answer 405', async () => {
    const { routes, origin, stop } = await startObservedRouter();
    try {
      const operations = routes.map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
      const others = routes.filter((_, index) => !describedOperations.includes(operations[index]!));
      const statuses = await Promise.all(
        others.map(async ({ method, url }) => (await fetch(`${origin}${url}`, { method, headers: json })).status),
      );

      expect(new Set(statuses)).toEqual(new Set([405]));
      expect(describedOperations.filter((one) => !operations.includes(one))).toEqual([
        'GET /.well-known/jwks.json',
        ...managementPaths.map((path) => `GET ${path}`),
      ]);
    } finally {
      await stop();
    }
  });
});

interface Route {
  readonly method: string;
  readonly url: string;
}

/** Starts a router without a console in this process. @returns its routes too. */
async function startObservedRouter() {
  const routesOfServers: Route[][] = [];
  const observe = (message: unknown) => {
    const routes: Route[] = [];
    routesOfServers.push(routes);
    (message as { fastify: FastifyInstance }).fastify.addHook('onRoute', ({ method, url }) => {
      routes.push(...[method].flat().map((method) => ({ method, url })));
    });
  };
  const noConsole = mkdtempSync(join(tmpdir(), 'no-console-'));
  subscribe('fastify.initialization', observe);
  try {
    const router = await startRouterWithDoubles({}, { CONSOLE_FOLDER: noConsole });
    return { ...router, routes: routesOfServers.find((routes) => routes.some(({ url }) => url === '/session')) ?? [] };
  } finally {
    unsubscribe('fastify.initialization', observe);
    rmdirSync(noConsole);
  }
}

describe('the AsyncAPI document of the product', () => {
  const item = {
    outboxId: '1',
    orderId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
    customerId: '01a1fd28-33e3-71d0-97d5-49badbf8fee4',
    email: 'ada@example.com',
    name: 'Ada',
    productId: 'book',
    quantity: 2,
    currency: 'USD',
    totalMinor: 12_050n,
  } as const;

  test('describes the payload of a job', async () => {
    const packed = encodePayload(settleOrdersQueue, [item], null);
    const { items } = payload.parse(packed);

    expect(await messageFault(settleOrdersQueue.name, 'job', packed as Json)).toBeNull();
    expect(await itemsFault(settleOrdersQueue.name, items as Json[])).toBeNull();
  });

  test('refuses a job of another version', async () => {
    const packed = encodePayload(settleOrdersQueue, [item], null);

    expect(await messageFault(settleOrdersQueue.name, 'job', { ...packed, version: 1 } as Json)).not.toBeNull();
  });

  test.each<readonly [string, Json[]]>([
    ['without items', []],
    ['with an amount as a JSON number', [{ ...item, totalMinor: 12_050 }]],
  ])('refuses a job %s', async (_, items) => {
    expect(await itemsFault(settleOrdersQueue.name, items)).not.toBeNull();
  });

  test('describes a live event', async () => {
    const messages = await receivedDuring(system.databases.jobs, async () => {
      const { order } = await ada.placeOrder({ unitPrice: '1.00' });
      await until('the order to be paid', async () => (await ada.order(order!.id))?.status === 'PAID');
    });
    const kinds = new Set(messages.flat().map(({ kind }) => kind));

    expect(kinds).toEqual(new Set(['order-changed', 'notification-added']));
    for (const message of messages) expect(await messageFault(liveEventsChannel, 'events', message)).toBeNull();
    expect(await messageFault(liveEventsChannel, 'events', [{ kind: 'order-changed' }])).not.toBeNull();
  });
});

type LiveMessage = { readonly kind: string; readonly [key: string]: string }[];

/** @returns the events published until a notification event arrives. */
async function receivedDuring(jobsUrl: string, act: () => Promise<void>): Promise<LiveMessage[]> {
  const messages: LiveMessage[] = [];
  const client = new Client({ connectionString: jobsUrl });
  await client.connect();
  try {
    client.on('notification', ({ payload }) => void messages.push(JSON.parse(payload!) as LiveMessage));
    await client.query(`listen ${liveEventsChannel}`);
    await act();
    await until('both events', () => messages.flat().some(({ kind }) => kind === 'notification-added'));
    return messages;
  } finally {
    await client.end();
  }
}
