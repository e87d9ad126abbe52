import { audit } from '../audit.ts';
import { newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';

export const ghostJobs: Row = {
  name: 'ghost-jobs',
  promise: 'No ghost jobs',
  how: ({ orders }) => `${Math.ceil(orders / 2)} orders whose transactions are rolled back just before the commit`,
  run: async (stage) => {
    const load = await newLoad(stage, 4, '50.00');
    await audit(stage);
    const { order, worker1, worker2 } = stage.parts;
    // Without workers, any job stays in the queue and is counted.
    for (const worker of [worker1, worker2]) await worker.crash();
    const fault = { point: 'before commit', about: ['insert into orders'], action: 'throw' };
    await order.restart({ FAULT_POINT: JSON.stringify(fault) });
    const wanted = Math.ceil(stage.orders / 2);
    // The queue still contains the failed jobs of earlier rows.
    const jobsBefore = await stage.queueServer.jobs('settle-orders');
    let failed = 0;
    const customers = load.customers.map(async (customer) => {
      for (let remaining = wanted / load.customers.length; remaining > 0; remaining -= 1) {
        await customer.placeOrder({ unitPrice: '1.00' }).catch(() => (failed += 1));
      }
    });
    await Promise.all(customers);
    await order.restart();
    const [jobs, rows] = [(await stage.queueServer.jobs('settle-orders')) - jobsBefore, await outboxRows(stage)];
    for (const worker of [worker1, worker2]) await worker.start();
    const { findings } = await audit(stage);
    return verdict(
      { findings: findings.length, jobs, 'rows in the outbox': rows },
      [`${failed} rolled back`],
      failed >= wanted,
    );
  },
};

async function outboxRows(stage: Parameters<Row['run']>[0]): Promise<number> {
  const [count] = await stage.query<{ rows: number }>('order', 'select count(*)::int as rows from outbox');
  return count!.rows;
}
