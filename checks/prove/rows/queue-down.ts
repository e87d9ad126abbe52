import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad, quantile } from '../load.ts';
import { type Row, verdict } from '../row.ts';

const maxLatencyMs = 500;

export const queueDown: Row = {
  name: 'queue-down',
  promise: 'The API works while Redis is down',
  how: ({ orders, queue }) =>
    `${Math.ceil(orders / 4)} orders while ${queue === 'redis' ? 'Redis is down' : 'the jobs database is closed'} since before router, order, relay and workers started; as many more while it goes down`,
  run: async (stage) => {
    const load = await newLoad(stage, 4, '5000.00');
    await audit(stage);
    await stage.queueServer.down();
    const { order, router, relay, worker1, worker2 } = stage.parts;
    for (const part of [relay, worker1, worker2]) part.signal('SIGKILL');
    await order.restart();
    await router.restart();
    const acts = { count: Math.ceil(stage.orders / 4), clients: 4, transferEvery: 0 };
    await act(stage, load, acts);
    await stage.queueServer.up();
    const first = await audit(stage);
    const half = Math.ceil(acts.count / 2);
    await act(stage, load, { ...acts, done: async (done) => void (done === half && (await stage.queueServer.down())) });
    await stage.queueServer.up();
    const second = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    const p99Ms = quantile(load.latenciesMs, 0.99);
    return verdict(
      { findings: first.findings.length + second.findings.length, ...orderFaults, faults: load.faults },
      [
        `placeOrder p99 ${p99Ms.toFixed(0)} ms`,
        `settled ${first.settledInS.toFixed(0)} and ${second.settledInS.toFixed(0)} s after it was up again`,
      ],
      p99Ms < maxLatencyMs,
    );
  },
};
