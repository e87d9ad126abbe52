import { describe, expect, test } from '@jest/globals';
import { restClient } from '#test/rest-client.ts';
import { move, orders, place, router, start, testLiveUpdates } from '#test/router/live-router.ts';
import { until } from '#test/until.ts';
testLiveUpdates();

/** Reads an order with this preference. */
async function read(id: string, prefer: string) {
  const token = (await router.issuer.authorization({ userId: 'ada' })).slice('Bearer '.length);
  return await restClient(router.origin, token)(`/orders/${id}`, { headers: { prefer } });
}

/** The number of times that an order was read. */
const reads = () => router.subgraphs.order.received.length;

describe('Prefer: wait', () => {
  test('answers when an event says that the order is decided', async () => {
    await start();
    const id = place();
    const answer = read(id, 'wait=20');
    // The second read begins after the request follows the order.
    await until('the wait', () => reads() >= 2);
    move(id, 'PAID');

    expect(await answer).toMatchObject({ status: 200, body: { id, status: 'PAID' } });
    expect((await answer).headers.get('preference-applied')).toBe('wait=20');
  });

  test('answers after its time with the order as it is', async () => {
    await start();
    const id = place();
    const { body, headers } = await read(id, 'wait=1');

    expect([body!.status, headers.get('preference-applied')]).toEqual(['PENDING', 'wait=1']);
  });

  test('answers a decided order at once, with one read', async () => {
    await start();
    const { headers } = await read(place('REJECTED'), 'wait=20');

    expect([headers.get('preference-applied'), reads()]).toEqual([null, 1]);
  });

  test('is not applied without a server of live events, or beyond the number of waits', async () => {
    await start({ JOBS_LISTENER_DATABASE_URL: '' });
    expect((await read(place(), 'wait=20')).headers.get('preference-applied')).toBeNull();
    await router.stop();

    await start({ LIVE_STREAMS_PER_CUSTOMER: '1' });
    const id = place();
    const first = read(id, 'wait=20');
    await until('the wait', () => reads() >= 2);
    expect((await read(id, 'wait=20')).headers.get('preference-applied')).toBeNull();
    move(id, 'PAID');
    expect((await first).body).toMatchObject({ status: 'PAID' });
    expect((await read(place(), 'wait=1')).headers.get('preference-applied')).toBe('wait=1');
  });

  test('ends when the router stops: the client gets the order as it is', async () => {
    await start();
    const id = place();
    const answer = read(id, 'wait=20');
    await until('the wait', () => reads() >= 2);
    await router.stop();

    expect(await answer).toMatchObject({ status: 200, body: { status: orders.get(id)!.status } });
    // Each test ends with a router to stop.
    await start();
  });

  test('of another customer’s order does not wait', async () => {
    await start();
    expect((await read(place('PENDING', 'bob'), 'wait=20')).status).toBe(404);
  });
});
