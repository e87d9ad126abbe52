import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';

const times = 2;

export const queueLost: Row = {
  name: 'queue-lost',
  promise: 'The queue is expendable',
  how: ({ orders, queue }) =>
    `${orders} orders, while ${queue === 'redis' ? 'Redis is killed and started empty' : 'all tables of the jobs are emptied'} ${times} times with jobs waiting`,
  run: async (stage) => {
    const load = await newLoad(stage, 8, '5000.00');
    let flushed = 0;
    for (let time = 0; time < times; time += 1) {
      // Without workers, the jobs of these orders stay in the queue and are lost with it.
      for (const worker of stage.workers) await worker.crash();
      await act(stage, load, { count: Math.ceil(stage.orders / 4), clients: 8, transferEvery: 0 });
      await stage.queueServer.flush();
      flushed += 1;
      await Promise.all(stage.workers.map(async (worker) => await worker.start()));
      await act(stage, load, { count: Math.ceil(stage.orders / 4), clients: 8, transferEvery: 0 });
    }
    const { findings, settledInS } = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    return verdict(
      { findings: findings.length, ...orderFaults, faults: load.faults },
      [`emptied ${flushed} times`, `${load.acknowledged.size} orders`, `settled after ${settledInS.toFixed(0)} s`],
      flushed === times,
    );
  },
};
