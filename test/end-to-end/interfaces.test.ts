import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { FastifyInstance } from 'fastify';
import { createApiClient, type TestClient } from '#test/api-client.ts';
import { archiveLink } from '#test/archive-link.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { answerFault, describedOperations } from '#test/described.ts';
import { startRouterWithDoubles } from '#test/router/running-router.ts';
import { receiptOf } from '#test/receipts.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { json, managementPaths, requests } from './described-requests.ts';

let system: SystemAddresses;
let ada: Customer;
let accountId: string;
let archive: string;
let client: TestClient;
let clientToken: string;
let receiptNumber: string;

beforeAll(async () => {
  system = await sharedSystem();
  ada = await registerCustomer(system.url);
  accountId = (await until('the account', async () => await ada.account('USD').catch(() => null))).id;
  archive = await archiveLink(ada);
  ({ receiptNumber } = await receiptOf(ada));
  client = await createApiClient(system.origins.router, ada, ['orders:read']);
  clientToken = await client.token();
});

describe('the OpenAPI document of the product', () => {
  test.each(requests.map((one) => [one.part ?? 'router', one.operation, one.status, one] as const))(
    'describes the answer of %s to %s with status %i',
    async (part, operation, status, { path = () => operation.split(' ')[1]!, init = () => ({}) }) => {
      const sender = { ...ada, accountId, archive, receiptNumber, client, clientToken, origin: system.origins.router };
      const leaving = new AbortController();
      const { [part]: origin } = managementPaths.includes(path(sender)) ? system.management : system.origins;
      const answer = await fetch(`${origin}${path(sender)}`, { ...init(sender), signal: leaving.signal });

      expect(answer.status).toBe(status);
      expect(await answerFault(operation, answer)).toBeNull();
      leaving.abort();
    },
  );

  test('describes only operations that succeed in this test', () => {
    const succeeded = new Set(requests.filter(({ status }) => status < 300).map(({ operation }) => operation));

    expect([...succeeded].toSorted()).toEqual(describedOperations.toSorted());
  });

  test('describes every route of the router except the console, REST with its aliases, and routes that answer 405', async () => {
    const { routes: observed, origin, stop } = await startObservedRouter();
    try {
      // The REST API has a document of its own.
      const routes = observed.filter(({ url }) => !url.startsWith('/api/'));
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
    const router = await startRouterWithDoubles({}, { CONSOLE_FOLDER: noConsole, FORMER_PATHS: 'false', MCP: 'on' });
    return { ...router, routes: routesOfServers.find((routes) => routes.some(({ url }) => url === '/session')) ?? [] };
  } finally {
    unsubscribe('fastify.initialization', observe);
    rmdirSync(noConsole);
  }
}
