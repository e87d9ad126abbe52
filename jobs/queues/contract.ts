import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';
import { isSignedBy, type JobKeys, signedText, signFor } from '#platform/messaging/job-keys.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { rowKey } from '#platform/messaging/outbox-kind.ts';
import { type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { type OutboxKindName, outboxKinds } from '#subgraphs/outbox-kinds.ts';

/** The contract of a queue: what its jobs carry, and how often the worker retries them. */
export interface QueueContract<Item = unknown, Row extends RowSource = RowSource> {
  readonly name: string;
  /** What its jobs are, and what its worker does. The AsyncAPI document contains this text. */
  readonly about: string;
  /** The subgraph whose workers process its jobs. Each subgraph's workers can run in a separate process. */
  readonly group: WorkerGroup;
  /** The outbox row of each item. It determines the signer: the row's subgraph, or the worker that adds the job. */
  readonly row: Row;
  /** One item of a job: decoded for the worker, encoded to JSON for the queue. Its metadata has an example. */
  readonly item: z.ZodType<Item>;
  readonly policy: RetryPolicy;
}

/** Each item is a row of this kind. The subgraph that committed the row signed it, because the relay has no keys. */
export interface RowKind<Kind extends OutboxKindName = OutboxKindName> {
  readonly kind: Kind;
}

/** Each item belongs to a row that has these fields as its key. The worker that adds the job signs the job. */
export interface RowKey {
  readonly key: readonly string[];
}

/** Null if the items belong to no row. The worker that adds the job then signs the job. */
export type RowSource = RowKind | RowKey | null;

/** Infers the types of a contract. */
export function defineQueue<Item, const Row extends RowSource>(
  contract: QueueContract<Item, Row>,
): QueueContract<Item, Row> {
  return contract;
}

/** Returns the outbox row of an item, from the item's signed fields; null if it has none. */
export function rowOf({ row }: QueueContract, item: unknown): { outboxId: string; key: string } | null {
  const { success, data } = z.object({ outboxId }).safeParse(item);
  if (row === null || !success) return null;
  const fields = 'kind' in row ? outboxKinds[row.kind].key : row.key;
  return { ...data, key: rowKey(fields, item as object) };
}

export interface RetryPolicy {
  /** The number of attempts for a job. After the last one, the relay enqueues its outbox rows again. */
  readonly attempts: number;
  /** The wait before the second attempt. It doubles for each further attempt. */
  readonly backoffMs: number;
  /** The number of attempts for an item that fails alone. After the last one, the worker dead-letters it. */
  readonly attemptsOfItem: number;
  /** How many jobs of the queue a process does at once, if not two: for jobs that mostly wait. */
  readonly jobsAtOnce?: number;
}

/** The attempts last about two minutes, which is longer than the restart of any part. */
export const standardPolicy: RetryPolicy = { attempts: 10, backoffMs: 250, attemptsOfItem: 3 };

export const items = z.array(z.unknown()).min(1);

const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
/** The most items that the relay puts into one job. */
export const itemsPerJob = 900;

/** The largest size of a job: 900 items whose texts have their maximum length. */
const maxBytes = 8 * 1024 * 1024;
const maxPackedCharacters = Math.ceil((maxBytes * 4) / 3);

/** Compressed items. The cost of a job in PostgreSQL grows with its length. */
const packedItems = z.codec(z.string(), items, {
  decode: (packed, { issues }) => {
    try {
      if (packed.length > maxPackedCharacters) throw new Error('the items of the job are too long');
      const unpacked = brotliDecompressSync(Buffer.from(packed, 'base64'), { maxOutputLength: maxBytes });
      return JSON.parse(unpacked.toString()) as unknown[];
    } catch (error) {
      issues.push({ code: 'custom', message: errorText(error), input: packed });
      return z.NEVER;
    }
  },
  encode: (unpacked) => brotliCompressSync(JSON.stringify(unpacked), quickly).toString('base64'),
});

/** The data of a job. BullMQ assigns the id, so it prevents no duplicates. Instead, each effect is idempotent. */
export const payload = z.object({
  version: z.literal(2),
  signature: z
    .object({ by: z.enum(workerGroups), code: z.string() })
    .optional()
    .meta({
      description:
        'A message authentication code of the queue name and the items. The adding subgraph and the processing subgraph ' +
        'share its key. Absent if the items are rows of an outbox, which are signed one by one.',
    }),
  items: packedItems.meta({ contentEncoding: 'base64', contentMediaType: 'application/x-brotli' }),
});

export type Payload = z.input<typeof payload>;

/**
 * Encodes the items as the data of a job, and signs them where the contract requires it.
 *
 * @param keys of the subgraph whose worker adds the job; null for the relay, which signs nothing.
 * @throws if an item does not match the contract, which is a fault of the program that enqueues it.
 */
export function encodePayload<Item>(
  contract: QueueContract<Item>,
  items: readonly Item[],
  keys: JobKeys<WorkerGroup> | null,
): Payload {
  const encoded = z.encode(payload, { version: 2, items: items.map((item) => z.encode(contract.item, item)) });
  if (isSignedByRow(contract.row) || keys === null) return encoded;
  const code = signFor(keys, contract.group, jobText(contract, encoded.items));
  return { ...encoded, signature: { by: keys.own, code } };
}

const jobText = ({ name }: QueueContract, packed: string) => `job ${name}:${packed}`;

export interface Decoded<Item> {
  readonly items: readonly Item[];
  /** Signed items that do not match the contract. */
  readonly malformed: readonly { readonly item: unknown; readonly reason: string }[];
  /** The number of items without a valid signature. The worker touches neither them nor the rows that they name. */
  readonly unsigned: number;
}

/**
 * Decodes the data of a job, and checks its signatures.
 *
 * @param signers the subgraphs that may sign the job.
 * @param keys of the subgraph that processes the job.
 * @throws if the payload has another version or shape.
 */
export function decodePayload<Item>(
  { queue, signers }: { readonly queue: QueueContract<Item>; readonly signers: readonly WorkerGroup[] },
  data: unknown,
  keys: JobKeys,
): Decoded<Item> {
  const { items } = payload.parse(data);
  const { row } = queue;
  const isSigned = isSignedByRow(row) || isJobSigned(queue, data as Payload, signers, keys);
  const signed = items.filter((item) => (isSignedByRow(row) ? isRowSigned(row.kind, item, keys) : isSigned));
  const results = signed.map((item) => ({ item, result: queue.item.safeParse(item) }));
  return {
    items: results.flatMap(({ result }) => (result.success ? [result.data] : [])),
    malformed: results.flatMap(({ item, result }) =>
      result.success ? [] : [{ item, reason: `malformed: ${z.prettifyError(result.error)}` }],
    ),
    unsigned: items.length - signed.length,
  };
}

const isSignedByRow = (row: RowSource): row is RowKind => row !== null && 'kind' in row;

function isJobSigned(
  queue: QueueContract,
  { signature, items }: Payload,
  signers: readonly WorkerGroup[],
  keys: JobKeys,
): boolean {
  if (signature === undefined || !signers.includes(signature.by)) return false;
  return isSignedBy(keys, signature.by, jobText(queue, items), signature.code);
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
  .describe('For each subgraph that acts on the row: a code that proves which subgraph committed the row.');

export const outboxId = z
  .string()
  .regex(/^\d{1,19}$/)
  .describe('The outbox row of this item. The last worker of the chain closes it.');

const minorText = z
  .string()
  .regex(/^\d{1,18}$/)
  .describe('A whole number of minor units, as a string because JSON numbers are floats.');

export const minor = z.codec(minorText, z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (value) => value.toString(),
});

export const time = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (value) => value.toISOString(),
});

/** The limits for text from customers, in UTF-16 code units. A character takes at most two. */
export const emailText = z.string().max(254);
export const nameText = z.string().max(2 * 200);
export const productIdText = z.string().max(2 * 200);
export const descriptionText = z.string().max(2 * 500);

export const currency = z.enum(currencies);
