import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePorts } from '#test/free-ports.ts';
import { startRouterProcess } from '#test/router/router-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'router-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const nobody = 'http://127.0.0.1:1/graphql';
const nowhere = {
  USER_URL: nobody,
  BILLING_URL: nobody,
  ORDER_URL: nobody,
  NOTIFICATION_URL: nobody,
  JWKS_URL: nobody,
};

test('the router asks no address but those of its settings, and stops when told to', async () => {
  const [port] = await freePorts(1);
  const router = startRouterProcess({
    ...nowhere,
    NODE_ENV: 'production',
    ROUTER_PORT: String(port),
    // What a developer may have set for other tools of Apollo's.
    APOLLO_TELEMETRY_DISABLED: 'false',
    APOLLO_KEY: 'service:wallet:key',
    APOLLO_GRAPH_REF: 'wallet@current',
    APOLLO_SCHEMA_REPORTING: 'true',
  });
  await router.listening();
  const origin = `http://127.0.0.1:${port}`;
  const ready = await fetch(`${origin}/health/ready`);
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

describe('the router does not start, and says what to do', () => {
  test('where the supergraph does not build', async () => {
    const file = join(folder, 'schema.graphql');
    writeFileSync(file, 'type Query {');
    const router = startRouterProcess({ ...nowhere, SUPERGRAPH_FILE: file, EXPLORER: 'false' });

    expect(await router.exited).toBe(1);
    expect(router.output.stderr).toMatch(/^router: The supergraph \(SUPERGRAPH_FILE\) cannot be used: /m);
    expect(router.output.stderr).toContain('npm run compose');
    expect(router.output.stderr).not.toMatch(/\n\s+at /);
  });

  test('where settings are malformed', async () => {
    const router = startRouterProcess({ ...nowhere, ROUTER_PORT: 'x', USER_URL: 'user', INTROSPECTION: 'maybe' });

    expect(await router.exited).toBe(1);
    expect(router.output.stderr).toMatch(/ROUTER_PORT: .*\n.*USER_URL: .*\n.*INTROSPECTION: /);
  });

  test('where its port is taken', async () => {
    const [port] = await freePorts(1);
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const router = startRouterProcess({ ...nowhere, ROUTER_PORT: String(port), EXPLORER: 'false' });

    expect(await router.exited).toBe(1);
    expect(router.output.stderr).toContain(`Port ${port} of 127.0.0.1 is in use by another program: set ROUTER_PORT`);
    other.close();
    await once(other, 'close');
  });
});
