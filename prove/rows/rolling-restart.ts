import { freePorts } from '../../test/free-ports.ts';
import { type Customer, registerCustomer } from '../../test/customer.ts';
import { audit, fatesOf } from '../audit.ts';
import { startFront } from '../front.ts';
import type { KeptProcess } from '../processes.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

const subgraphs = ['user', 'billing', 'order', 'notification'] as const;
const clients = 4;

export const rollingRestart: Row = {
  name: 'rolling-restart',
  promise: 'A rolling restart is invisible',
  how: () =>
    `SIGTERM to each of two replicas of router and subgraphs and each of two workers in turn, under ${clients} clients; a front retries connects only`,
  run: async (stage) => {
    const replaced = [stage.parts.router, ...subgraphs.map((name) => stage.parts[name])];
    for (const part of replaced) await part.stop();
    const raised = new AsyncDisposableStack();
    const tally = { requests: 0, failed: 0, acknowledged: new Set<string>(), customers: [] as string[] };
    let badExits = 0;
    try {
      const { url, replicas } = await raiseReplicas(stage, raised);
      const customers = await Promise.all(Array.from({ length: clients }, () => registerCustomer(url)));
      tally.customers.push(...customers.map(({ id }) => id));
      const rolling = new AbortController();
      const load = Promise.all(
        customers.map(async (customer) => await keepAsking(stage, customer, tally, rolling.signal)),
      );
      for (const replica of [...replicas, ...stage.workers]) {
        if ((await replica.stop()) !== 0) badExits += 1;
        await replica.start();
      }
      rolling.abort();
      await load;
    } finally {
      await raised.disposeAsync();
      await Promise.all(replaced.map(async (part) => await part.start()));
    }
    const { findings } = await audit(stage);
    const fates = await fatesOf(stage, tally.customers, tally.acknowledged);
    return verdict({ failed: tally.failed, findings: findings.length, ...fates, 'exits other than 0': badExits }, [
      `${tally.requests} requests`,
      `${tally.acknowledged.size} orders`,
    ]);
  },
};

/** Two of each, which reach each other through fronts only. */
async function raiseReplicas(stage: Stage, raised: AsyncDisposableStack) {
  const ports = (await freePorts(3 * (subgraphs.length + 1))).values();
  const port = () => ports.next().value!;
  const fronts = { user: port(), billing: port(), order: port(), notification: port(), router: port() };
  const settings = {
    JWKS_URL: `http://127.0.0.1:${fronts.user}/.well-known/jwks.json`,
    ...Object.fromEntries(
      subgraphs.map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${fronts[name]}/graphql`]),
    ),
  };
  const replicas: KeptProcess[] = [];
  for (const name of [...subgraphs, 'router'] as const) {
    const two = [stage.replica(name, port(), settings), stage.replica(name, port(), settings)];
    for (const one of two) raised.defer(async () => void (await one.stop()));
    const front = await startFront(
      fronts[name],
      two.map(({ origin }) => origin),
    );
    raised.defer(front.stop);
    await Promise.all(two.map(async (one) => await one.start()));
    replicas.push(...two);
  }
  return { url: `http://127.0.0.1:${fronts.router}/graphql`, replicas };
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
