import { cellsOf } from './measured.ts';

const queues = ['Redis', 'PostgreSQL'] as const;

/** One result of `npm run prove`: a row of docs/reliability.md on one queue. */
type Result = (row: string) => {
  /** The number before these words, such as 16093 in "16093 orders". */
  readonly count: (words: string) => number;
  /** The numbers that the pattern captures. */
  readonly numbers: (pattern: RegExp) => readonly number[];
};

/** The table of README.md with the most important results of docs/reliability.md. */
export function faultsOf(page: string): string {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map(cellsOf);
  const [onRedis, onPostgres] = queues.map((_queue, index): Result => (row) => {
    const text = rows.find(([, name]) => name === `\`${row}\``)?.[2 + index];
    if (text === undefined) throw new Error(`docs/reliability.md has no result of "${row}"`);
    const numbers = (pattern: RegExp) => {
      const found = pattern.exec(text);
      if (found === null) throw new Error(`The result of "${row}" in docs/reliability.md has no ${String(pattern)}`);
      return found.slice(1).map(Number);
    };
    return { numbers, count: (words) => numbers(new RegExp(`(\\d+) ${words}`))[0]! };
  }) as [Result, Result];
  const line = (fault: string, format: (result: Result) => string) =>
    `| ${fault} | ${format(onRedis)} | ${format(onPostgres)} |`;
  return [
    '| What happens | Jobs on Redis | Jobs on PostgreSQL |',
    '| --- | --- | --- |',
    line('Workers are killed 30 times under load', (of) => {
      const { count } = of('conserved');
      const moved = count('orders') + count('transfers');
      return `${shown(moved)} orders and transfers: ${count('lost')} lost, ${count('double')} double`;
    }),
    line('A kill at every commit, dispatch and acknowledgement of every process', (of) => {
      const results = ['orders', 'outcomes', 'refunds', 'transfers', 'users'].map((name) => of(`crash-${name}`));
      const kills = results.reduce((sum, { count }) => sum + count('kills'), 0);
      const settledS = Math.max(...results.map(({ numbers }) => numbers(/settled after (\d+) s/)[0]!));
      const wrong = results.slice(0, 4).reduce((sum, { count }) => sum + count('lost') + count('double'), 0);
      return `${kills} kills: ${wrong} lost or double, all settled within ${settledS} s`;
    }),
    line('The queue loses all its jobs, twice', (of) => lostOf(of('queue-lost'))),
    line('PostgreSQL crashes, three times', (of) => lostOf(of('database-crash'))),
    line('The queue server is down', (of) => {
      const { count, numbers } = of('queue-down');
      return `placeOrder p99 ${numbers(/placeOrder p99 (\d+) ms/)[0]} ms, ${count('faults')} errors`;
    }),
    line('A subgraph hangs', (of) => {
      const [slowestMs] = of('slow-subgraph').numbers(/slowest (\d+) ms/);
      return `the other subgraphs answer within ${(Math.ceil(slowestMs! / 100) / 10).toFixed(1)} s`;
    }),
    line('Two replicas of everything are restarted in turn', (of) => {
      const { count } = of('rolling-restart');
      return `${count('failed')} of ${shown(count('requests'))} requests fail`;
    }),
    line('No worker runs while 50,000 orders are placed', (of) => {
      const { numbers } = of('back-pressure');
      const [growth] = numbers(/grown at most ([\d.]+) times/);
      const [first, last] = numbers(/drained at (\d+) then (\d+) orders/);
      return `memory +${Math.round((growth! - 1) * 100)} %, then ${shown(first!)} to ${shown(last!)} orders/s`;
    }),
  ].join('\n');
}

function lostOf({ count }: ReturnType<Result>): string {
  return `${count('lost')} of ${shown(count('orders'))} orders lost`;
}

function shown(value: number): string {
  return value.toLocaleString('en-US');
}
