import { hasRedis, startRedis } from '#test/redis.ts';
import { startOneJobEach } from './jobs/one-job-each.ts';
import { startProduct, type Started } from './jobs/product.ts';
import { startOwnPostgres } from '../../tools/system/own-postgres.ts';
import { type Comparison, compare } from './compare.ts';
import { type Figure, type Findings } from './report.ts';
import { startTpcB, tpcB } from './tpc-b.ts';

const firstPort = 7800;

const productOn = (queue: string) => `relay and workers, queue on ${queue}`;
const baselineOn = (queue: string) => `one job per stage and order, queue on ${queue}`;

/**
 * Compares orders settled, recorded and notified per second, without HTTP: the product's relay and workers, one job per
 * stage and order, and TPC-B. All process a backlog on the same server, in turn.
 */
export async function jobs(progress: (message: string) => void): Promise<Findings> {
  const running = new AsyncDisposableStack();
  try {
    const { url: postgresUrl, stop } = await startOwnPostgres(firstPort);
    running.defer(stop);
    const started: Started[] = [];
    const add = (contender: Started) => {
      running.defer(contender.stop);
      started.push(contender);
    };
    add(await startTpcB(postgresUrl));
    const queues: { readonly name: string; readonly redisUrl: string | null }[] = [
      { name: 'PostgreSQL', redisUrl: null },
    ];
    if (hasRedis) {
      const redis = await startRedis();
      running.defer(redis.stop);
      queues.push({ name: 'Redis', redisUrl: redis.url });
    } else {
      progress('no Redis found (no redis-server, no REDIS_URL): the queue is measured on PostgreSQL only');
    }
    for (const [index, { name, redisUrl }] of queues.entries()) {
      progress(`starting with the queue on ${name}`);
      const on = (prefix: string) => ({ postgresUrl, redisUrl, prefix: `${prefix}_${index}_` });
      add(await startProduct(productOn(name), on('product'), firstPort + 1 + 20 * index));
      add(await startOneJobEach(baselineOn(name), on('each')));
    }
    const comparison = await compare(started, { rounds: 3, secondsEach: 4, unit: 'orders/s', progress });
    const title = 'Orders settled, recorded and notified per second, without HTTP';
    const names = queues.map(({ name }) => name);
    return {
      tables: [{ title, rows: comparison.rows }],
      figures: names.flatMap((name) => figuresOf(name, comparison)),
    };
  } finally {
    await running.disposeAsync();
  }
}

function figuresOf(queue: string, { ratio }: Comparison): Figure[] {
  const toBaseline = ratio(productOn(queue), baselineOn(queue));
  return [
    { name: `queue on ${queue}, to TPC-B`, value: ratio(productOn(queue), tpcB), unit: '×', goal: { atLeast: 1.7 } },
    // No goal on Redis: a job costs less there, so one job per order is closer to the product.
    ...(queue === 'PostgreSQL'
      ? [{ name: `queue on ${queue}, to one job per order`, value: toBaseline, unit: '×', goal: { atLeast: 40 } }]
      : []),
  ];
}
