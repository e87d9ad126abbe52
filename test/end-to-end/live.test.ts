import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWallet, NotificationAdded } from '../../clients/typescript/src/index.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { openStream, type OpenStream, type StreamRequest } from '#test/event-stream.ts';
import { queueServers, type QueueServer, warnWithoutRedis } from '#test/queue-servers.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';

warnWithoutRedis();

interface OrderUpdate {
  readonly orderUpdated: { readonly id: string; readonly status: string; readonly transactions: { kind: string }[] };
}

interface NotificationUpdate {
  readonly notificationAdded: {
    readonly id: string;
    readonly kind: string;
    readonly recipient: string;
    readonly order: { readonly status: string } | null;
  };
}

const orderUpdated = `subscription ($id: ID!) {
  orderUpdated(id: $id) { id status customer { name } transactions { kind } }
}`;
const notificationAdded = 'subscription { notificationAdded { id kind recipient order { status } } }';

/** Longer than the tests that use one customer's token take. */
const tokenTtlS = 60;

/** Streams poll only once an hour, so every update in these tests was pushed. */
const pushOnly = { LIVE_RECHECK_S: '3600' };

describe.each(queueServers)('live updates of the whole system with its jobs on %s', (_name, startServer) => {
  let server: QueueServer;
  let system: TestSystem;
  /** A customer whose token expires while the other tests run. */
  let expiring: Customer;
  let expiringStream: OpenStream;

  beforeAll(async () => {
    server = await startServer();
    const redis = 'redisUrl' in server.address ? { REDIS_URL: server.address.redisUrl } : {};
    system = await startSystem({ ...pushOnly, ...redis, ACCESS_TOKEN_TTL_S: String(tokenTtlS) });
    expiring = await registerCustomer(system.url);
    expiringStream = await subscribe(expiring, { query: notificationAdded });
  });
  afterAll(async () => {
    await system.stop();
    await server.stop();
  });

  const subscribe = async ({ token }: Customer, request: StreamRequest) =>
    await openStream(system.origins.router, request, { authorization: `Bearer ${token}` });

  const orders = (stream: OpenStream) =>
    stream.results().map(({ data }) => (data as unknown as OrderUpdate).orderUpdated);

  const notifications = (stream: OpenStream) =>
    stream.results().map(({ data }) => (data as unknown as NotificationUpdate).notificationAdded);

  const codes = (stream: OpenStream) =>
    stream.results().flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.code));

  const signalJobs = (signal: NodeJS.Signals) => process.kill(system.processes.get('jobs')!.pid(), signal);

  /** Suspends the jobs while work sets up an observer of their effects. */
  async function whileJobsStopped<Result>(work: () => Promise<Result>): Promise<Result> {
    signalJobs('SIGSTOP');
    try {
      return await work();
    } finally {
      signalJobs('SIGCONT');
    }
  }

  async function refund(customer: Customer, orderId: string): Promise<void> {
    const input = { orderId, idempotencyKey: randomUUID() };
    await customer.request(
      'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { userErrors { code } } }',
      {
        input,
      },
    );
  }

  async function send(from: Customer, to: Customer, amount: string): Promise<void> {
    const input = {
      fromAccountId: (await from.account('USD')).id,
      toAccountId: (await to.account('USD')).number,
      amount: { amount, currency: 'USD' },
      idempotencyKey: randomUUID(),
    };
    await from.request('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', {
      input,
    });
  }

  test('an order changes from pending to paid, and from refunding to refunded', async () => {
    const ada = await registerCustomer(system.url);
    await ada.balance();
    const { id, paying } = await whileJobsStopped(async () => {
      const { order } = await ada.placeOrder({ unitPrice: '10.00' });
      const stream = await subscribe(ada, { query: orderUpdated, variables: { id: order!.id } });
      await stream.first(1);
      return { id: order!.id, paying: stream };
    });
    expect(await paying.ended()).toBe('complete');
    const refunding = await whileJobsStopped(async () => {
      await refund(ada, id);
      const stream = await subscribe(ada, { query: orderUpdated, variables: { id } });
      await stream.first(1);
      return stream;
    });
    expect(await refunding.ended()).toBe('complete');

    expect(orders(paying)).toEqual([
      { id, status: 'PENDING', customer: { name: 'Ada' }, transactions: [] },
      { id, status: 'PAID', customer: { name: 'Ada' }, transactions: [{ kind: 'ORDER_PAYMENT' }] },
    ]);
    expect(orders(refunding)).toMatchObject([
      { status: 'REFUNDING', transactions: [{ kind: 'ORDER_PAYMENT' }] },
      { status: 'REFUNDED', transactions: [{ kind: 'ORDER_PAYMENT' }, { kind: 'REFUND' }] },
    ]);
  });

  test('notifications of orders and transfers are pushed to their own customer', async () => {
    const [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
    const [adas, bobs] = [
      await subscribe(ada, { query: notificationAdded }),
      await subscribe(bob, { query: notificationAdded }),
    ];
    await ada.placeOrder({ unitPrice: '10.00' });
    await adas.first(1);
    await ada.placeOrder({ unitPrice: '1000.00' });
    await adas.first(2);
    await send(ada, bob, '5.00');
    await bobs.first(1);

    expect(notifications(adas)).toMatchObject([
      { kind: 'ORDER_PAID', recipient: ada.email, order: { status: 'PAID' } },
      { kind: 'ORDER_REJECTED', recipient: ada.email, order: { status: 'REJECTED' } },
    ]);
    expect(notifications(bobs)).toMatchObject([{ kind: 'TRANSFER_RECEIVED', recipient: bob.email, order: null }]);
    for (const stream of [adas, bobs]) stream.close();
  });

  test('a client that reconnects gets the missed updates without duplicates', async () => {
    const [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
    const before = await subscribe(bob, { query: notificationAdded });
    await send(ada, bob, '1.00');
    const [{ extensions }] = (await before.first(1)) as [{ extensions: { lastEventId: string } }];
    before.close();
    for (let count = 0; count < 3; count += 1) await send(ada, bob, '1.00');
    const readNotifications = async () =>
      await bob.request<{ viewer: { notifications: { nodes: { id: string }[] } } }>(
        '{ viewer { notifications { nodes { id } } } }',
      );
    await until('all messages', async () => (await readNotifications()).viewer.notifications.nodes.length === 4);
    const after = await subscribe(bob, { query: notificationAdded, extensions });
    await after.first(3);
    await send(ada, bob, '1.00');
    await after.first(4);
    after.close();

    const seen = [...notifications(before), ...notifications(after)].map(({ id }) => id);
    const { viewer } = await readNotifications();
    expect(seen).toEqual(viewer.notifications.nodes.map(({ id }) => id).toReversed());
  });

  test('another customer’s order is answered like one that does not exist', async () => {
    const [ada, eve] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Eve')];
    const { order } = await ada.placeOrder({ unitPrice: '10.00' });
    const answers = [];
    for (const id of [order!.id, randomUUID()]) {
      const stream = await subscribe(eve, { query: orderUpdated, variables: { id } });
      expect(await stream.ended()).toBe('complete');
      expect(codes(stream)).toEqual(['NOT_FOUND']);
      answers.push(stream.text());
    }

    expect(answers[0]).toBe(answers[1]);
  });

  test('an expired token ends the stream, and cannot open another', async () => {
    expect(await expiringStream.ended(tokenTtlS * 1_000)).toBe('complete');
    expect(codes(expiringStream)).toEqual(['UNAUTHENTICATED']);
    const again = await subscribe(expiring, { query: notificationAdded });
    expect(again.status).toBe(401);
  });

  test('no update is lost when the router is killed and restarted', async () => {
    const [ada, bob] = [await registerCustomer(system.url), await registerCustomer(system.url, 'Bob')];
    const before = await subscribe(bob, { query: notificationAdded });
    const lastEventId = before.headers.get('last-event-id')!;
    const typed = typedStream(system.origins.router, bob);
    await until('the stream of the typed client', () => typed.connections() === 1);
    await send(ada, bob, '1.00');
    await until('its first event', () => typed.amounts.length === 1);
    typed.gate.isOpen = false;
    system.kill('router');
    expect(await before.ended()).toBe('broken off');
    await until(
      'the router',
      async () => (await fetch(`${system.management.router}/health/ready`).catch(() => null))?.ok,
    );
    await send(ada, bob, '2.00');
    const after = await subscribe(bob, { query: notificationAdded, extensions: { lastEventId } });
    await after.first(2);
    after.close();
    typed.gate.isOpen = true;
    await until('the second event', () => typed.amounts.length === 2);

    expect(notifications(after)).toMatchObject([{ kind: 'TRANSFER_RECEIVED' }, { kind: 'TRANSFER_RECEIVED' }]);
    expect(typed.amounts).toEqual(['1.00', '2.00']);
    expect(typed.connections()).toBeGreaterThanOrEqual(2);
    await expect(typed.stop()).rejects.toThrow('enough');
  });
});

/** Follows the notifications of a customer with the typed client. It cannot connect while its gate is closed. */
function typedStream(origin: string, { token }: Customer) {
  const gate = { isOpen: true };
  const wallet = createWallet({
    origin,
    auth: { token: async () => token, replacementFor: async () => null },
    retry: { firstPauseMs: 20, longestPauseMs: 500 },
    fetch: async (input, init) => {
      if (!gate.isOpen) throw new TypeError('the gate is closed');
      return await fetch(input, init);
    },
  });
  const amounts: (string | undefined)[] = [];
  let connections = 0;
  const leaving = new AbortController();
  const options = { signal: leaving.signal, onConnected: () => (connections += 1) };
  const reading = (async () => {
    for await (const { data } of wallet.subscribe(NotificationAdded, {}, options)) {
      amounts.push(data.notificationAdded.body.match(/\d+\.\d\d/)?.[0]);
    }
  })();
  reading.catch(() => undefined);
  return {
    gate,
    amounts,
    connections: () => connections,
    stop: async () => {
      leaving.abort(new Error('enough'));
      await reading;
    },
  };
}
