import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Customer } from '#test/customer.ts';

/** An accepted order. Times are on the clock of `performance.now()`. */
export interface PlacedOrder {
  readonly id: string;
  /** When the request was due; the client may send it later. */
  readonly intendedMs: number;
  readonly answeredMs: number;
}

/** Customers who place orders over HTTP. */
export interface Clients {
  readonly placeOne: (intendedMs?: number) => Promise<PlacedOrder>;
  /** Each of `concurrency` clients sends its next order after the answer to the previous one. */
  readonly keepPlacing: (concurrency: number, seconds: number) => Promise<PlacedOrder[]>;
  /** Sends orders at a fixed rate, whether or not the previous ones are answered. */
  readonly placeAtRate: (perSecond: number, seconds: number) => Promise<PlacedOrder[]>;
  readonly close: () => Promise<void>;
}

const connections = 64;
const query =
  'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } userErrors { code message } } }';

export function openClients(url: string, customers: readonly Customer[]): Clients {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  let sent = 0;

  async function placeOne(intendedMs = performance.now()): Promise<PlacedOrder> {
    const { token } = customers[sent++ % customers.length]!;
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
    if (id === undefined) throw new Error(`the order was not accepted: ${text}`);
    return { id, intendedMs, answeredMs: performance.now() };
  }

  return {
    placeOne,
    keepPlacing: async (concurrency, seconds) => {
      const endMs = performance.now() + seconds * 1_000;
      const placed: PlacedOrder[] = [];
      const client = async () => {
        while (performance.now() < endMs) placed.push(await placeOne());
      };
      await Promise.all(Array.from({ length: concurrency }, client));
      return placed;
    },
    placeAtRate: async (perSecond, seconds) => {
      const beganMs = performance.now();
      const pending: Promise<PlacedOrder>[] = [];
      for (let index = 0; index < perSecond * seconds; index += 1) {
        const intendedMs = beganMs + (index / perSecond) * 1_000;
        const earlyMs = intendedMs - performance.now();
        if (earlyMs > 0) await delay(earlyMs);
        pending.push(placeOne(intendedMs));
      }
      return await Promise.all(pending);
    },
    close: async () => await pool.close(),
  };
}

interface Answer {
  readonly data?: { readonly placeOrder: { readonly order: { readonly id: string } | null } };
}
