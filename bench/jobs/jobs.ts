import { startOwnPostgres } from '../own-postgres.ts';
import { type Comparison, compare, type Figure, type Findings } from '../report.ts';
import { startTpcB, tpcB } from '../tpc-b.ts';
import { hasRedis, startRedis } from '#test/redis.ts';
import { startOneJobEach } from './one-job-each.ts';
import { type Started, startProduct } from './product.ts';

const firstPort = 7800;

export async function jobs(progress: (what: string) => void): Promise<Findings> {
  const starting = new AsyncDisposableStack();
  try {
    const postgres = await startOwnPostgres(firstPort);
    starting.defer(postgres.stop);
    const postgresUrl = postgres.url;
    const redisUrl = null;
    const contenders: Started[] = [];
    const keep = (c: Started) => {
      contenders.push(c);
      starting.defer(c.stop);
    };
    const only = process.env['ONLY'] ?? 'tpcb,pg,redis,npg,nredis';
    if (only.includes('tpcb')) {
      keep(await startTpcB(postgresUrl));
    }
    const redis = hasRedis && only.includes('redis') ? await startRedis() : null;
    if (redis) starting.defer(redis.stop);
    if (/(^|,)pg/.test(only))
      keep(await startProduct('product PG', { postgresUrl, prefix: 'on_postgres_', redisUrl: null }, firstPort + 1));
    if (/(^|,)redis/.test(only))
      keep(
        await startProduct('product Redis', { postgresUrl, prefix: 'on_redis_', redisUrl: redis!.url }, firstPort + 11),
      );
    if (/(^|,)npg/.test(only))
      keep(await startOneJobEach('naive PG', { postgresUrl, prefix: 'each_on_postgres_', redisUrl: null }));
    if (/(^|,)nredis/.test(only))
      keep(await startOneJobEach('naive Redis', { postgresUrl, prefix: 'each_on_redis_', redisUrl: redis!.url }));
    const comparison = await compare(contenders, { rounds: 3, secondsEach: 4, unit: 'orders/s', progress });
    return { tables: [{ title: 'Orders per second', rows: comparison.rows }], figures: [] };
  } finally {
    await starting.disposeAsync();
  }
}
