import { hasRedis, startRedis } from '#test/redis.ts';
import { startOneJobEach } from './jobs/one-job-each.ts';
import { startProduct, type Started } from './jobs/product.ts';
import { startOwnPostgres } from '../../tools/system/own-postgres.ts';
import { type Comparison, compare, type Figure, type Findings } from './report.ts';
import { startTpcB, tpcB } from './tpc-b.ts';

const firstPort = 7800;

const oursOn = (queue: string) => `relay and workers, queue on ${queue}`;
const eachOn = (queue: string) => `one job per stage and order, queue on ${queue}`;

/**
 * Orders settled, recorded and notified per second, without HTTP: a backlog that is worked off by the relay and the
 * workers as they are, beside one job per stage and order, and TPC-B, all on the same server in turn.
 */
export async function jobs(progress: (what: string) => void): Promise<Findings> {
  const running = new AsyncDisposableStack();
  try {
    const { url: postgresUrl, stop } = await startOwnPostgres(firstPort);
    running.defer(stop);
    const started: Started[] = [];
    const keep = (contender: Started) => {
      running.defer(contender.stop);
      started.push(contender);
    };
    keep(await startTpcB(postgresUrl));
    const queues: { readonly name: string; readonly redisUrl: string | null }[] = [
      { name: 'PostgreSQL', redisUrl: null },
    ];
    if (hasRedis) {
      const redis = await startRedis();
      running.defer(redis.stop);
      queues.push({ name: 'Redis', redisUrl: redis.url });
    } else {
      progress('there is no Redis here (no redis-server, no REDIS_URL): the queue is measured on PostgreSQL alone');
    }
    for (const [place, { name, redisUrl }] of queues.entries()) {
      progress(`starting with the queue on ${name}`);
      const on = (prefix: string) => ({ postgresUrl, redisUrl, prefix: `${prefix}_${place}_` });
      keep(await startProduct(oursOn(name), on('ours'), firstPort + 1 + 20 * place));
      keep(await startOneJobEach(eachOn(name), on('each')));
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
  const toEach = ratio(oursOn(queue), eachOn(queue));
  return [
    { what: `queue on ${queue}, to TPC-B`, value: ratio(oursOn(queue), tpcB), unit: '×', goal: { atLeast: 1.7 } },
    // On Redis the usual way is faster, and so is ours: what one job each costs there is less of the whole.
    ...(queue === 'PostgreSQL'
      ? [{ what: `queue on ${queue}, to one job each`, value: toEach, unit: '×', goal: { atLeast: 40 } }]
      : []),
  ];
}
