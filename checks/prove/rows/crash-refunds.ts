import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Customer } from '../../../test/customer.ts';
import { audit, surplus } from '../audit.ts';
import { commits, crashRow, dispatches, jobs } from '../crashes.ts';
import { act, type Load, newLoad } from '../load.ts';
import type { Stage } from '../stage.ts';
import { retry } from '../wait.ts';

const ordersPerKill = 200;
/** Slows the clients: kills take seconds, and the number of paid orders is limited. */
const restMs = 200;

export const crashRefunds = crashRow({
  name: 'crash-refunds',
  flow: 'a refund',
  targets: [
    ...commits('order', 'update "orders"'),
    ...dispatches('refund-orders'),
    ...jobs('refund-orders'),
    ...commits('workers', 'insert into settlements'),
  ],
  begin: async (stage) => {
    const load = await newLoad(stage, 8, '9000.00');
    await act(stage, load, { count: ordersPerKill * stage.kills, clients: 8, transferEvery: 0 });
    await audit(stage);
    const paid = await paidOrders(stage, load);
    const refunded = new Set<string>();
    return {
      act: async () => {
        const order = paid.pop();
        if (order === undefined) throw new Error('all orders are refunded before all kills are done');
        await refund(order);
        refunded.add(order.id);
        await delay(restMs);
      },
      outcome: async () => {
        const [states, refunds, notices] = await Promise.all([
          stage.query<{ id: string }>('order', `select id from orders where id = any($1) and status = 'REFUNDED'`, [
            [...refunded],
          ]),
          stage.query<{ id: string }>('billing', `select order_id as id from transactions where kind = 'REFUND'`),
          stage.query<{ id: string }>(
            'notification',
            `select order_id as id from notifications where kind = 'ORDER_REFUNDED' and order_id = any($1)`,
            [[...refunded]],
          ),
        ]);
        return {
          done: `${refunded.size} refunds`,
          faults: {
            lost: refunded.size - states.length,
            double: surplus(refunds) + surplus(notices),
            unnotified: refunded.size - new Set(notices.map(({ id }) => id)).size,
          },
        };
      },
    };
  },
});

async function paidOrders(stage: Stage, { customers }: Load): Promise<{ customer: Customer; id: string }[]> {
  const orders = await stage.query<{ id: string; customerId: string }>(
    'order',
    `select id, customer_id as "customerId" from orders where status = 'PAID' and customer_id = any($1)`,
    [customers.map(({ id }) => id)],
  );
  return orders.map(({ id, customerId }) => ({ id, customer: customers.find((one) => one.id === customerId)! }));
}

async function refund({ customer, id }: { readonly customer: Customer; readonly id: string }): Promise<void> {
  const input = { orderId: id, idempotencyKey: randomUUID() };
  await retry(async () => {
    const { refundOrder } = await customer.request<{ refundOrder: { order: object | null } }>(
      'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { order { id } userErrors { code message } } }',
      { input },
    );
    if (refundOrder.order === null) throw new Error(`the refund of ${id} was refused`);
  });
}
