import { setTimeout as delay } from 'node:timers/promises';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad, quantile } from '../load.ts';
import { type Proxy, startProxy } from '../../../test/proxy.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

const faultMs = 4_000;
const maxLatencyMs = 500;
const healsWithinS = 60;

/** Each function injects a fault and returns the function that ends it. A fault lasts `faultMs`. */
const faults: Readonly<Record<string, (proxy: Proxy) => () => void>> = {
  'delays of 100 ms': (proxy) => {
    proxy.delay(100);
    return () => proxy.delay(0);
  },
  'a black hole': (proxy) => {
    proxy.openBlackHole();
    return proxy.closeBlackHole;
  },
  'connections reset': (proxy) => {
    proxy.reset();
    return () => undefined;
  },
  'connections half-closed': (proxy) => {
    proxy.halfClose();
    return () => undefined;
  },
  'connections dropped silently': (proxy) => {
    proxy.dropSilently();
    return () => undefined;
  },
};

export const databaseCut = brokenNetwork({
  name: 'database-cut',
  promise: 'An unreachable database loses nothing',
  between: 'the databases and order, relay and workers',
  victims: ['order', 'relay', 'worker1', 'worker2'],
  settingsOf: (stage, port) => stage.reroute(subgraphNames, port),
  targetOf: (stage) => stage.ports.postgres,
  clientsUnaffected: false,
});

export const queueCut = brokenNetwork({
  name: 'queue-cut',
  promise: 'An unreachable queue does not stop the API',
  between: 'the queue server and router, relay and workers',
  victims: ['router', 'relay', 'worker1', 'worker2'],
  settingsOf: (stage, port) => stage.reroute(['queue'], port),
  targetOf: (stage) => stage.ports.queue,
  clientsUnaffected: true,
});

interface BrokenNetwork extends Pick<Row, 'name' | 'promise'> {
  readonly between: string;
  readonly victims: readonly ('order' | 'relay' | 'worker1' | 'worker2' | 'router')[];
  readonly settingsOf: (stage: Stage, port: number) => NodeJS.ProcessEnv;
  readonly targetOf: (stage: Stage) => number;
  /** Whether every request must succeed in time. */
  readonly clientsUnaffected: boolean;
}

function brokenNetwork({
  name,
  promise,
  between,
  victims,
  settingsOf,
  targetOf,
  clientsUnaffected,
}: BrokenNetwork): Row {
  return {
    name,
    promise,
    how: () => `between ${between}, under load: ${Object.keys(faults).join(', ')}, for ${faultMs / 1_000} s each`,
    run: async (stage) => {
      const load = await newLoad(stage, 8, '5000.00');
      await audit(stage);
      const proxy = await startProxy(targetOf(stage));
      const parts = victims.map((victim) => stage.parts[victim]);
      try {
        await Promise.all(parts.map(async (part) => await part.restart(settingsOf(stage, proxy.port))));
        const over = new AbortController();
        const breaking = injectEach(stage, proxy).finally(() => over.abort());
        while (!over.signal.aborted) await act(stage, load, { count: 20, clients: 4, transferEvery: 0, restMs: 50 });
        await breaking;
        const { findings, settledInS } = await audit(stage);
        const orderFaults = await orderFaultsOf(
          stage,
          load.customers.map(({ id }) => id),
          load.acknowledged,
        );
        const p99Ms = quantile(load.latenciesMs, 0.99);
        return verdict(
          { findings: findings.length, ...orderFaults, ...(clientsUnaffected ? { faults: load.faults } : {}) },
          [
            `${load.acknowledged.size} orders`,
            ...(clientsUnaffected ? [] : [`${load.faults} requests repeated`]),
            `placeOrder p99 ${p99Ms.toFixed(0)} ms`,
            `settled after ${settledInS.toFixed(0)} s`,
          ],
          settledInS <= healsWithinS && (!clientsUnaffected || p99Ms < maxLatencyMs),
        );
      } finally {
        await Promise.all(parts.map(async (part) => await part.restart()));
        await proxy.stop();
      }
    },
  };
}

async function injectEach(stage: Stage, proxy: Proxy): Promise<void> {
  for (const [fault, begin] of Object.entries(faults)) {
    stage.log(fault);
    const end = begin(proxy);
    await delay(faultMs);
    end();
    await delay(faultMs / 4);
  }
}
