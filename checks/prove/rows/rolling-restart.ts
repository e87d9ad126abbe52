import { settingName } from '#platform/process/setting-names.ts';
import { subgraphNames, tokenIssuer } from '#subgraphs/manifest.ts';
import { freePorts } from '../../../test/free-ports.ts';
import { type Customer, registerCustomer } from '../../../test/customer.ts';
import { audit, orderFaultsOf } from '../audit.ts';
import { startBalancer } from '../balancer.ts';
import type { SupervisedProcess } from '../processes.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';
import { retry } from '../wait.ts';

const clients = 12;
/** The same value as in k8s/base. */
const drainS = 5;

export const rollingRestart: Row = {
  name: 'rolling-restart',
  promise: 'A rolling restart is invisible',
  how: ({ orders }) =>
    `SIGTERM to one of two replicas of each process, and to the other when it is back, repeated during ${orders} requests of ${clients} clients without retries`,
  run: async (stage) => {
    const replaced = [...subgraphNames, 'router' as const, 'relay' as const].map((name) => stage.parts[name]);
    await Promise.all(replaced.map(async (part) => await part.stop()));
    const redelivered = stage.countLogLines('a job was redelivered');
    const started = new AsyncDisposableStack();
    const tally = { requests: 0, failed: 0, acknowledged: new Set<string>(), customers: [] as string[] };
    let [restarts, badExits] = [0, 0];
    try {
      const { url, pairs } = await startReplicas(stage, started);
      const customers = await Promise.all(
        Array.from({ length: clients }, async () => await retry(() => registerCustomer(url))),
      );
      tally.customers.push(...customers.map(({ id }) => id));
      const rolling = new AbortController();
      const load = Promise.all(
        customers.map(async (customer) => await sendRequests(stage, customer, tally, rolling.signal)),
      );
      try {
        for (let turn = 0; turn < 2 || tally.requests < stage.orders; turn += 1) {
          const stopping = [...pairs, stage.workers].map((pair) => pair[turn % 2]!);
          const exits = await Promise.all(stopping.map(async (one) => await one.stop()));
          await Promise.all(stopping.map(async (one) => await one.start()));
          restarts += stopping.length;
          stage.log(`${restarts} restarts, ${tally.requests} requests, ${tally.failed} failed`);
          badExits += exits.filter((code) => code !== 0).length;
        }
      } finally {
        rolling.abort();
      }
      await load;
    } finally {
      await started.disposeAsync();
      await Promise.all(replaced.map(async (part) => await part.start()));
    }
    const { findings } = await audit(stage);
    const orderFaults = await orderFaultsOf(stage, tally.customers, tally.acknowledged);
    return verdict(
      {
        failed: tally.failed,
        'jobs redelivered': stage.countLogLines('a job was redelivered') - redelivered,
        'exits other than 0': badExits,
        findings: findings.length,
        ...orderFaults,
      },
      [`${tally.requests} requests`, `${tally.acknowledged.size} orders`, `${restarts} restarts`],
    );
  },
};

/** Starts two replicas of each process, which reach each other only through balancers. */
async function startReplicas(stage: Stage, started: AsyncDisposableStack) {
  const ports = (await freePorts(5 * (subgraphNames.length + 2))).values();
  const port = () => ports.next().value!;
  const names = [...subgraphNames, 'router'] as const;
  const balanced = Object.fromEntries(names.map((name) => [name, port()])) as Record<(typeof names)[number], number>;
  const settings = {
    JWKS_URL: `http://127.0.0.1:${balanced[tokenIssuer]}/.well-known/jwks.json`,
    DRAIN_S: String(drainS),
    ...Object.fromEntries(
      subgraphNames.map((name) => [settingName(name, 'URL'), `http://127.0.0.1:${balanced[name]}/graphql`]),
    ),
  };
  const pairs: (readonly [SupervisedProcess, SupervisedProcess])[] = [];
  for (const name of [...subgraphNames, 'router', 'relay'] as const) {
    const replica = () => stage.replica(name, [port(), port()], settings);
    const pair = [replica(), replica()] as const;
    for (const one of pair) started.defer(async () => void (await one.stop()));
    await Promise.all(pair.map(async (one) => await one.start()));
    pairs.push(pair);
    if (name !== 'relay') started.defer((await startBalancer(balanced[name], pair)).stop);
  }
  return { url: `http://127.0.0.1:${balanced.router}/graphql`, pairs };
}

interface Tally {
  requests: number;
  failed: number;
  readonly acknowledged: Set<string>;
}

/** Alternates queries of all four subgraphs and orders, without retries, until the signal aborts. */
async function sendRequests(stage: Stage, customer: Customer, tally: Tally, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    tally.requests += 1;
    try {
      if (tally.requests % 2 === 0)
        await customer.request(
          '{ viewer { email accounts { id } orders { totalCount } notifications { totalCount } } }',
        );
      else tally.acknowledged.add((await customer.placeOrder({ unitPrice: '0.01' })).order!.id);
    } catch (error) {
      tally.failed += 1;
      stage.log(`failed: ${String(error)}`);
    }
  }
}
