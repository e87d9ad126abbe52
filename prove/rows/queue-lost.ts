import { audit, fatesOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';

export const queueLost: Row = {
  name: 'queue-lost',
  promise: 'The queue is expendable',
  how: ({ orders, queue }) =>
    `${orders} orders, meanwhile ${queue === 'redis' ? 'Redis is killed and started empty' : 'all tables of the jobs are emptied'} twice`,
  run: async (stage) => {
    const load = await newLoad(stage, 8, '5000.00');
    const at = new Set([Math.ceil(stage.orders / 3), Math.ceil((stage.orders * 2) / 3)]);
    let flushed = 0;
    await act(stage, load, {
      count: stage.orders,
      clients: 8,
      transferEvery: 0,
      done: async (acts) => {
        if (!at.has(acts)) return;
        await stage.queueServer.flush();
        flushed += 1;
      },
    });
    const { findings, settledInS } = await audit(stage);
    const fates = await fatesOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    return verdict(
      { findings: findings.length, ...fates, faults: load.faults },
      [`emptied ${flushed} times`, `${load.acknowledged.size} orders`, `settled ${settledInS.toFixed(0)} s after`],
      flushed === at.size,
    );
  },
};
