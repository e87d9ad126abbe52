import { hasRedis, startRedis } from '#test/redis.ts';
import { startOwnPostgres } from '../own-postgres.ts';
import { compare, type Comparison, type Figure, type Findings } from '../report.ts';
import { startTpcB, tpcB } from '../tpc-b.ts';
import { startOneJobEach } from './one-job-each.ts';
import { type Started, startProduct } from './product.ts';

const firstPort = 7800;

type Queue = 'PostgreSQL' | 'Redis';

const product = (queue: Queue) => `the product's jobs on ${queue}`;
const oneJobEach = (queue: Queue) => `one job and one transaction per order and stage, on ${queue}`;

/**
 * Orders per second that the jobs settle, record and notify of, without HTTP: the product's relay and workers, beside
 * one job per order and stage and beside TPC-B on the same server.
 */
export async function jobs(progress: (what: string) => void): Promise<Findings> {
  const running = new AsyncDisposableStack();
  try {
    const { url: postgresUrl, stop } = await startOwnPostgres(firstPort);
    running.defer(stop);
    const contenders: Started[] = [];
    const keep = (contender: Started) => {
      running.defer(contender.stop);
      contenders.push(contender);
    };
    keep(await startTpcB(postgresUrl));
    keep(
      await startProduct(product('PostgreSQL'), { postgresUrl, prefix: 'on_postgres_', redisUrl: null }, firstPort + 1),
    );
    keep(await startOneJobEach(oneJobEach('PostgreSQL'), { postgresUrl, prefix: 'each_on_postgres_', redisUrl: null }));
    if (hasRedis) {
      const { url: redisUrl, stop: stopRedis } = await startRedis();
      running.defer(stopRedis);
      keep(await startProduct(product('Redis'), { postgresUrl, prefix: 'on_redis_', redisUrl }, firstPort + 11));
      keep(await startOneJobEach(oneJobEach('Redis'), { postgresUrl, prefix: 'each_on_redis_', redisUrl }));
    } else {
      progress('there is no Redis here (no redis-server, no REDIS_URL): measured on PostgreSQL alone');
    }
    const comparison = await compare(contenders, { rounds: 3, secondsEach: 4, unit: 'orders/s', progress });
    return { tables: [{ title: 'Orders per second', rows: comparison.rows }], figures: figuresOf(comparison) };
  } finally {
    await running.disposeAsync();
  }
}

function figuresOf({ ratio }: Comparison): Figure[] {
  const queues: readonly Queue[] = hasRedis ? ['PostgreSQL', 'Redis'] : ['PostgreSQL'];
  return [
    ...queues.map((queue) => ({
      what: `${product(queue)} to TPC-B`,
      value: ratio(product(queue), tpcB),
      unit: '×',
      goal: { atLeast: 1.7 },
    })),
    {
      what: `${product('PostgreSQL')} to one job each`,
      value: ratio(product('PostgreSQL'), oneJobEach('PostgreSQL')),
      unit: '×',
      goal: { atLeast: 40 },
    },
  ];
}
