import { registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { startOwnSystem } from './own-system.ts';
import { type Findings, type Quantiles, quantiles, rounded } from './report.ts';

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
export async function atRest(progress: (what: string) => void): Promise<Findings> {
  const system = await startOwnSystem(7500);
  try {
    return await measure(system.url, progress);
  } finally {
    await system.stop();
  }
}

async function measure(url: string, progress: (what: string) => void): Promise<Findings> {
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
  const settled = quantiles(timed.map(({ settledMs }) => settledMs));
  const notified = quantiles(timed.map(({ notifiedMs }) => notifiedMs));
  return {
    tables: [
      {
        title: `From the commit of an order, ${orders} orders one at a time`,
        rows: [row('to PAID', settled), row('to the stored message', notified)],
      },
    ],
    figures: [
      { what: 'at rest, order to message, p50', value: rounded(notified.p50), unit: 'ms', goal: { atMost: 15 } },
    ],
  };
}

const row = (what: string, { p50, p95, p99 }: Quantiles) => ({ what, 'p50 ms': p50, 'p95 ms': p95, 'p99 ms': p99 });
