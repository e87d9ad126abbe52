import { registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { startOwnSystem } from './own-system.ts';
import { quantiles, type Row } from './report.ts';

const orders = 200;
const warmUpOrders = 50;

interface TimedOrder {
  readonly placedAt: string;
  readonly settledAt: string;
  readonly notifications: { createdAt: string }[];
}

/**
 * How long an order takes that comes alone: from its commit to PAID and to the message, by the clock of the database
 * server, which tells all three times.
 */
export async function atRest(progress: (what: string) => void): Promise<Row[]> {
  const system = await startOwnSystem(7500);
  try {
    return await measure(system.url, progress);
  } finally {
    await system.stop();
  }
}

async function measure(url: string, progress: (what: string) => void): Promise<Row[]> {
  const customer = await registerCustomer(url);
  const timed: { settledMs: number; notifiedMs: number }[] = [];
  for (let place = 0; place < warmUpOrders + orders; place += 1) {
    const { order } = await customer.placeOrder({ unitPrice: '0.01' });
    const { placedAt, settledAt, notifications } = await until('the message', async () => {
      const answer = await customer.ask<{ order: TimedOrder }>(
        'query ($id: ID!) { order(id: $id) { placedAt settledAt notifications { createdAt } } }',
        { id: order!.id },
      );
      return answer.order.notifications.length > 0 && answer.order.settledAt !== null ? answer.order : null;
    });
    const since = (time: string) => Date.parse(time) - Date.parse(placedAt);
    if (place >= warmUpOrders) {
      timed.push({ settledMs: since(settledAt), notifiedMs: since(notifications[0]!.createdAt) });
    }
    if (place % 50 === 0) progress(`order ${place} of ${warmUpOrders + orders}`);
  }
  return [
    { what: 'order placed to paid, one at a time', ...quantiles(timed.map(({ settledMs }) => settledMs)), unit: 'ms' },
    {
      what: 'order placed to notified, one at a time',
      ...quantiles(timed.map(({ notifiedMs }) => notifiedMs)),
      unit: 'ms',
    },
  ];
}
