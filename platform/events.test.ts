import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { queueServers, type QueueServer, tellIfWithoutRedis } from '#test/queue-servers.ts';
import { until } from '#test/until.ts';
import { type EventPublisher, type LiveEvent, listenToEvents, openEventPublisher } from './events.ts';
import { createLog } from './log.ts';

tellIfWithoutRedis();

const log = createLog('test', 'silent');
const orderChanged = (orderId: string): LiveEvent => ({ kind: 'order-changed', customerId: 'c-1', orderId });

describe.each(queueServers)('events on %s', (_name, startServer) => {
  let server: QueueServer;
  let publisher: EventPublisher;
  let stopping: AbortController;
  let heard: LiveEvent[];
  let timesListening: number;
  let listening: Promise<void>;

  beforeEach(async () => {
    server = await startServer();
    publisher = openEventPublisher(server.address, log);
    stopping = new AbortController();
    heard = [];
    timesListening = 0;
    const listener = {
      heard: (events: readonly LiveEvent[]) => heard.push(...events),
      listening: () => (timesListening += 1),
    };
    listening = listenToEvents(server.address, listener, log, stopping.signal);
    await until('the listener', () => timesListening === 1);
  });
  afterEach(async () => {
    stopping.abort();
    await listening;
    await publisher.close();
    await server.stop();
  });

  test('are heard in their order, however many at once', async () => {
    const events = Array.from({ length: 500 }, (_, index) => orderChanged(`01a1fd28-3504-780f-bfa0-${index}`));
    publisher.publish(events.slice(0, 300));
    publisher.publish(events.slice(300));

    await until('all events', () => heard.length >= events.length);
    expect(heard).toEqual(events);
  });

  test('that are published last are told before it closes', async () => {
    publisher.publish([orderChanged('o-1')]);
    await publisher.close();

    await until('the event', () => heard.length > 0);
    expect(heard).toEqual([orderChanged('o-1')]);
  });

  test('are heard again after the connection broke, and that it did is told', async () => {
    await breakConnections(server);
    await until('the new connection', () => timesListening === 2);
    publisher.publish([orderChanged('o-2')]);

    await until('the event', () => heard.length > 0);
    expect(heard).toEqual([orderChanged('o-2')]);
  });

  test('of another make are passed over', async () => {
    await send(server, '{"kind": "order-changed"}');
    await send(server, 'no JSON');
    publisher.publish([orderChanged('o-3')]);

    await until('the event', () => heard.length > 0);
    expect(heard).toEqual([orderChanged('o-3')]);
  });
});

test('a publisher whose server is away keeps nobody waiting, and closes', async () => {
  for (const address of [
    { redisUrl: 'redis://127.0.0.1:1' },
    { postgresUrl: 'postgresql://nobody@127.0.0.1:1/none' },
  ]) {
    const publisher = openEventPublisher(address, log);
    publisher.publish([orderChanged('o-4')]);

    await expect(publisher.close()).resolves.toBeUndefined();
  }
});

async function breakConnections({ address }: QueueServer): Promise<void> {
  if ('redisUrl' in address) {
    const redis = new Redis(address.redisUrl);
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    redis.disconnect();
    return;
  }
  await onPostgres(address.postgresUrl, async (client) => {
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'live events'`,
    );
  });
}

async function send({ address }: QueueServer, message: string): Promise<void> {
  if ('redisUrl' in address) {
    const redis = new Redis(address.redisUrl);
    await redis.publish('live_events', message);
    redis.disconnect();
    return;
  }
  await onPostgres(address.postgresUrl, async (client) => {
    await client.query('select pg_notify($1, $2)', ['live_events', message]);
  });
}

async function onPostgres(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await work(client);
  await client.end();
}
