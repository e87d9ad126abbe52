import { z } from 'zod';

/** The whole contract of a queue: what its jobs carry, and what becomes of those that fail. */
export interface QueueContract<Item = unknown> {
  readonly name: string;
  /** What its jobs are, and what is done with them: for the interface description. */
  readonly about: string;
  /** One of the many that a job carries: decoded for the worker, encoded to JSON for the queue. */
  readonly item: z.ZodType<Item> & { readonly shape: Readonly<Record<string, z.ZodType>> };
  readonly policy: RetryPolicy;
}

export interface RetryPolicy {
  /** How often a job is tried before it is given up; what it stood for comes again from its outbox. */
  readonly attempts: number;
  /** The wait before the second try; it doubles with each further one. */
  readonly backoffMs: number;
  /** How often an item that fails for a reason of its own is tried before it is set aside as a dead letter. */
  readonly attemptsOfItem: number;
}

/** About two minutes in all: longer than a restart of anything. */
export const standardPolicy: RetryPolicy = { attempts: 10, backoffMs: 250, attemptsOfItem: 3 };

/**
 * Items as rows below the names of their fields: repeated with every item, the names would be half of a job, and keep
 * the queue on PostgreSQL twice as long. Jobs get their ids from the queue: no duplicate is kept out by an id, each
 * effect is idempotent by itself.
 */
export const payload = z.object({
  version: z.literal(2),
  fields: z.array(z.string()).min(1),
  rows: z.array(z.array(z.unknown())).min(1),
});

export type Payload = z.infer<typeof payload>;

/** @throws where an item is not what the contract says: a fault of the program that enqueues it. */
export function encodePayload<Item>({ item: type }: QueueContract<Item>, items: readonly Item[]): Payload {
  const fields = Object.keys(type.shape);
  const rows = items.map((item) => {
    const encoded = z.encode(type, item) as Record<string, unknown>;
    return fields.map((field) => encoded[field]);
  });
  return { version: 2, fields, rows };
}

export interface Decoded<Item> {
  readonly items: readonly Item[];
  readonly malformed: readonly { readonly outboxId: string | null; readonly reason: string }[];
}

/** @throws where the payload as a whole is of another version or shape. */
export function decodePayload<Item>(contract: QueueContract<Item>, data: unknown): Decoded<Item> {
  const results = itemsIn(payload.parse(data)).map((item) => ({ item, result: contract.item.safeParse(item) }));
  return {
    items: results.flatMap(({ result }) => (result.success ? [result.data] : [])),
    malformed: results.flatMap(({ item, result }) =>
      result.success ? [] : [{ outboxId: outboxIdOf(item), reason: `malformed: ${z.prettifyError(result.error)}` }],
    ),
  };
}

/** Each by the names of its fields, encoded as it is. */
export function itemsIn({ fields, rows }: Payload): Record<string, unknown>[] {
  return rows.map((row) => Object.fromEntries(fields.map((field, place) => [field, row[place]])));
}

function outboxIdOf(item: unknown): string | null {
  return z.object({ outboxId }).safeParse(item).data?.outboxId ?? null;
}

export const outboxId = z
  .string()
  .regex(/^\d{1,19}$/)
  .describe('The outbox row that all this came of, to be closed at the end.');

const minorText = z
  .string()
  .regex(/^\d{1,18}$/)
  .describe("A whole number of minor units; as a string, since JSON's numbers are floats.");

export const minor = z.codec(minorText, z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

export const time = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (value) => value.toISOString(),
});

export const currency = z.enum(['USD', 'EUR', 'CNY']);
