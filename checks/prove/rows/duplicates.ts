import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import { waitFor } from '../wait.ts';

const deliveries = 3;
/** The relay stops dispatching to a queue without workers after a while; it can dispatch this many orders before. */
const maxOrders = 500;

export const duplicates: Row = {
  name: 'duplicates',
  promise: 'Duplicates are harmless',
  how: ({ orders }) =>
    `${ordersOf({ orders })} orders, each dispatched ${deliveries} times in different sequences before the workers start`,
  run: async (stage) => {
    const load = await newLoad(stage, 8, '5000.00');
    await audit(stage);
    for (const worker of stage.workers) await worker.crash();
    await act(stage, load, { count: ordersOf(stage), clients: 8, transferEvery: 0 });
    for (let delivery = 1; delivery <= deliveries; delivery += 1) {
      await waitFor(`delivery ${delivery}`, async () => (await rowsBelowAttempts(stage, delivery)) === 0, 60_000);
      // Make all rows due again, in a different sequence.
      if (delivery < deliveries)
        await stage.query('order', `update outbox set next_attempt_at = now() - random() * interval '1 second'`);
      if (delivery < deliveries) await stage.query('order', `select pg_notify('outbox', '')`);
    }
    await Promise.all(stage.workers.map(async (worker) => await worker.start()));
    const { findings, settledInS } = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    return verdict({ findings: findings.length, ...orderFaults }, [
      `${load.acknowledged.size} orders ${deliveries} times`,
      `settled after ${settledInS.toFixed(0)} s`,
    ]);
  },
};

const ordersOf = ({ orders }: { readonly orders: number }) => Math.min(maxOrders, Math.ceil(orders / 4));

/** @returns the number of rows that were dispatched fewer times. */
async function rowsBelowAttempts(stage: Parameters<Row['run']>[0], times: number): Promise<number> {
  const [count] = await stage.query<{ rows: number }>(
    'order',
    'select count(*)::int as rows from outbox where attempts < $1',
    [times],
  );
  return count!.rows;
}
