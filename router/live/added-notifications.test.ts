import { describe, expect, test } from '@jest/globals';
import {
  codes,
  notificationAdded,
  publisher,
  router,
  start,
  subjects,
  subscribe,
  testLiveUpdates,
  write,
} from '#test/router/live-router.ts';
import { type StreamRequest } from '#test/event-stream.ts';
import { until } from '#test/until.ts';
testLiveUpdates();

describe('notificationAdded', () => {
  test('sends each new notification once, in order', async () => {
    await start();
    write('before', { publishes: false });
    const stream = await subscribe({ query: notificationAdded });
    const first = write('first');
    publisher.publish([{ kind: 'notification-added', customerId: 'ada', notificationId: first }]);
    write('for Bob', { owner: 'bob' });
    write('second');
    await stream.first(2);

    expect(subjects(stream)).toEqual(['first', 'second']);
  });

  const resumptions: [how: string, request: (id: string) => [StreamRequest, { headers?: object }]][] = [
    ['a header', (id) => [{ query: notificationAdded }, { headers: { 'last-event-id': id } }]],
    ['an extension', (lastEventId) => [{ query: notificationAdded, extensions: { lastEventId } }, {}]],
  ];

  test.each(resumptions)('sends a client that resumes by %s what it missed, once', async (_how, requestOf) => {
    await start();
    const stream = await subscribe({ query: notificationAdded });
    write('first');
    const [first] = await stream.first(1);
    stream.close();
    const times = Array.from({ length: 12 }, (_, index) => new Date(Date.now() + index));
    // One of them becomes visible late: its time lies before that of what was sent.
    write('late', { createdAt: new Date(Date.now() - 1_000) });
    for (const createdAt of times) write(`missed at ${createdAt.getTime()}`, { createdAt });
    const resumed = await subscribe(...requestOf(first!.extensions!.lastEventId!));
    await resumed.first(13);
    write('last', { createdAt: new Date(Date.now() + 1_000) });
    await resumed.first(14);

    expect(subjects(resumed)).toEqual(['late', ...times.map((time) => `missed at ${time.getTime()}`), 'last']);
  });

  test('resumes a client that received nothing from where it began', async () => {
    await start();
    write('before', { publishes: false });
    const stream = await subscribe({ query: notificationAdded });
    const begin = stream.headers.get('last-event-id')!;
    await until('the first line', () => stream.text().startsWith(`id: ${begin}\n\n`));
    stream.close();
    write('missed', { publishes: false });
    const resumed = await subscribe({ query: notificationAdded, extensions: { lastEventId: begin } });
    await resumed.first(1);

    expect(subjects(resumed)).toEqual(['missed']);
  });

  test('finds a notification without an event', async () => {
    await start({ LIVE_RECHECK_S: '1' });
    const stream = await subscribe({ query: notificationAdded });
    write('untold', { publishes: false });
    await stream.first(1);

    expect(subjects(stream)).toEqual(['untold']);
  });

  test('refuses an id of another event', async () => {
    await start();
    const stream = await subscribe({ query: notificationAdded }, { headers: { 'last-event-id': 'PAID' } });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['BAD_USER_INPUT']]);
  });

  test('refuses to resume a client that missed too many', async () => {
    await start();
    for (let count = 0; count <= 1_000; count += 1) write('old', { publishes: false });
    const stream = await subscribe({ query: notificationAdded }, { headers: { 'last-event-id': '0.' } });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['BAD_USER_INPUT']]);
  });

  test('continues after the subgraph was unavailable', async () => {
    await start();
    const stream = await subscribe({ query: notificationAdded });
    write('before');
    await stream.first(1);
    router.subgraphs.notification.misbehave((reply) => reply.raw.writeHead(500).end());
    const readBefore = router.subgraphs.notification.received.length;
    write('meanwhile');
    await until('a read that fails', () => router.subgraphs.notification.received.length > readBefore);
    router.subgraphs.notification.misbehave(null);
    await stream.first(2);

    expect(subjects(stream)).toEqual(['before', 'meanwhile']);
  });
});
