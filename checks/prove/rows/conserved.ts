import { setTimeout as delay } from 'node:timers/promises';
import { audit, orderFaultsOf } from '../audit.ts';
import { act, newLoad } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';

export const conserved: Row = {
  name: 'conserved',
  promise: 'Money is conserved, and every read of all balances agrees',
  how: ({ orders, kills }) =>
    `${orders} orders and transfers by 8 clients, workers killed ${kills} times at random; all balances read in one statement during it`,
  run: async (stage) => {
    // Covers most of the acts: an order or a transfer moves 15.00 on average.
    const load = await newLoad(stage, 8, (stage.orders * 2).toFixed(2));
    const victims = planKills(stage);
    const reading = new AbortController();
    const reads = readBalances(stage, reading.signal);
    await act(stage, load, { count: stage.orders, clients: 8, transferEvery: 5, done: victims.after });
    reading.abort();
    const { consistent, total } = await reads;
    const { findings, settledInS } = await audit(stage);
    const orderFaults = await orderFaultsOf(
      stage,
      load.customers.map(({ id }) => id),
      load.acknowledged,
    );
    const transfers = await transfersMade(
      stage,
      load.customers.map(({ id }) => id),
    );
    return verdict(
      { findings: findings.length, ...orderFaults, strayTransfers: Math.abs(transfers - load.transfers.size) },
      [
        `${victims.killed()} kills`,
        `${load.acknowledged.size} orders, ${load.transfers.size} transfers`,
        `${consistent} of ${total} reads agree`,
        `settled after ${settledInS.toFixed(0)} s`,
      ],
      consistent === total && total > 0 && victims.killed() >= stage.kills,
    );
  },
};

/** Plans kills from the seed: which worker is killed, and after how many acts. */
function planKills({ orders, kills, random, workers }: Stage) {
  const planned = Array.from({ length: kills }, () => ({
    after: random.between(Math.ceil(orders * 0.05), Math.ceil(orders * 0.95)),
    victim: random.between(0, 1),
  })).toSorted((a, b) => a.after - b.after);
  let killed = 0;
  return {
    killed: () => killed,
    after: async (acts: number) => {
      while (planned[0] !== undefined && planned[0].after <= acts) {
        const { victim } = planned.shift()!;
        // A worker that is restarting can be killed as soon as its process exists.
        while (!workers[victim]!.signal('SIGKILL')) await delay(50);
        killed += 1;
      }
    },
  };
}

/** Reads customers' balances and the entries of the system's accounts in one snapshot, until the signal aborts. */
async function readBalances(stage: Stage, signal: AbortSignal): Promise<{ consistent: number; total: number }> {
  let [consistent, total] = [0, 0];
  while (!signal.aborted) {
    const rows = await stage.query<{ sum: string }>(
      'billing',
      `select currency, sum(minor)::text as sum from (
         select currency, balance_minor as minor from accounts
         union all select currency, amount_minor from entries where account_id is null
       ) as everything group by currency`,
    );
    total += 1;
    if (rows.every(({ sum }) => sum === '0')) consistent += 1;
    await delay(50);
  }
  return { consistent, total };
}

async function transfersMade(stage: Stage, customers: readonly string[]): Promise<number> {
  const [count] = await stage.query<{ made: number }>(
    'billing',
    `select count(*)::int as made from transactions where kind = 'TRANSFER' and from_customer_id = any($1)`,
    [customers],
  );
  return count!.made;
}
