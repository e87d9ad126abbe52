import { orderFaultsOf } from '../audit.ts';
import { commits, type CrashRow, crashRow, dispatches, jobs } from '../crashes.ts';
import { newLoad, placeOrder } from '../load.ts';

const begin: CrashRow['begin'] = async (stage) => {
  const load = await newLoad(stage, 4, '5000.00');
  const customers = load.customers.map(({ id }) => id);
  return {
    act: async () => void (await placeOrder(load, stage.random.pick(load.customers), '0.50')),
    outcome: async () => ({
      done: `${load.acknowledged.size} orders`,
      faults: { ...(await orderFaultsOf(stage, customers, load.acknowledged)) },
    }),
  };
};

export const crashOrders = crashRow({
  name: 'crash-orders',
  flow: 'an order from placement to settlement',
  targets: [
    ...commits('order', 'insert into orders'),
    ...commits('relay', 'update outbox set'),
    ...dispatches('settle-orders'),
    ...jobs('settle-orders'),
    ...commits('workers', 'insert into settlements'),
  ],
  begin,
});

export const crashOutcomes = crashRow({
  name: 'crash-outcomes',
  flow: 'the outcome of an order and its notification',
  targets: [
    ...jobs('record-outcomes'),
    ...commits('workers', 'update orders set'),
    ...jobs('notify-of-orders'),
    ...commits('workers', 'insert into notifications'),
    ...jobs('close-order-outbox'),
    ...commits('workers', 'delete from outbox'),
  ],
  begin,
});
