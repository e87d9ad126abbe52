import { audit, fatesOf, settled } from '../audit.ts';
import { act, type Load, newLoad, quantile } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

const poisonEvery = 100;
const ordersOfBlock = 100;
/** A load that the system bears with ease, so that what is measured is the poison and not the load. */
const pace = { clients: 8, restMs: 200 };
/** A p99 of fewer orders says little. */
const minOrders = 2_000;
const maxGrowth = 1.2;
/** Beyond what the others cost; that it can be paid for is not what is wrong with it. */
const poisonPrice = '66.60';

export const poison: Row = {
  name: 'poison',
  promise: 'Poison stays alone',
  how: (stage) =>
    `${blocksOf(stage) * ordersOfBlock} orders, of which PostgreSQL refuses to have one in ${poisonEvery} settled, and as many without, ${ordersOfBlock} of these and of those in turn`,
  run: async (stage) => {
    const [pure, poisoned] = [await newLoad(stage, 8, '9000.00'), await newLoad(stage, 8, '9000.00')];
    await audit(stage);
    await stage.ask('billing', refusal);
    try {
      for (let block = 0; block < blocksOf(stage); block += 1) {
        await place(stage, pure, () => '0.50');
        await place(stage, poisoned, (order) => (order % poisonEvery === 50 ? poisonPrice : '0.50'));
      }
    } finally {
      await stage.ask('billing', 'drop function refuse_poison cascade');
    }
    const listed = (await stage.deadLetters()).split('poison cannot be settled').length - 1;
    await stage.deadLetters('replay');
    const { findings } = await audit(stage);
    const wanted = (blocksOf(stage) * ordersOfBlock) / poisonEvery;
    const deadLetter = await rejected(stage, poisoned);
    const [alone, beside] = [await settledMs(stage, pure), await settledMs(stage, poisoned)];
    const [before, after] = [quantile(alone, 0.99), quantile(beside, 0.99)];
    const fates = await Promise.all(
      [pure, poisoned].map(async (load) => await fatesOf(stage, customersOf(load), load.acknowledged)),
    );
    const sum = (fate: 'lost' | 'double' | 'untold') => fates.reduce((total, one) => total + one[fate], 0);
    return verdict(
      { findings: findings.length, lost: sum('lost'), double: sum('double'), untold: sum('untold') },
      [
        `${deadLetter} of ${wanted} set aside, ${listed} listed with the reason`,
        `from order to message without poison p50 ${quantile(alone, 0.5).toFixed(0)} p99 ${before.toFixed(0)} ms`,
        `the others beside poison p50 ${quantile(beside, 0.5).toFixed(0)} p99 ${after.toFixed(0)} ms`,
      ],
      deadLetter === wanted && listed === wanted && after < before * maxGrowth,
    );
  },
};

/** Such as a row that breaks a constraint: whatever the worker does, this one cannot be written. */
const refusal = `
  create function refuse_poison() returns trigger language plpgsql as $$
    begin raise exception 'poison cannot be settled'; end $$;
  create trigger refuse_poison before insert on transactions for each row
    when (new.kind = 'ORDER_PAYMENT' and new.amount_minor = 6660) execute function refuse_poison();`;

function blocksOf({ orders }: Pick<Stage, 'orders'>): number {
  return Math.ceil(Math.max(orders, minOrders) / ordersOfBlock);
}

const customersOf = ({ customers }: Load) => customers.map(({ id }) => id);

/** One block, until all of it is settled. */
async function place(stage: Stage, load: Load, priceOf: (order: number) => string): Promise<void> {
  await act(stage, load, { count: ordersOfBlock, ...pace, transferEvery: 0, priceOf });
  await settled(stage);
}

/** How many orders were given up, each with its reason. */
async function rejected(stage: Stage, load: Load): Promise<number> {
  const [count] = await stage.ask<{ rows: number }>(
    'order',
    `select count(*)::int as rows from orders where customer_id = any($1) and rejection_reason = 'NOT_PROCESSED'`,
    [customersOf(load)],
  );
  return count!.rows;
}

/** How long it took from placing an order to its notification, of those that nothing was wrong with. */
async function settledMs(stage: Stage, load: Load): Promise<number[]> {
  const placed = await stage.ask<{ id: string; at: Date }>(
    'order',
    `select id, placed_at as at from orders where customer_id = any($1) and status = 'PAID'`,
    [customersOf(load)],
  );
  const told = await stage.ask<{ id: string; at: Date }>(
    'notification',
    'select order_id as id, created_at as at from notifications where customer_id = any($1) and order_id is not null',
    [customersOf(load)],
  );
  const toldAt = new Map(told.map(({ id, at }) => [id, at.getTime()]));
  return placed.map(({ id, at }) => toldAt.get(id)! - at.getTime());
}
