import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Customer, registerCustomer } from '../../test/customer.ts';
import type { Stage } from './stage.ts';
import { insist } from './wait.ts';

/** Customers who act over HTTP, and what they were told. */
export interface Load {
  readonly customers: readonly Customer[];
  /** The ids of orders that were answered with. */
  readonly acknowledged: Set<string>;
  /** How long each placeOrder took that was answered at the first time. */
  readonly latenciesMs: number[];
  /** How often a request met a fault and was repeated with its key. */
  faults: number;
  /** The ids of transfers that were answered with. */
  readonly transfers: Set<string>;
}

export async function newLoad(stage: Stage, count: number, deposit: string): Promise<Load> {
  const customers: Customer[] = [];
  for (let made = 0; made < count; made += 1) {
    const customer = await insist(() => registerCustomer(stage.url));
    await customer.deposit(deposit);
    customers.push(customer);
  }
  return { customers, acknowledged: new Set(), latenciesMs: [], faults: 0, transfers: new Set() };
}

/** Places one order and repeats it with its key until it is answered. */
export async function placeOrder(load: Load, customer: Customer, unitPrice: string): Promise<string> {
  const idempotencyKey = randomUUID();
  const id = await insist(async () => {
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
  /** So many at a time. */
  readonly clients: number;
  /** One act in so many is a transfer; none where it is 0. */
  readonly transferEvery: number;
  /** How long a client rests between two acts; not at all where it is not said. */
  readonly restMs?: number;
  /** Told after each act how many are done. */
  readonly done?: (acts: number) => void | Promise<void>;
  /** What orders cost, where that is not to be random. */
  readonly priceOf?: (act: number) => string;
}

const tellEvery = 1_000;

/** Orders and transfers of random customers and amounts, some of which no balance covers. */
export async function act(
  stage: Stage,
  load: Load,
  { count, clients, transferEvery, done, priceOf, restMs }: Acts,
): Promise<void> {
  const { random } = stage;
  const acts = Array.from({ length: count }, (_, place) => {
    const customer = random.pick(load.customers);
    const other = random.pick(load.customers.filter((one) => one !== customer || load.customers.length === 1));
    const amount = (random.between(1, 3_000) / 100).toFixed(2);
    return { place, customer, other, amount, transfers: transferEvery > 0 && random.between(1, transferEvery) === 1 };
  }).values();
  let finished = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const { place, customer, other, amount, transfers } of acts) {
        if (transfers) await transfer(load, customer, other, amount);
        else await placeOrder(load, customer, priceOf?.(place) ?? amount);
        finished += 1;
        if (finished % tellEvery === 0) stage.say(`${finished} of ${count} done, ${load.faults} requests repeated`);
        await done?.(finished);
        if (restMs !== undefined) await delay(restMs);
      }
    }),
  );
}

/**
 * Moves money to another customer, where the balance covers it, and repeats that with its key until it is answered.
 * Every other transfer is made on a quote, as the console makes them.
 */
export async function transfer(load: Load, from: Customer, to: Customer, amount: string): Promise<void> {
  const idempotencyKey = randomUUID();
  const [source, target] = await Promise.all([insist(() => from.account('USD')), insist(() => to.account('USD'))]);
  const asked = { fromAccountId: source.id, toAccountId: target.id, amount: { amount, currency: 'USD' } };
  const quoteId = load.transfers.size % 2 === 0 ? null : await insist(() => quoteFor(from, asked));
  const input = { ...asked, quoteId, idempotencyKey };
  const answer = await insist(async () => {
    try {
      return await from.ask<{ transfer: { transaction: { id: string } | null } }>(
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

async function quoteFor(customer: Customer, asked: object): Promise<string> {
  const { quoteTransfer } = await customer.ask<{ quoteTransfer: { quote: { id: string } } }>(
    'mutation ($input: TransferQuoteInput!) { quoteTransfer(input: $input) { quote { id } } }',
    { input: asked },
  );
  return quoteTransfer.quote.id;
}

/** The value that so much of the values are not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
