import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import pg from 'pg';
import { freePorts } from '#test/free-ports.ts';
import { queueServers, type QueueServer, warnWithoutRedis } from '#test/queue-servers.ts';
import { until } from '#test/until.ts';
import { type EventPublisher, type LiveEvent, listenToEvents, openEventPublisher } from './events.ts';
import { createLog } from '../telemetry/log.ts';

warnWithoutRedis();

const log = createLog('test', 'silent');
const orderChanged = (orderId: string): LiveEvent => ({ kind: 'order-changed', customerId: 'c-1', orderId });

describe.each(queueServers)('events on %s', (_name, startServer) => {
  let server: QueueServer;
  let publisher: EventPublisher;
  let stopping: AbortController;
  let received: LiveEvent[];
  let timesListening: number;
  let listening: Promise<void>;

  beforeEach(async () => {
    server = await startServer();
    publisher = openEventPublisher(server.address, log);
    stopping = new AbortController();
    received = [];
    timesListening = 0;
    const listener = {
      received: (events: readonly LiveEvent[]) => received.push(...events),
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

  test('arrive in their order, even if one call publishes hundreds', async () => {
    const events = Array.from({ length: 500 }, (_, index) => orderChanged(`01a1fd28-3504-780f-bfa0-${index}`));
    publisher.publish(events.slice(0, 300));
    publisher.publish(events.slice(300));

    await until('all events', () => received.length >= events.length);
    expect(received).toEqual(events);
  });

  test('that wait are sent before the publisher closes', async () => {
    publisher.publish([orderChanged('o-1')]);
    await publisher.close();

    await until('the event', () => received.length > 0);
    expect(received).toEqual([orderChanged('o-1')]);
  });

  test('arrive after the connection broke, and the listener learns of the gap', async () => {
    await breakConnections(server);
    await until('the new connection', () => timesListening === 2);
    publisher.publish([orderChanged('o-2')]);

    await until('the event', () => received.length > 0);
    expect(received).toEqual([orderChanged('o-2')]);
  });

  test('arrive after the server was down, and the listener learns of the gap', async () => {
    const proxy = await startProxy(server);
    const moments: string[] = [];
    const listener = {
      received: (events: readonly LiveEvent[]) => moments.push(...events.map(({ kind }) => kind)),
      listening: () => moments.push('listening'),
    };
    const listening = listenToEvents(proxy.address, listener, log, stopping.signal);
    await until('the listener', () => moments.length === 1);
    await proxy.cut();
    publisher.publish([orderChanged('o-3')]);
    await until('the event at the other listener', () => received.length === 1);
    await proxy.restore();
    await until('the listener again', () => moments.length === 2);
    publisher.publish([orderChanged('o-4')]);
    await until('the event', () => moments.length === 3);
    stopping.abort();
    await listening;
    await proxy.cut();

    expect(moments).toEqual(['listening', 'listening', 'order-changed']);
  });

  test('that cannot be parsed are ignored', async () => {
    await send(server, '{"kind": "order-changed"}');
    await send(server, 'no JSON');
    publisher.publish([orderChanged('o-3')]);

    await until('the event', () => received.length > 0);
    expect(received).toEqual([orderChanged('o-3')]);
  });
});

test('a publisher closes while its server is down', async () => {
  for (const address of [
    { redisUrl: 'redis://127.0.0.1:1' },
    { postgresUrl: 'postgresql://nobody@127.0.0.1:1/none' },
  ]) {
    const publisher = openEventPublisher(address, log);
    publisher.publish([orderChanged('o-4')]);

    await expect(publisher.close()).resolves.toBeUndefined();
  }
});

/** A TCP proxy to a server. A test can cut it, as if the server were down, and restore it. */
async function startProxy({ address }: QueueServer) {
  const target = new URL('redisUrl' in address ? address.redisUrl : address.postgresUrl);
  const [port] = await freePorts(1);
  const sockets = new Set<Socket>();
  let proxy: Server;
  const restore = async () => {
    proxy = createServer((client) => {
      const upstream = connect(Number(target.port), target.hostname);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
      client.pipe(upstream).pipe(client);
    });
    await once(proxy.listen(port, '127.0.0.1'), 'listening');
  };
  await restore();
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  return {
    address: 'redisUrl' in address ? { redisUrl: url.href } : { postgresUrl: url.href },
    restore,
    cut: async () => {
      const closed = once(proxy.close(), 'close');
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

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
