import { randomUUID } from 'node:crypto';
import { audit } from '../audit.ts';
import { newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import { retry } from '../wait.ts';

const times = 64;

export const oneKey: Row = {
  name: 'one-key',
  promise: 'One key, one effect',
  how: () =>
    `one idempotency key in ${times} concurrent requests, and in ${times} more after order, relay and workers are killed`,
  run: async (stage) => {
    const [customer] = (await newLoad(stage, 1, '10.00')).customers;
    const input = { unitPrice: '7.00', idempotencyKey: randomUUID() };
    const all = async () =>
      await Promise.all(
        Array.from({ length: times }, async () => (await retry(() => customer!.placeOrder(input))).order!),
      );
    const before = await all();
    const { order, relay, worker1, worker2 } = stage.parts;
    for (const part of [order, relay, worker1, worker2]) part.signal('SIGKILL');
    const after = await all();
    const { findings } = await audit(stage);
    // The order's status changes; its id and total do not.
    const answers = new Set([...before, ...after].map(({ id, total }) => `${id} ${total.amount}`));
    const balance = await customer!.balance();
    return verdict(
      { findings: findings.length },
      [`${before.length + after.length} answers with ${answers.size} order`, `${balance} left of 110.00`],
      answers.size === 1 && balance === '103.00',
    );
  },
};
