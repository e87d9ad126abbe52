import { audit, fatesOf } from '../audit.ts';
import { act, type Load, newLoad, quantile } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

const poisonEvery = 100;
const mostGrowth = 1.2;

export const poison: Row = {
  name: 'poison',
  promise: 'Poison stays alone',
  how: ({ orders }) =>
    `${orders} orders, of which one in ${poisonEvery} throws whenever a worker touches it; as many without for comparison`,
  run: async (stage) => {
    const without = await newLoad(stage, 8, '9000.00');
    const acts = { count: stage.orders, clients: 4, transferEvery: 0 };
    await act(stage, without, acts);
    await audit(stage);
    const fault = {
      point: 'job: before work',
      action: 'throw',
      about: ['"queue":"settle-orders"', '"productId":"poison"'],
    };
    for (const worker of stage.workers) await worker.restart({ FAULT_POINT: JSON.stringify(fault) });
    const load = await newLoad(stage, 8, '9000.00');
    await act(stage, load, { ...acts, productOf: (place) => (place % poisonEvery === 0 ? 'poison' : 'book') });
    const { findings } = await audit(stage);
    for (const worker of stage.workers) await worker.restart();
    const poisoned = await rejected(
      stage,
      load.customers.map(({ id }) => id),
    );
    const [before, after] = [await settledP99Ms(stage, without), await settledP99Ms(stage, load)];
    const fates = await fatesOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    return verdict(
      { findings: findings.length, ...fates },
      [
        `${poisoned} set aside with a reason`,
        `others' p99 ${before.toFixed(0)} ms, with poison ${after.toFixed(0)} ms`,
      ],
      poisoned === Math.ceil(stage.orders / poisonEvery) && after < before * mostGrowth,
    );
  },
};

/** How many orders were given up, each with its reason. */
async function rejected(stage: Stage, customers: readonly string[]): Promise<number> {
  const [count] = await stage.ask<{ rows: number }>(
    'order',
    `select count(*)::int as rows from orders where customer_id = any($1) and rejection_reason = 'NOT_PROCESSED'`,
    [customers],
  );
  return count!.rows;
}

/** How long it took from placing an order to its notification, of those that nothing was wrong with. */
async function settledP99Ms(stage: Stage, { customers }: Load): Promise<number> {
  const ids = customers.map(({ id }) => id);
  const placed = await stage.ask<{ id: string; at: Date }>(
    'order',
    `select id, placed_at as at from orders where customer_id = any($1) and product_id = 'book'`,
    [ids],
  );
  const told = await stage.ask<{ id: string; at: Date }>(
    'notification',
    'select order_id as id, created_at as at from notifications where customer_id = any($1) and order_id is not null',
    [ids],
  );
  const toldAt = new Map(told.map(({ id, at }) => [id, at.getTime()]));
  return quantile(
    placed.map(({ id, at }) => toldAt.get(id)! - at.getTime()),
    0.99,
  );
}
