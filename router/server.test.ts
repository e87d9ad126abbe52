import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { createLog } from '#platform/telemetry/log.ts';
import { freePorts } from '#test/free-ports.ts';
import { startRouterProcess } from '#test/router/router-process.ts';
import { startRouterWithDoubles } from '#test/router/running-router.ts';
import { readConfig } from './config.ts';
import { startRouter } from './router.ts';

const nobody = 'http://127.0.0.1:1/graphql';
const nowhere = {
  USER_URL: nobody,
  BILLING_URL: nobody,
  ORDER_URL: nobody,
  NOTIFICATION_URL: nobody,
  JWKS_URL: nobody,
};

test('the router connects only to configured addresses, and stops on SIGTERM', async () => {
  const [port, managementPort] = await freePorts(2);
  const router = startRouterProcess({
    ...nowhere,
    NODE_ENV: 'production',
    ROUTER_PORT: String(port),
    ROUTER_MANAGEMENT_PORT: String(managementPort),
    // What a developer may have set for other tools of Apollo's.
    APOLLO_TELEMETRY_DISABLED: 'false',
    APOLLO_KEY: 'service:wallet:key',
    APOLLO_GRAPH_REF: 'wallet@current',
    APOLLO_SCHEMA_REPORTING: 'true',
  });
  await router.listening();
  const origin = `http://127.0.0.1:${port}`;
  const ready = await fetch(`http://127.0.0.1:${managementPort}/health/ready`);
  const page = await fetch(`${origin}/graphql`, { headers: { accept: 'text/html' } });
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ viewer { name } }' }),
  });

  expect([ready.status, page.status, answer.status]).toEqual([200, 200, 200]);
  await Promise.all([ready.text(), page.text(), answer.text()]);
  router.kill('SIGTERM');
  expect(await router.exited).toBe(0);
  expect(router.askedHosts()).toEqual(['127.0.0.1']);
});

test('requests in progress are completed when the router stops', async () => {
  const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const viewer = async () => {
    isAsked();
    await released;
    return { id: 'user-1', name: 'Ada' };
  };
  const router = await startRouterWithDoubles({ user: { Query: { viewer } } });
  const answer = router.ask('{ viewer { name } }');
  await asked;
  const stopped = router.stop();
  release();

  expect(await answer).toMatchObject({ status: 200, data: { viewer: { name: 'Ada' } } });
  await stopped;
});

test('a router that cannot start says what to do and exits with 1', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'router-test-'));
  const file = join(folder, 'schema.graphql');
  writeFileSync(file, 'type Query {');
  const router = startRouterProcess({ ...nowhere, SUPERGRAPH_FILE: file, EXPLORER: 'false' });

  expect(await router.exited).toBe(1);
  rmSync(folder, { recursive: true });
  expect(router.output.stderr).toMatch(/^router: The supergraph \(SUPERGRAPH_FILE\) cannot be used: /m);
  expect(router.output.stderr).toContain('npm run compose');
  expect(router.output.stderr).not.toMatch(/\n\s+at /);
});

test('a port in use is reported with its setting', async () => {
  const other = await startRouterWithDoubles();
  const config = readConfig({ ...nowhere, ROUTER_PORT: new URL(other.origin).port, EXPLORER: 'false' });

  await expect(startRouter(config, createLog('router', 'silent'))).rejects.toThrow(
    `Port ${config.ROUTER_PORT} of 127.0.0.1 is in use by another program: set ROUTER_PORT to a free one.`,
  );
  await other.stop();
});

test('all malformed settings are reported at once', () => {
  expect(() => readConfig({ ROUTER_PORT: 'x', USER_URL: 'user', INTROSPECTION: 'maybe' })).toThrow(
    /ROUTER_PORT: .*\n.*INTROSPECTION: .*\n.*USER_URL: /,
  );
});
