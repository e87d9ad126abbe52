import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { errorText } from '#platform/log.ts';

/** The whole contract of a queue: what its jobs carry, and what becomes of those that fail. */
export interface QueueContract<Item = unknown> {
  readonly name: string;
  /** What its jobs are, and what is done with them: for the interface description. */
  readonly about: string;
  /** One of the many that a job carries: decoded for the worker, encoded to JSON for the queue. */
  readonly item: z.ZodType<Item>;
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

export const items = z.array(z.unknown()).min(1);

const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
/** Of 900 items, each of whose texts is as long as it may be. */
const mostBytes = 8 * 1024 * 1024;
const mostPackedCharacters = Math.ceil((mostBytes * 4) / 3);

/** Compressed: what a job of many items costs the queue on PostgreSQL goes with its length. */
const packedItems = z.codec(z.string(), items, {
  decode: (packed, { issues }) => {
    try {
      if (packed.length > mostPackedCharacters) throw new Error('its items are too long');
      const unpacked = brotliDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostBytes });
      return JSON.parse(unpacked.toString()) as unknown[];
    } catch (error) {
      issues.push({ code: 'custom', message: errorText(error), input: packed });
      return z.NEVER;
    }
  },
  encode: (unpacked) => brotliCompressSync(JSON.stringify(unpacked), quickly).toString('base64'),
});

/** Jobs get their ids from the queue: no duplicate is kept out by an id, each effect is idempotent by itself. */
export const payload = z.object({
  version: z.literal(2),
  items: packedItems.meta({ contentEncoding: 'base64', contentMediaType: 'application/x-brotli' }),
});

export type Payload = z.input<typeof payload>;

/** @throws where an item is not what the contract says: a fault of the program that enqueues it. */
export function encodePayload<Item>(contract: QueueContract<Item>, items: readonly Item[]): Payload {
  return z.encode(payload, { version: 2, items: items.map((item) => z.encode(contract.item, item)) });
}

export interface Decoded<Item> {
  readonly items: readonly Item[];
  readonly malformed: readonly { readonly outboxId: string | null; readonly reason: string }[];
}

/** @throws where the payload as a whole is of another version or shape. */
export function decodePayload<Item>(contract: QueueContract<Item>, data: unknown): Decoded<Item> {
  const results = payload.parse(data).items.map((item) => ({ item, result: contract.item.safeParse(item) }));
  return {
    items: results.flatMap(({ result }) => (result.success ? [result.data] : [])),
    malformed: results.flatMap(({ item, result }) =>
      result.success ? [] : [{ outboxId: outboxIdOf(item), reason: `malformed: ${z.prettifyError(result.error)}` }],
    ),
  };
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

/** Longer texts than people may give are not read. In UTF-16 code units, of which a character takes two at most. */
export const emailText = z.string().max(254);
export const nameText = z.string().max(2 * 200);
export const productIdText = z.string().max(2 * 200);
export const descriptionText = z.string().max(2 * 500);

export const currency = z.enum(['USD', 'EUR', 'CNY']);
