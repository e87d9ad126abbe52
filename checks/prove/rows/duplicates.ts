import { audit, fatesOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import { waitFor } from '../wait.ts';

const deliveries = 3;
/** More take longer to hand over than the relay goes on adding to a queue that nobody works on. */
const maxOrders = 500;

export const duplicates: Row = {
  name: 'duplicates',
  promise: 'Duplicates are harmless',
  how: ({ orders }) =>
    `${ordersOf({ orders })} orders, each handed over ${deliveries} times in another order, to workers that then start`,
  run: async (stage) => {
    const load = await newLoad(stage, 8, '5000.00');
    await audit(stage);
    for (const worker of stage.workers) await worker.crash();
    await act(stage, load, { count: ordersOf(stage), clients: 8, transferEvery: 0 });
    for (let delivery = 1; delivery <= deliveries; delivery += 1) {
      await waitFor(`delivery ${delivery}`, async () => (await handedOver(stage, delivery)) === 0, 60_000);
      // Due again now, in another order.
      if (delivery < deliveries)
        await stage.ask('order', `update outbox set next_attempt_at = now() - random() * interval '1 second'`);
      if (delivery < deliveries) await stage.ask('order', `select pg_notify('outbox', '')`);
    }
    await Promise.all(stage.workers.map(async (worker) => await worker.start()));
    const { findings, settledInS } = await audit(stage);
    const fates = await fatesOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    return verdict({ findings: findings.length, ...fates }, [
      `${load.acknowledged.size} orders ${deliveries} times`,
      `settled ${settledInS.toFixed(0)} s after`,
    ]);
  },
};

const ordersOf = ({ orders }: { readonly orders: number }) => Math.min(maxOrders, Math.ceil(orders / 4));

/** How many rows were not handed over so often yet. */
async function handedOver(stage: Parameters<Row['run']>[0], times: number): Promise<number> {
  const [count] = await stage.ask<{ rows: number }>(
    'order',
    'select count(*)::int as rows from outbox where attempts < $1',
    [times],
  );
  return count!.rows;
}
