import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { isSignedBy, type JobKeys, signedText, signFor } from '#platform/messaging/job-keys.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { rowKey } from '#platform/messaging/outbox-kind.ts';
import { type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { type OutboxKindName, outboxKinds } from '#subgraphs/outbox-kinds.ts';

/** The whole contract of a queue: what its jobs carry, and what becomes of those that fail. */
export interface QueueContract<Item = unknown> {
  readonly name: string;
  /** What its jobs are, and what is done with them: for the interface description. */
  readonly about: string;
  /** The subgraph whose workers do its jobs: each group can be a process of its own, with that subgraph's database. */
  readonly group: WorkerGroup;
  /** Who has to have signed what its jobs carry. What is not signed is not done. */
  readonly signed: SignedRows | SignedJobs;
  /** One of the many that a job carries: decoded for the worker, encoded to JSON for the queue. */
  readonly item: z.ZodType<Item>;
  readonly policy: RetryPolicy;
}

/** Each item is a row of an outbox, of this kind, signed by the subgraph that committed it: the relay has no keys. */
export interface SignedRows {
  readonly rows: OutboxKindName;
}

/** Each job is signed by workers of one of these subgraphs, or by those that do it. */
export interface SignedJobs {
  readonly by: readonly WorkerGroup[];
  /** The fields that make the key of the outbox row that an item came of; not there where it came of none. */
  readonly rowKey?: readonly string[];
}

/** The row of the outbox that an item came of, by what is signed; null where it came of none. */
export function rowOf({ signed }: QueueContract, item: unknown): { outboxId: string; key: string } | null {
  const fields = 'rows' in signed ? outboxKinds[signed.rows].key : signed.rowKey;
  const { success, data } = z.object({ outboxId }).safeParse(item);
  return fields === undefined || !success ? null : { ...data, key: rowKey(fields, item as object) };
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
/** The most items that the relay puts into one job. */
export const itemsPerJob = 900;

/** Of so many items, each of whose texts is as long as it may be. */
const maxBytes = 8 * 1024 * 1024;
const maxPackedCharacters = Math.ceil((maxBytes * 4) / 3);

/** Compressed: what a job of many items costs the queue on PostgreSQL goes with its length. */
const packedItems = z.codec(z.string(), items, {
  decode: (packed, { issues }) => {
    try {
      if (packed.length > maxPackedCharacters) throw new Error('its items are too long');
      const unpacked = brotliDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: maxBytes });
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
  signature: z
    .object({ by: z.enum(workerGroups), code: z.string() })
    .optional()
    .meta({
      description:
        'A code over the name of the queue and the items, with the key that the subgraph that adds the job shares with ' +
        'the one that does it. Not there where the items are rows of an outbox, which are signed one by one.',
    }),
  items: packedItems.meta({ contentEncoding: 'base64', contentMediaType: 'application/x-brotli' }),
});

export type Payload = z.input<typeof payload>;

/**
 * @param keys of the subgraph whose worker adds the job; null for the relay, which signs nothing.
 * @throws where an item is not what the contract says: a fault of the program that enqueues it.
 */
export function encodePayload<Item>(
  contract: QueueContract<Item>,
  items: readonly Item[],
  keys: JobKeys<WorkerGroup> | null,
): Payload {
  const encoded = z.encode(payload, { version: 2, items: items.map((item) => z.encode(contract.item, item)) });
  if ('rows' in contract.signed || keys === null) return encoded;
  const code = signFor(keys, contract.group, jobText(contract, encoded.items));
  return { ...encoded, signature: { by: keys.own, code } };
}

const jobText = ({ name }: QueueContract, packed: string) => `job ${name}:${packed}`;

export interface Decoded<Item> {
  readonly items: readonly Item[];
  /** Items that are signed, and not what the contract says. */
  readonly malformed: readonly { readonly item: unknown; readonly reason: string }[];
  /** How many items were not signed: nothing is done about them, not even to the rows that they name. */
  readonly unsigned: number;
}

/**
 * @param keys of the subgraph that does the job.
 * @throws where the payload as a whole is of another version or shape.
 */
export function decodePayload<Item>(contract: QueueContract<Item>, data: unknown, keys: JobKeys): Decoded<Item> {
  const { items } = payload.parse(data);
  const signed = signedItems(contract, data as Payload, items, keys);
  const results = signed.map((item) => ({ item, result: contract.item.safeParse(item) }));
  return {
    items: results.flatMap(({ result }) => (result.success ? [result.data] : [])),
    malformed: results.flatMap(({ item, result }) =>
      result.success ? [] : [{ item, reason: `malformed: ${z.prettifyError(result.error)}` }],
    ),
    unsigned: items.length - signed.length,
  };
}

function signedItems(contract: QueueContract, data: Payload, items: readonly unknown[], keys: JobKeys) {
  const { signed } = contract;
  if ('rows' in signed) return items.filter((item) => isRowSigned(signed.rows, item, keys));
  const { signature } = data;
  if (signature === undefined || ![...signed.by, contract.group].includes(signature.by)) return [];
  return isSignedBy(keys, signature.by, jobText(contract, data.items), signature.code) ? items : [];
}

const signedItem = z.looseObject({ signatures: z.record(z.string(), z.string()) });

function isRowSigned(kind: OutboxKindName, item: unknown, keys: JobKeys): boolean {
  const { success, data } = signedItem.safeParse(item);
  if (!success) return false;
  return isSignedBy(keys, outboxKinds[kind].by, signedText(kind, outboxKinds[kind], data), data.signatures[keys.own]);
}

export const signatures = z
  .partialRecord(z.enum(workerGroups), z.string())
  .optional()
  .describe('For each subgraph that acts on the row, the code by which it knows who has committed it.');

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
