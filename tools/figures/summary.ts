import type { Measured } from './measured.ts';

/** The table of README.md with the most important figures of docs/performance.md. */
export function summaryOf({ cell, figures }: Measured): string {
  const users = 'Transfers of concurrent users, 30 s each';
  const failed = cell(users, '300', 'failed');
  const one = (name: RegExp) => figures(name)[0]!;
  const times = (name: RegExp) => one(name).toFixed(1);
  const toStock = figures(/^before .*: to the stock gateway$/);
  const pages = figures(/^(entries|transactions)\b.*: 1,000,000 entries to 10,000 entries$/);
  const range = (values: readonly number[], digits: number) =>
    `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)} times`;
  const latency = (load: string, end: string) => {
    const of = (queue: string) => one(new RegExp(`^jobs on ${queue}: ${load}, answer to notification`)).toFixed(0);
    return `${end} ${of('PostgreSQL')} ms on PostgreSQL, ${of('Redis')} ms on Redis`;
  };
  const rows: [what: string, measured: string, command: string][] = [
    [
      '300 users transfer at once, for 30 s',
      `${cell(users, '300', 'transfers/s').toLocaleString('en-US')} transfers/s, p95 ${cell(users, '300', 'p95 ms')} ms, ${failed === 0 ? 'none' : failed} failed`,
      'transfers',
    ],
    ['From the response to `placeOrder` to the notification, at rest', latency('at rest', 'p50'), 'orders'],
    ['The same at half of the maximum load', `${latency('at half load', 'p99')} (goal: 100)`, 'orders'],
    [
      "The console's overview on these subgraphs, compared with the stock gateway",
      `${times(/^our own subgraphs, four subgraphs/)} times the requests/s`,
      'router',
    ],
    [
      'The router with subgraphs in memory, compared with the stock gateway',
      `${range(toStock, 1)} the requests/s (goal: 6 to 8)`,
      'router',
    ],
    [
      "Settlement, compared with pgbench's TPC-B on the same server",
      `${times(/^settlement to TPC-B$/)} times the debits/s (goal: 4)`,
      'ledger',
    ],
    [
      "Orders settled and notified without HTTP, compared with pgbench's TPC-B",
      `${times(/^queue on PostgreSQL, to TPC-B$/)} times on PostgreSQL, ${times(/^queue on Redis, to TPC-B$/)} on Redis (goal: 1.7)`,
      'jobs',
    ],
    [
      "A page of a customer's history with 1,000,000 entries, compared with 10,000",
      `${range(pages, 2)} the time`,
      'growth',
    ],
  ];
  return [
    '| What | Measured | Command |',
    '| --- | --- | --- |',
    ...rows.map(([what, measured, command]) => `| ${what} | ${measured} | \`npm run bench -- ${command}\` |`),
  ].join('\n');
}
