import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Customer, registerCustomer } from '../../test/customer.ts';
import type { Stage } from './stage.ts';
import { retry } from './wait.ts';

/** Customers who act over HTTP, and the answers they got. */
export interface Load {
  readonly customers: readonly Customer[];
  /** Ids of acknowledged orders. */
  readonly acknowledged: Set<string>;
  /** The duration of each placeOrder that succeeded. */
  readonly latenciesMs: number[];
  /** Number of requests that failed and were repeated with the same key. */
  faults: number;
  /** Ids of acknowledged transfers. */
  readonly transfers: Set<string>;
}

export async function newLoad(stage: Stage, count: number, deposit: string): Promise<Load> {
  const customers: Customer[] = [];
  for (let made = 0; made < count; made += 1) {
    const customer = await retry(() => registerCustomer(stage.url));
    await customer.deposit(deposit);
    customers.push(customer);
  }
  return { customers, acknowledged: new Set(), latenciesMs: [], faults: 0, transfers: new Set() };
}

/** Places an order, and repeats the request with the same key until it succeeds. @returns the order's id. */
export async function placeOrder(load: Load, customer: Customer, unitPrice: string): Promise<string> {
  const idempotencyKey = randomUUID();
  const id = await retry(async () => {
    const beganMs = performance.now();
    try {
      const { order } = await customer.placeOrder({ unitPrice, idempotencyKey });
      load.latenciesMs.push(performance.now() - beganMs);
      return order!.id;
    } catch (error) {
      load.faults += 1;
      throw error;
    }
  });
  load.acknowledged.add(id);
  return id;
}

export interface Acts {
  readonly count: number;
  /** Number of concurrent clients. */
  readonly clients: number;
  /** One act in this many is a transfer; 0 means none. */
  readonly transferEvery: number;
  /** The pause of a client between two acts; default: none. */
  readonly restMs?: number;
  /** Called after each act with the number of acts done. */
  readonly done?: (acts: number) => void | Promise<void>;
  /** The unit price of an order by act; default: random. */
  readonly priceOf?: (act: number) => string;
}

const logEvery = 1_000;

/** Makes orders and transfers of random customers and amounts; some exceed the balance. */
export async function act(
  stage: Stage,
  load: Load,
  { count, clients, transferEvery, done, priceOf, restMs }: Acts,
): Promise<void> {
  const { random } = stage;
  const acts = Array.from({ length: count }, (_, index) => {
    const customer = random.pick(load.customers);
    const other = random.pick(load.customers.filter((one) => one !== customer || load.customers.length === 1));
    const amount = (random.between(1, 3_000) / 100).toFixed(2);
    return { index, customer, other, amount, transfers: transferEvery > 0 && random.between(1, transferEvery) === 1 };
  }).values();
  let finished = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const { index, customer, other, amount, transfers } of acts) {
        if (transfers) await transfer(load, customer, other, amount);
        else await placeOrder(load, customer, priceOf?.(index) ?? amount);
        finished += 1;
        if (finished % logEvery === 0) stage.log(`${finished} of ${count} done, ${load.faults} requests repeated`);
        await done?.(finished);
        if (restMs !== undefined) await delay(restMs);
      }
    }),
  );
}

/**
 * Transfers money to another customer, and repeats the request with the same key until it is answered. A balance that
 * does not cover the amount is an answer too. Every second transfer uses a quote, as the console does.
 */
export async function transfer(load: Load, from: Customer, to: Customer, amount: string): Promise<void> {
  const idempotencyKey = randomUUID();
  const [source, target] = await Promise.all([retry(() => from.account('USD')), retry(() => to.account('USD'))]);
  const movement = { fromAccountId: source.id, toAccountId: target.id, amount: { amount, currency: 'USD' } };
  const quoteId = load.transfers.size % 2 === 0 ? null : await retry(() => quoteFor(from, movement));
  const input = { ...movement, quoteId, idempotencyKey };
  const answer = await retry(async () => {
    try {
      return await from.request<{ transfer: { transaction: { id: string } | null } }>(
        'mutation ($input: TransferInput!) { transfer(input: $input) { transaction { id } userErrors { code } } }',
        { input },
      );
    } catch (error) {
      load.faults += 1;
      throw error;
    }
  });
  if (answer.transfer.transaction !== null) load.transfers.add(answer.transfer.transaction.id);
}

async function quoteFor(customer: Customer, input: object): Promise<string> {
  const { quoteTransfer } = await customer.request<{ quoteTransfer: { quote: { id: string } } }>(
    'mutation ($input: TransferQuoteInput!) { quoteTransfer(input: $input) { quote { id } } }',
    { input: input },
  );
  return quoteTransfer.quote.id;
}

/** @param share between 0 and 1, such as 0.99. @returns the value below which that share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
