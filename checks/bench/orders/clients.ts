import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Customer } from '#test/customer.ts';

/** An order that was accepted; times are of `performance.now()`. */
export interface PlacedOrder {
  readonly id: string;
  /** When it was to be asked for, which may be before it was. */
  readonly intendedMs: number;
  readonly answeredMs: number;
}

/** Customers who place orders over HTTP. */
export interface Clients {
  readonly placeOne: (intendedMs?: number) => Promise<PlacedOrder>;
  /** So many at a time, each the next when the one before is answered. */
  readonly keepPlacing: (lanes: number, seconds: number) => Promise<PlacedOrder[]>;
  /** So many in a second, whether or not the ones before are answered. */
  readonly placeAtRate: (perSecond: number, seconds: number) => Promise<PlacedOrder[]>;
  readonly close: () => Promise<void>;
}

const connections = 64;
const query =
  'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message } } }';

export function openClients(url: string, customers: readonly Customer[]): Clients {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  let asked = 0;

  async function placeOne(intendedMs = performance.now()): Promise<PlacedOrder> {
    const { token } = customers[asked++ % customers.length]!;
    const unitPrice = { amount: '0.01', currency: 'USD' };
    const input = { productId: 'book', unitPrice, quantity: 1, idempotencyKey: randomUUID() };
    const { body } = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables: { input } }),
    });
    const text = await body.text();
    const id = (JSON.parse(text) as Answer).data?.placeOrder.order?.id;
    if (id === undefined) throw new Error(`an order was not taken: ${text}`);
    return { id, intendedMs, answeredMs: performance.now() };
  }

  return {
    placeOne,
    keepPlacing: async (lanes, seconds) => {
      const endMs = performance.now() + seconds * 1_000;
      const placed: PlacedOrder[] = [];
      const lane = async () => {
        while (performance.now() < endMs) placed.push(await placeOne());
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      return placed;
    },
    placeAtRate: async (perSecond, seconds) => {
      const beganMs = performance.now();
      const asked: Promise<PlacedOrder>[] = [];
      for (let place = 0; place < perSecond * seconds; place += 1) {
        const intendedMs = beganMs + (place / perSecond) * 1_000;
        const earlyMs = intendedMs - performance.now();
        if (earlyMs > 0) await delay(earlyMs);
        asked.push(placeOne(intendedMs));
      }
      return await Promise.all(asked);
    },
    close: async () => await pool.close(),
  };
}

interface Answer {
  readonly data?: { readonly placeOrder: { readonly order: { readonly id: string } | null } };
}
