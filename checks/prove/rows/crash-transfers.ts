import { surplus } from '../audit.ts';
import { commits, crashRow, dispatches, jobs } from '../crashes.ts';
import { newLoad, transfer } from '../load.ts';

export const crashTransfers = crashRow({
  name: 'crash-transfers',
  flow: 'a transfer',
  targets: [
    ...commits('billing', 'insert into transactions'),
    ...dispatches('notify-of-transfers'),
    ...jobs('notify-of-transfers'),
    ...jobs('close-billing-outbox'),
  ],
  begin: async (stage) => {
    const load = await newLoad(stage, 4, '5000.00');
    const customers = load.customers.map(({ id }) => id);
    return {
      act: async () => {
        const from = stage.random.pick(load.customers);
        await transfer(load, from, stage.random.pick(load.customers.filter((one) => one !== from)), '0.50');
      },
      outcome: async () => {
        const [made, notices] = await Promise.all([
          stage.query<{ id: string }>(
            'billing',
            `select id from transactions where kind = 'TRANSFER' and from_customer_id = any($1)`,
            [customers],
          ),
          stage.query<{ id: string }>(
            'notification',
            'select transaction_id as id from notifications where customer_id = any($1) and transaction_id is not null',
            [customers],
          ),
        ]);
        const existing = new Set(made.map(({ id }) => id));
        const notified = new Set(notices.map(({ id }) => id));
        return {
          done: `${load.transfers.size} transfers`,
          faults: {
            lost: [...load.transfers].filter((id) => !existing.has(id)).length,
            double: [...existing].filter((id) => !load.transfers.has(id)).length + surplus(notices),
            unnotified: [...existing].filter((id) => !notified.has(id)).length,
          },
        };
      },
    };
  },
});
