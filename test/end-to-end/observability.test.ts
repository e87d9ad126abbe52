import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { unknownNames, usedMetrics } from '#test/dashboard-and-alerts.ts';
import { graphql } from '#test/graphql.ts';
import { readMetrics } from '#test/promql.ts';
import { metricsOf, sampleOf } from '#test/samples.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { executionSettings } from '#test/router/execution-settings.ts';
import { orderPath, orderStatements, pathTo, stepsIn, wholeTrace } from '#test/traces.ts';
import { until } from '#test/until.ts';
import { withClient } from '#test/with-client.ts';
import { workers } from '#jobs/registry.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { readDiagrams } from '../../tools/diagrams/pictures.ts';
import { readSequenceDiagram } from '../../tools/diagrams/sequence.ts';
import { messagesOf } from '../../tools/trace/messages.ts';
import { placeOrder } from '../../tools/trace/place-order.ts';
import { startReceiver, type Receiver } from '../../tools/trace/receiver.ts';
import { printTree, treeOf } from '../../tools/trace/tree.ts';

const running = new AsyncDisposableStack();
let receiver: Receiver;
let system: TestSystem;
let ada: Customer;

beforeAll(async () => {
  receiver = await startReceiver();
  running.defer(receiver.stop);
  system = await startSystem({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, JOBS_STALLED_AFTER_S: '1' });
  running.defer(system.stop);
  ada = await registerCustomer(system.url);
});

afterAll(async () => await running.disposeAsync());

const sample = async (part: keyof TestSystem['origins'], name: string, labels: Record<string, string>) =>
  await sampleOf(system, part, name, labels);

