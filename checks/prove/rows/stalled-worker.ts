import { audit, orderFaultsOf } from '../audit.ts';
import { newLoad, placeOrder } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import { waitFor } from '../wait.ts';

const points = ['job: before work', 'job: after work'] as const;

export const stalledWorker: Row = {
  name: 'stalled-worker',
  promise: 'A stalled worker is fenced',
  how: () =>
    'SIGSTOP of a worker before and after it settles an order, until its lock expires and another worker does the job; then SIGCONT',
  run: async (stage) => {
    const load = await newLoad(stage, 1, '50.00');
    const [first, second] = stage.workers;
    let stalls = 0;
    for (const point of points) {
      await audit(stage);
      await second.crash();
      await first.restart({
        FAULT_POINT: JSON.stringify({ point, action: 'stop', about: ['"queue":"settle-orders"'] }),
      });
      const id = await placeOrder(load, load.customers[0]!, '10.00');
      await waitFor('the worker to be suspended', () => first.isStopped(), 30_000);
      await second.start();
      await waitFor(
        'another worker to settle the order',
        async () => (await load.customers[0]!.order(id))?.status === 'PAID',
        60_000,
      );
      first.signal('SIGCONT');
      stalls += 1;
      await first.ready();
    }
    const { findings } = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    const balance = await load.customers[0]!.balance();
    for (const worker of stage.workers) await worker.restart();
    return verdict(
      { findings: findings.length, ...orderFaults },
      [`${stalls} stalls`, `${balance} left of 150.00`],
      balance === '130.00',
    );
  },
};
