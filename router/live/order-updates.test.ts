import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import {
  codes,
  listeners,
  move,
  onDatabase,
  opened,
  orders,
  orderUpdated,
  place,
  publisher,
  router,
  start,
  statuses,
  subscribe,
  testLiveUpdates,
} from '#test/router/live-router.ts';
import { until } from '#test/until.ts';
testLiveUpdates();

describe('orderUpdated', () => {
  test('sends the order at once and at each change, and ends at a final status', async () => {
    await start();
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    publisher.publish([{ kind: 'order-changed', customerId: 'ada', orderId: id }]);
    move(id, 'REFUNDING');
    await stream.first(2);
    move(id, 'REFUNDED');

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'REFUNDING', 'REFUNDED']);
    expect(stream.events().map(({ event, id: eventId }) => [event, eventId])).toEqual([
      ['next', 'PENDING'],
      ['next', 'REFUNDING'],
      ['next', 'REFUNDED'],
      ['complete', null],
    ]);
  });

  test.each(['PAID', 'REJECTED', 'REFUNDED'])('sends a final status, %s, and ends', async (status) => {
    await start();
    const stream = await subscribe({ query: orderUpdated, variables: { id: place(status) } });

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual([status]);
  });

  test('treats another customer’s order as nonexistent', async () => {
    await start();
    const seen = [];
    for (const id of [place('PENDING', 'bob'), randomUUID(), 'no id']) {
      const stream = await subscribe({ query: orderUpdated, variables: { id } });
      expect(await stream.ended()).toBe('complete');
      seen.push(stream.text());
    }

    expect(new Set(seen).size).toBe(1);
    expect(opened[0]!.results()).toEqual([
      {
        data: null,
        errors: [
          {
            message: 'This order does not exist or is not yours.',
            path: ['orderUpdated'],
            extensions: { code: 'NOT_FOUND' },
          },
        ],
      },
    ]);
  });

  test('reads nothing when another customer’s order changes', async () => {
    await start();
    const [id, other] = [place(), place('PENDING', 'bob')];
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    const readBefore = router.subgraphs.order.received.length;
    move(other, 'REFUNDING');
    publisher.publish([{ kind: 'order-changed', customerId: 'bob', orderId: id }]);
    const bobs = await subscribe({ query: orderUpdated, variables: { id: other } }, { userId: 'bob' });
    move(other, 'PAID');
    await bobs.ended();

    expect(router.subgraphs.order.received.length - readBefore).toBe(bobs.results().length);
  });

  test('keeps the client’s names, fragments and variables, and adds no field', async () => {
    await start();
    const id = place('PAID');
    const stream = await subscribe({
      query: `query Q { viewer { name } }
        subscription S($order: ID!, $short: Boolean!) { mine: orderUpdated(id: $order) { ...Parts } }
        fragment Parts on Order { number: id status @skip(if: $short) }`,
      operationName: 'S',
      variables: { order: id.toUpperCase(), short: true },
    });
    orders.set(id.toUpperCase(), { owner: 'ada', status: 'PAID' });

    expect(await stream.ended()).toBe('complete');
    expect(codes(stream)).toEqual([['NOT_FOUND']]);
    const again = await subscribe({
      query:
        'subscription ($order: ID!) { mine: orderUpdated(id: $order) { ...Parts } } fragment Parts on Order { number: id }',
      variables: { order: id },
    });
    await again.ended();
    expect(again.results().map(({ data }) => data)).toEqual([{ mine: { number: id } }]);
  });

  test('keeps aliases that equal other fields’ names, and refuses numbers that JSON rounds', async () => {
    await start();
    const id = place('PAID');
    const stream = await subscribe({
      query: `subscription ($representations: ID!) {
        id: orderUpdated(id: $representations) { id: status __typename: id status: transactions { id: kind } }
      }`,
      variables: { representations: id },
    });
    const [result] = await stream.first(1);
    expect(result?.data).toEqual({ id: { id: 'PAID', __typename: id, status: null } });
    expect(result?.errors?.map(({ path }) => path)).toEqual([['id', 'status']]);

    const rounded = await subscribe({ query: orderUpdated, variables: { id: 9_007_199_254_740_992 } });
    expect(await rounded.ended()).toBe('complete');
    expect(rounded.results()[0]?.errors?.[0]).toMatchObject({
      message: expect.stringContaining('"$id"'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('reports a failed field with its path', async () => {
    await start();
    const id = place('PAID');
    const stream = await subscribe({
      query: 'subscription ($id: ID!) { mine: orderUpdated(id: $id) { id transactions { kind } } }',
      variables: { id },
    });
    await stream.ended();

    expect(stream.results()).toMatchObject([
      {
        data: { mine: { id, transactions: null } },
        errors: [{ path: ['mine', 'transactions'], extensions: { code: 'SERVICE_UNAVAILABLE' } }],
      },
    ]);
  });

  test('does not repeat the last status to a client that resumes', async () => {
    await start();
    const id = place('PENDING');
    const stream = await subscribe(
      { query: orderUpdated, variables: { id } },
      { headers: { 'last-event-id': 'PENDING' } },
    );
    move(id, 'PAID');
    await stream.ended();

    expect(statuses(stream)).toEqual(['PAID']);
  });

  test('finds a change without an event', async () => {
    await start({ LIVE_RECHECK_S: '1' });
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    orders.get(id)!.status = 'PAID';

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'PAID']);
  });

  test('reads again after the connection for events was lost', async () => {
    await start();
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    orders.get(id)!.status = 'PAID';
    const [listener] = await listeners();
    await onDatabase(`select pg_terminate_backend(${listener!.pid})`);

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'PAID']);
  });

  test('continues after the subgraph was unavailable', async () => {
    await start();
    const id = place();
    const stream = await subscribe({ query: orderUpdated, variables: { id } });
    await stream.first(1);
    router.subgraphs.order.misbehave((reply) => reply.raw.writeHead(500).end());
    const readBefore = router.subgraphs.order.received.length;
    move(id, 'PAID');
    await until('a read that fails', () => router.subgraphs.order.received.length > readBefore);
    router.subgraphs.order.misbehave(null);

    expect(await stream.ended()).toBe('complete');
    expect(statuses(stream)).toEqual(['PENDING', 'PAID']);
  });
});
