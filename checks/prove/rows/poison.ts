import { audit, orderFaultsOf, waitUntilSettled } from '../audit.ts';
import { act, type Load, newLoad, quantile } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

const poisonEvery = 100;
const ordersOfBlock = 100;
/** A light load, so that the latency depends on the failing items and not on the load. */
const pace = { clients: 8, restMs: 200 };
/** A p99 of fewer orders is not meaningful. */
const minOrders = 2_000;
const maxGrowth = 1.2;
/** Marks the failing orders: no other order has this price, and the balance covers it. */
const poisonPrice = '66.60';

export const poison: Row = {
  name: 'poison',
  promise: 'Failed items are isolated',
  how: (stage) =>
    `${blocksOf(stage) * ordersOfBlock} orders, of which PostgreSQL refuses to settle one in ${poisonEvery}, and as many without failing items, in alternating blocks of ${ordersOfBlock}`,
  run: async (stage) => {
    const [healthy, poisoned] = [await newLoad(stage, 8, '9000.00'), await newLoad(stage, 8, '9000.00')];
    await audit(stage);
    await stage.query('billing', refusal);
    try {
      for (let block = 0; block < blocksOf(stage); block += 1) {
        await index(stage, healthy, () => '0.50');
        await index(stage, poisoned, (order) => (order % poisonEvery === 50 ? poisonPrice : '0.50'));
      }
    } finally {
      await stage.query('billing', 'drop function refuse_poison cascade');
    }
    const listed = (await stage.deadLetters()).split('poison cannot be settled').length - 1;
    await stage.deadLetters('replay');
    const { findings } = await audit(stage);
    const wanted = (blocksOf(stage) * ordersOfBlock) / poisonEvery;
    const deadLetter = await rejected(stage, poisoned);
    const [withoutPoison, withPoison] = [await settledMs(stage, healthy), await settledMs(stage, poisoned)];
    const [before, after] = [quantile(withoutPoison, 0.99), quantile(withPoison, 0.99)];
    const orderFaults = await Promise.all(
      [healthy, poisoned].map(async (load) => await orderFaultsOf(stage, customersOf(load), load.acknowledged)),
    );
    const sum = (kind: 'lost' | 'double' | 'unnotified') => orderFaults.reduce((total, one) => total + one[kind], 0);
    return verdict(
      { findings: findings.length, lost: sum('lost'), double: sum('double'), unnotified: sum('unnotified') },
      [
        `${deadLetter} of ${wanted} dead-lettered, ${listed} listed with the reason`,
        `from order to message without failing items p50 ${quantile(withoutPoison, 0.5).toFixed(0)} p99 ${before.toFixed(0)} ms`,
        `the others with failing items p50 ${quantile(withPoison, 0.5).toFixed(0)} p99 ${after.toFixed(0)} ms`,
      ],
      deadLetter === wanted && listed === wanted && after < before * maxGrowth,
    );
  },
};

/** Makes PostgreSQL refuse these payments, like a violated constraint: no retry can succeed. */
const refusal = `
  create function refuse_poison() returns trigger language plpgsql as $$
    begin raise exception 'poison cannot be settled'; end $$;
  create trigger refuse_poison before insert on transactions for each row
    when (new.kind = 'ORDER_PAYMENT' and new.amount_minor = 6660) execute function refuse_poison();`;

function blocksOf({ orders }: Pick<Stage, 'orders'>): number {
  return Math.ceil(Math.max(orders, minOrders) / ordersOfBlock);
}

const customersOf = ({ customers }: Load) => customers.map(({ id }) => id);

/** Places one block of orders and waits until all of them are settled. */
async function index(stage: Stage, load: Load, priceOf: (order: number) => string): Promise<void> {
  await act(stage, load, { count: ordersOfBlock, ...pace, transferEvery: 0, priceOf });
  await waitUntilSettled(stage);
}

/** @returns the number of orders rejected as NOT_PROCESSED. */
async function rejected(stage: Stage, load: Load): Promise<number> {
  const [count] = await stage.query<{ rows: number }>(
    'order',
    `select count(*)::int as rows from orders where customer_id = any($1) and rejection_reason = 'NOT_PROCESSED'`,
    [customersOf(load)],
  );
  return count!.rows;
}

/** @returns the time from each paid order to its notification. */
async function settledMs(stage: Stage, load: Load): Promise<number[]> {
  const placed = await stage.query<{ id: string; at: Date }>(
    'order',
    `select id, placed_at as at from orders where customer_id = any($1) and status = 'PAID'`,
    [customersOf(load)],
  );
  const notified = await stage.query<{ id: string; at: Date }>(
    'notification',
    'select order_id as id, created_at as at from notifications where customer_id = any($1) and order_id is not null',
    [customersOf(load)],
  );
  const notifiedAt = new Map(notified.map(({ id, at }) => [id, at.getTime()]));
  return placed.map(({ id, at }) => notifiedAt.get(id)! - at.getTime());
}