describe('traces', () => {
  test('an order is one trace, from the request to the notification and the deletion of its outbox row', async () => {
    const { order } = await ada.placeOrder({ unitPrice: '1.00' });
    const trace = await until('the whole trace', () => wholeTrace(receiver.spans, 'anonymous'));

    const steps = treeOf(trace);
    expect(steps.map(({ span }) => `${span.service}: ${span.name}`)).toEqual(['router: mutation anonymous']);
    expect(pathTo(steps, 'sql delete outbox').filter((step) => !step.includes('gateway.'))).toEqual(orderPath);
    for (const [statement, step] of orderStatements) {
      expect(pathTo(steps, statement).at(-2)).toBe(step);
    }
    await settled(ada, order!.id, 'PAID');
  });

  test('have the messages and participants of the diagram in docs/architecture', async () => {
    const { participants, messages } = readSequenceDiagram(
      readDiagrams().find(({ name }) => name === 'as-built')!.source,
    );
    const shown = messages.filter(({ kind }) => kind === 'step').map(({ from, to, text }) => ({ from, to, text }));

    await placeOrder(system.url);
    const trace = await until('the whole trace', () => wholeTrace(receiver.spans, 'PlaceOrder'));

    const passed = messagesOf(
      treeOf(trace),
      (queue) => workers.find((worker) => worker.queue.name === queue)!.queue.group,
    );
    expect(passed).toEqual(shown);
    expect(new Set(participants)).toEqual(new Set(passed.flatMap(({ from, to }) => [from, to])));
  });

  test('have the steps of the sample in docs/observability.md', async () => {
    const page = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8');
    const shown = stepsIn(/```text\n( +at ms[^`]*)```/.exec(page)![1]!);
    await placeOrder(system.url);
    const trace = await until('the whole trace', () => {
      const trace = wholeTrace(receiver.spans, 'PlaceOrder');
      return trace !== null && trace.length >= shown.length ? trace : null;
    });
    expect(comparable(stepsIn(printTree(treeOf(trace))))).toEqual(comparable(shown));
  });

  test('contain no personal data and no secrets', () => {
    const said = JSON.stringify(receiver.spans);

    for (const secret of [ada.email, ada.password, ada.token, ada.refreshToken]) expect(said).not.toContain(secret);
  });

  test("continue a client's traceparent only if it is well-formed", async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const request = async (traceparent: string) =>
      await fetch(system.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', traceparent },
        body: JSON.stringify({ query: 'query Traced { viewer { id } }' }),
      });
    await request(`00-${traceId}-b7ad6b7169203331-01`);
    await request('00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01');
    await request(`00-${traceId}-0000000000000000-01`);

    const traced = await until('the requests', () => {
      const spans = receiver.spans.filter(({ service, name }) => service === 'router' && name === 'query Traced');
      return spans.length === 3 ? spans : null;
    });
    expect(traced.filter((span) => span.traceId === traceId)).toHaveLength(1);
    expect(traced.find((span) => span.traceId === traceId)!.parentId).toBe('b7ad6b7169203331');
  });
});

/** The gateway's executor puts its own steps above the router's requests: then depths are not compared. */
const comparable = (steps: readonly string[]) =>
  executionSettings['OWN_EXECUTION'] === 'false'
    ? steps.map((step) => step.replaceAll(/ +/g, ' ')).toSorted()
    : steps.toSorted();

describe('metrics', () => {
  test('count money moved, refusals by code, and how long orders wait for their decision', async () => {
    const labels = { kind: 'DEPOSIT', currency: 'USD' };
    const watched: [part: keyof TestSystem['origins'], name: string, labels: Record<string, string>, by: number][] = [
      ['billing', 'wallet_transactions_total', labels, 1],
      ['billing', 'wallet_transaction_minor_units_total', labels, 1_234],
      ['router', 'wallet_refusals_total', { code: 'INVALID_QUANTITY' }, 1],
      ['router', 'wallet_refusals_total', { code: 'other' }, 1],
      ['jobs', 'wallet_order_decision_seconds_count', {}, 1],
    ];
    const read = async () =>
      await Promise.all(watched.map(async ([part, name, labels]) => (await sample(part, name, labels)) ?? 0));
    const before = await read();
    await ada.deposit('12.34');
    const { userErrors } = await ada.placeOrder({ unitPrice: '1.00', quantity: 0 });
    expect(userErrors.map(({ code }) => code)).toEqual(['INVALID_QUANTITY']);
    const input =
      '{ productId: "book", unitPrice: { amount: "1.00", currency: USD }, quantity: 0, idempotencyKey: "renamed" }';
    await ada.request(`mutation { placeOrder(input: ${input}) { userErrors { code: message } } }`);
    const { order } = await ada.placeOrder({ unitPrice: '1.00' });
    await settled(ada, order!.id);

    await until('the decision', async () => (await read()).at(-1)! > before.at(-1)!);
    const after = await read();
    expect(after.map((count, index) => count - before[index]!)).toEqual(watched.map(([, , , by]) => by));
  });

  test('count requests by operation and outcome; operations without a name count as anonymous', async () => {
    const request = async (query: string) => await graphql(system.url, { query });
    const count = async (operation: string, outcome: string) =>
      (await sample('router', 'wallet_requests_total', { operation, outcome })) ?? 0;
    const before = await count('anonymous', 'ok');

    await request('query Named { viewer { id } }');
    await request('{ viewer { id } }');
    await request('query Named { viewer { nothing } }');
    await request(
      'mutation Refused { login(input: { email: "a@example.com", password: "x" }) { userErrors { code } } }',
    );

    await until('the counts', async () => (await count('Refused', 'refused')) === 1);
    expect(await count('Named', 'ok')).toBe(1);
    expect(await count('anonymous', 'ok')).toBeGreaterThan(before);
    expect(await count('anonymous', 'invalid')).toBeGreaterThan(0);
    expect(await sample('router', 'wallet_graphql_errors_total', { code: 'GRAPHQL_VALIDATION_FAILED' })).not.toBeNull();
    expect(await sample('router', 'wallet_subgraph_request_seconds_count', { subgraph: 'user', outcome: 'ok' })).toBe(
      await sample('router', 'wallet_subgraph_request_seconds_bucket', { subgraph: 'user', outcome: 'ok', le: '+Inf' }),
    );
  });

  test('limit the number of operation names', async () => {
    for (let number = 0; number < 120; number += 1) {
      await graphql(system.url, { query: `query Junk${number} { __typename }` });
    }

    await until(
      'the last of them',
      async () => await sample('router', 'wallet_requests_total', { operation: 'other' }),
    );
    // A hundred names, `anonymous` and `other`.
    const names = (await metricsOf(system, 'router')).match(/^wallet_request_seconds_count\{/gm);
    expect(names!.length).toBeLessThanOrEqual(102);
  });

  test('count orders by outcome, and notifications by kind', async () => {
    const { order: paid } = await ada.placeOrder({ unitPrice: '1.00' });
    const { order: rejected } = await ada.placeOrder({ unitPrice: '100000.00' });
    await settled(ada, paid!.id);
    await settled(ada, rejected!.id);
    const reason = 'INSUFFICIENT_FUNDS';
    expect(await sample('jobs', 'wallet_orders_total', { outcome: 'PAID', reason: 'none' })).toBeGreaterThan(0);
    expect(await sample('jobs', 'wallet_orders_total', { outcome: 'REJECTED', reason })).toBe(1);
    expect(await sample('jobs', 'wallet_job_items_count', { queue: 'settle-orders' })).toBeGreaterThan(0);
    for (const kind of ['ORDER_PAID', 'ORDER_REJECTED'])
      await until(kind, async () => ((await sample('jobs', 'wallet_notifications_total', { kind })) ?? 0) > 0);
  });

  test('show a dead-lettered order', async () => {
    await withClient(system.databases.order, async (client) => {
      await client.query(`insert into outbox (kind, key, payload) values ('order-placed', 'malformed', '{}')`);
      await client.query('notify outbox');
      const rows = async () => await sample('jobs', 'wallet_outbox_rows', { outbox: 'order', state: 'set_aside' });
      await until('the dead letter', async () => (await rows()) === 1);
      await client.query(`delete from outbox where key = 'malformed'`);
      expect(await rows()).toBe(0);
    });
  });

  test('omit a value that cannot be measured, and count the fault', async () => {
    await withClient(system.databases.order, async (client) => {
      await client.query('alter table outbox rename to outbox_gone');
      try {
        expect(await sample('jobs', 'wallet_outbox_rows', { outbox: 'order' })).toBeNull();
        expect(await sample('jobs', 'wallet_scrape_faults_total', { source: 'outbox of order' })).toBeGreaterThan(0);
        expect(await sample('jobs', 'wallet_outbox_rows', { outbox: 'user' })).not.toBeNull();
      } finally {
        await client.query('alter table outbox_gone rename to outbox');
      }
    });
  });
});

describe('blocked workers', () => {
  const openJobs = async () => {
    const states = ['waiting', 'active'].map((state) =>
      sample('jobs', 'wallet_queue_jobs', { queue: 'settle-orders', state }),
    );
    return (await Promise.all(states)).reduce<number>((sum, count) => sum + (count ?? 0), 0);
  };
  const isReady = async () => (await fetch(`${system.management.jobs}/health/ready`)).ok;

  test('are not ready, and the metrics show the age of the oldest waiting job', async () => {
    await withClient(system.databases.billing, async (client) => {
      await client.query('begin');
      await client.query('lock table settlements in access exclusive mode');
      // A worker processes two jobs concurrently; the third waits.
      for (let number = 0; number < 3; number += 1) {
        await ada.placeOrder({ unitPrice: '1.00' });
        await until('the job', async () => (await openJobs()) === number + 1);
      }

      await until('the process not to be ready', async () => !(await isReady()));
      const labels = { queue: 'settle-orders', group: 'billing' };
      expect(await sample('jobs', 'wallet_queue_oldest_waiting_seconds', labels)).toBeGreaterThan(1);
      await client.query('commit');
    });

    await until('the process to be ready again', isReady);
  });
});

describe('dashboard and alerts', () => {
  const parts = ['router', ...subgraphNames, 'jobs'] as const;

  test('use only metrics and labels of the running system', async () => {
    const shown = await Promise.all(parts.map(async (part) => readMetrics(await metricsOf(system, part))));
    expect(unknownNames(shown)).toEqual([]);
  });

  test('use every metric of the system', async () => {
    const shown = await Promise.all(parts.map(async (part) => await metricsOf(system, part)));
    const own = new Set(
      shown.flatMap((text) => [...text.matchAll(/^# TYPE (wallet_\w+) \w+$/gm)].map(([, name]) => name!)),
    );

    expect([...own].filter((name) => !usedMetrics.some((metric) => metric.startsWith(name)))).toEqual([]);
  });
});
