import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-sse';
import {
  codes,
  move,
  notificationAdded,
  orders,
  orderUpdated,
  place,
  router,
  start,
  statuses,
  subjects,
  subscribe,
  testLiveUpdates,
  write,
} from '#test/router/live-router.ts';
import { until } from '#test/until.ts';
testLiveUpdates();

/** Connects a client that subscribes to notifications and stops reading after the first bytes. */
async function stalledClient({ goodFor = '10m' } = {}): Promise<Socket> {
  const authorization = await router.issuer.authorization({ userId: 'ada', goodFor });
  const body = JSON.stringify({ query: notificationAdded });
  const socket = connect(Number(new URL(router.origin).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `POST /graphql/stream HTTP/1.1\r\nhost: router\r\nauthorization: ${authorization}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, 'readable');
  socket.pause();
  return socket;
}

describe('the router', () => {
  test('reads nothing for disconnected clients', async () => {
    await start({ LIVE_STREAMS_PER_CUSTOMER: '1' });
    const id = place();
    const leaver = await subscribe({ query: orderUpdated, variables: { id } });
    leaver.close();
    await until('a free stream', async () => {
      const stream = await subscribe({ query: notificationAdded });
      stream.close();
      return stream.status === 200;
    });
    await until('a free stream again', async () => {
      const stream = await subscribe({ query: orderUpdated, variables: { id: place('PAID') } });
      await stream.ended();
      return stream.status === 200;
    });
    const readBefore = [router.subgraphs.order.received.length, router.subgraphs.notification.received.length];
    move(id, 'REFUNDING');
    write('for no stream');
    const bobs = await subscribe({ query: notificationAdded }, { userId: 'bob' });
    write('for Bob', { owner: 'bob' });
    await bobs.first(1);

    expect(router.subgraphs.order.received.length).toBe(readBefore[0]);
    // Bob's stream makes a trial read, reads its position, and reads the notification.
    expect(router.subgraphs.notification.received.length - readBefore[1]!).toBe(3);
  });

  test('reads once for all equal streams of a customer', async () => {
    await start();
    const subscriptions = ['10m', '20m', '10m', '20m'].map(
      async (goodFor) => await subscribe({ query: notificationAdded }, { goodFor }),
    );
    const streams = await Promise.all(subscriptions);
    const readBefore = router.subgraphs.notification.received.length;
    write('for all of them');
    await Promise.all(streams.map(async (stream) => await stream.first(1)));

    expect(streams.map(subjects)).toEqual(streams.map(() => ['for all of them']));
    expect(router.subgraphs.notification.received.length - readBefore).toBe(1);
  });

  test('polls once for all streams of one object', async () => {
    await start({ LIVE_RECHECK_S: '1' });
    const id = place();
    const streams = await Promise.all(
      Array.from({ length: 3 }, async () => await subscribe({ query: orderUpdated, variables: { id } })),
    );
    await Promise.all(streams.map(async (stream) => await stream.first(1)));
    const readBefore = router.subgraphs.order.received.length;
    orders.get(id)!.status = 'PAID';
    await Promise.all(streams.map(async (stream) => await stream.ended()));

    expect(streams.map(statuses)).toEqual(streams.map(() => ['PENDING', 'PAID']));
    // The read that finds the change, and at most one before it.
    expect(router.subgraphs.order.received.length - readBefore).toBeLessThanOrEqual(2);
  });

  test('reports that live updates are not configured', async () => {
    await start({ JOBS_LISTENER_DATABASE_URL: '' });
    const stream = await subscribe({ query: notificationAdded });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['SERVICE_UNAVAILABLE']]);
  });

  test('answers 503 while a subgraph is unavailable', async () => {
    await start();
    router.subgraphs.notification.misbehave((reply) => reply.raw.writeHead(500).end());
    router.subgraphs.order.misbehave((reply) => reply.raw.writeHead(500).end());
    const streams = [
      await subscribe({ query: notificationAdded }),
      await subscribe({ query: orderUpdated, variables: { id: place() } }),
    ];

    expect(streams.map(({ status }) => status)).toEqual([503, 503]);
  });

  test('ends streams without completion when it stops', async () => {
    await start();
    const stream = await subscribe({ query: notificationAdded });
    const stopped = router.stop();

    expect(await stream.ended()).toBe('broken off');
    await stopped;
    await start();
  });

  test('continues a stream of graphql-sse’s client after a restart', async () => {
    await start();
    let lastEventId: string | null = null;
    const remember = (id: string | null | undefined) => {
      lastEventId = id ?? lastEventId;
    };
    let connections = 0;
    const client = createClient({
      url: () => `${router.origin}/graphql/stream`,
      retry: async () => void (await until('the next router', () => isRunning)),
      headers: async () => ({
        authorization: await router.issuer.authorization({ userId: 'ada' }),
        ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }),
      }),
      fetchFn: async (...request: Parameters<typeof fetch>) => {
        const response = await fetch(...request);
        remember(response.headers.get('last-event-id'));
        connections += 1;
        return response;
      },
    });
    let isRunning = true;
    const seen: unknown[] = [];
    client.subscribe<{ notificationAdded: { subject: string } }, { lastEventId?: string }>(
      { query: notificationAdded },
      {
        next: ({ data, extensions }) => {
          seen.push(data?.notificationAdded.subject);
          remember(extensions?.lastEventId);
        },
        error: (error) => seen.push(error),
        complete: () => undefined,
      },
    );
    await until('the first connection', () => connections === 1);
    write('first');
    await until('the first notification', () => seen.length === 1);
    isRunning = false;
    await router.stop();
    write('missed', { publishes: false });
    await start();
    isRunning = true;
    await until('the missed notification', () => seen.length === 2);
    client.dispose();

    expect(seen).toEqual(['first', 'missed']);
  });

  test('disconnects a client that does not read', async () => {
    await start({ LIVE_BUFFER_BYTES: '500000' });
    const socket = await stalledClient();
    const gone = once(socket, 'close');
    const reader = await subscribe({ query: notificationAdded });
    const written = 120;
    for (let count = 0; count < written; count += 1) write('x'.repeat(100_000));
    await reader.first(written);
    socket.resume();
    await gone;

    expect(socket.bytesRead).toBeLessThan(written * 100_000);
  });

  test('stops although a client does not read', async () => {
    await start({ LIVE_BUFFER_BYTES: '50000000' });
    const socket = await stalledClient();
    const reader = await subscribe({ query: notificationAdded });
    const written = 120;
    for (let count = 0; count < written; count += 1) write('x'.repeat(100_000));
    await reader.first(written);
    await router.stop();

    expect(socket.bytesRead).toBeLessThan(written * 100_000);
    socket.destroy();
    await start();
  });

  test('disconnects a client that does not read after its stream has ended', async () => {
    await start({ LIVE_BUFFER_BYTES: '50000000' });
    const socket = await stalledClient({ goodFor: '4s' });
    const reader = await subscribe({ query: notificationAdded });
    const written = 15;
    for (let count = 0; count < written; count += 1) write('x'.repeat(1_000_000));
    await reader.first(written);
    await until('the router to disconnect', () => {
      // Writing to a closed connection destroys the socket.
      socket.write('\r\n');
      return socket.destroyed;
    });

    expect(socket.bytesRead).toBeLessThan(written * 1_000_000);
  });
});
