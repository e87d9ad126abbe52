import { freePorts } from '../../../test/free-ports.ts';
import { type Customer, registerCustomer } from '../../../test/customer.ts';
import { audit, fatesOf } from '../audit.ts';
import { startBalancer } from '../balancer.ts';
import type { KeptProcess } from '../processes.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';
import { insist } from '../wait.ts';

const subgraphs = ['user', 'billing', 'order', 'notification'] as const;
const clients = 12;
/** As in k8s/base. */
const drainS = 5;

export const rollingRestart: Row = {
  name: 'rolling-restart',
  promise: 'A rolling restart is invisible',
  how: ({ orders }) =>
    `SIGTERM to one of two replicas of everything, and to the other once it is back, over and over under ${orders} requests of ${clients} clients; nothing is tried twice`,
  run: async (stage) => {
    const replaced = [...subgraphs, 'router' as const, 'relay' as const].map((name) => stage.parts[name]);
    await Promise.all(replaced.map(async (part) => await part.stop()));
    const takenAgain = stage.logged('a job is taken again');
    const raised = new AsyncDisposableStack();
    const tally = { requests: 0, failed: 0, acknowledged: new Set<string>(), customers: [] as string[] };
    let [restarts, badExits] = [0, 0];
    try {
      const { url, pairs } = await raiseReplicas(stage, raised);
      const customers = await Promise.all(
        Array.from({ length: clients }, async () => await insist(() => registerCustomer(url))),
      );
      tally.customers.push(...customers.map(({ id }) => id));
      const rolling = new AbortController();
      const load = Promise.all(
        customers.map(async (customer) => await keepAsking(stage, customer, tally, rolling.signal)),
      );
      try {
        for (let turn = 0; turn < 2 || tally.requests < stage.orders; turn += 1) {
          const going = [...pairs, stage.workers].map((pair) => pair[turn % 2]!);
          const exits = await Promise.all(going.map(async (one) => await one.stop()));
          await Promise.all(going.map(async (one) => await one.start()));
          restarts += going.length;
          stage.say(`${restarts} restarts, ${tally.requests} requests, ${tally.failed} failed`);
          badExits += exits.filter((code) => code !== 0).length;
        }
      } finally {
        rolling.abort();
      }
      await load;
    } finally {
      await raised.disposeAsync();
      await Promise.all(replaced.map(async (part) => await part.start()));
    }
    const { findings } = await audit(stage);
    const fates = await fatesOf(stage, tally.customers, tally.acknowledged);
    return verdict(
      {
        failed: tally.failed,
        'jobs taken again': stage.logged('a job is taken again') - takenAgain,
        'exits other than 0': badExits,
        findings: findings.length,
        ...fates,
      },
      [`${tally.requests} requests`, `${tally.acknowledged.size} orders`, `${restarts} restarts`],
    );
  },
};

/** Two of each, which reach each other through balancers only. */
async function raiseReplicas(stage: Stage, raised: AsyncDisposableStack) {
  const ports = (await freePorts(5 * (subgraphs.length + 2))).values();
  const port = () => ports.next().value!;
  const balanced = { user: port(), billing: port(), order: port(), notification: port(), router: port() };
  const settings = {
    JWKS_URL: `http://127.0.0.1:${balanced.user}/.well-known/jwks.json`,
    DRAIN_S: String(drainS),
    ...Object.fromEntries(
      subgraphs.map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${balanced[name]}/graphql`]),
    ),
  };
  const pairs: (readonly [KeptProcess, KeptProcess])[] = [];
  for (const name of [...subgraphs, 'router', 'relay'] as const) {
    const replica = () => stage.replica(name, [port(), port()], settings);
    const pair = [replica(), replica()] as const;
    for (const one of pair) raised.defer(async () => void (await one.stop()));
    await Promise.all(pair.map(async (one) => await one.start()));
    pairs.push(pair);
    if (name !== 'relay') raised.defer((await startBalancer(balanced[name], pair)).stop);
  }
  return { url: `http://127.0.0.1:${balanced.router}/graphql`, pairs };
}

interface Tally {
  requests: number;
  failed: number;
  readonly acknowledged: Set<string>;
}

/** Reads from all four subgraphs and places orders in turn; nothing is tried twice. */
async function keepAsking(stage: Stage, customer: Customer, tally: Tally, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    tally.requests += 1;
    try {
      if (tally.requests % 2 === 0)
        await customer.ask('{ viewer { email accounts { id } orders { totalCount } notifications { totalCount } } }');
      else tally.acknowledged.add((await customer.placeOrder({ unitPrice: '0.01' })).order!.id);
    } catch (error) {
      tally.failed += 1;
      stage.say(`failed: ${String(error)}`);
    }
  }
}
