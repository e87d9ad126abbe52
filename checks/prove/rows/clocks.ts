import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';

const hourMs = 3_600_000;

export const clocks: Row = {
  name: 'clocks',
  promise: 'Clocks do not matter',
  how: ({ orders }) =>
    `${Math.ceil(orders / 4)} orders and transfers with clocks up to two hours apart: order and worker 2 an hour ahead, billing, relay and worker 1 an hour behind`,
  run: async (stage) => {
    const { order, worker2, billing, relay, worker1, notification } = stage.parts;
    for (const part of [order, worker2, notification]) await part.restart({ CLOCK_SKEW_MS: String(hourMs) });
    for (const part of [billing, relay, worker1]) await part.restart({ CLOCK_SKEW_MS: String(-hourMs) });
    const load = await newLoad(stage, 4, '500.00');
    await act(stage, load, { count: Math.ceil(stage.orders / 4), clients: 4, transferEvery: 4 });
    const { findings } = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    for (const part of [order, worker2, notification, billing, relay, worker1]) await part.restart();
    return verdict({ findings: findings.length, ...orderFaults, faults: load.faults }, [
      `${load.acknowledged.size} orders`,
      `${load.transfers.size} transfers`,
    ]);
  },
};
