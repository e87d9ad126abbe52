import { beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { encodePayload, payload } from '#jobs/queues/contract.ts';
import { settleOrdersQueue } from '#jobs/workers/settle-orders.ts';
import { liveEventsChannel } from '#platform/messaging/events.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { itemsFault, messageFault } from '#test/described.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import type { Json } from '../../tools/json.ts';

let system: SystemAddresses;
let ada: Customer;

beforeAll(async () => {
  system = await sharedSystem();
  ada = await registerCustomer(system.url);
});

describe('the AsyncAPI document of the product', () => {
  const item = {
    outboxId: '1',
    orderId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
    customerId: '01a1fd28-33e3-71d0-97d5-49badbf8fee4',
    email: 'ada@example.com',
    name: 'Ada',
    productId: 'book',
    quantity: 2,
    currency: 'USD',
    totalMinor: 12_050n,
  } as const;

  test('describes the payload of a job', async () => {
    const packed = encodePayload(settleOrdersQueue, [item], null);
    const { items } = payload.parse(packed);

    expect(await messageFault(settleOrdersQueue.name, 'job', packed as Json)).toBeNull();
    expect(await itemsFault(settleOrdersQueue.name, items as Json[])).toBeNull();
  });

  test('refuses a job of another version', async () => {
    const packed = encodePayload(settleOrdersQueue, [item], null);

    expect(await messageFault(settleOrdersQueue.name, 'job', { ...packed, version: 1 } as Json)).not.toBeNull();
  });

  test.each<readonly [string, Json[]]>([
    ['without items', []],
    ['with an amount as a JSON number', [{ ...item, totalMinor: 12_050 }]],
  ])('refuses a job %s', async (_, items) => {
    expect(await itemsFault(settleOrdersQueue.name, items)).not.toBeNull();
  });

  test('describes a live event', async () => {
    const messages = await receivedDuring(system.databases.jobs, ada.id, async () => {
      const { order } = await ada.placeOrder({ unitPrice: '1.00' });
      await until('the order to be paid', async () => (await ada.order(order!.id))?.status === 'PAID');
    });
    const kinds = new Set(messages.flat().map(({ kind }) => kind));

    expect(kinds).toEqual(new Set(['order-changed', 'notification-added']));
    for (const message of messages) expect(await messageFault(liveEventsChannel, 'events', message)).toBeNull();
    expect(await messageFault(liveEventsChannel, 'events', [{ kind: 'order-changed' }])).not.toBeNull();
  });
});

type LiveMessage = { readonly kind: string; readonly [key: string]: string }[];

/** @returns the messages published until both kinds of events of a customer have arrived, with those of others. */
async function receivedDuring(jobsUrl: string, customer: string, act: () => Promise<void>): Promise<LiveMessage[]> {
  const messages: LiveMessage[] = [];
  const client = new Client({ connectionString: jobsUrl });
  await client.connect();
  try {
    client.on('notification', ({ payload }) => void messages.push(JSON.parse(payload!) as LiveMessage));
    await client.query(`listen ${liveEventsChannel}`);
    await act();
    const kindsOf = (events: LiveMessage) =>
      new Set(events.filter(({ customerId }) => customerId === customer).map(({ kind }) => kind));
    await until('both events', () => kindsOf(messages.flat()).size === 2);
    return messages;
  } finally {
    await client.end();
  }
}
