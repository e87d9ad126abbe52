import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';
import { isSignedBy, type JobKeys, signedText, signFor } from '#platform/messaging/job-keys.ts';
import { errorText } from '#platform/telemetry/log.ts';
import { rowKey } from '#platform/messaging/outbox-kind.ts';
import { type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { type OutboxKindName, outboxKinds } from '#subgraphs/outbox-kinds.ts';

/** The whole contract of a queue: what its jobs carry, and how failures are retried. */
export interface QueueContract<Item = unknown, Row extends RowSource = RowSource> {
  readonly name: string;
  /** What its jobs are, and what its worker does: for the interface description. */
  readonly about: string;
  /** The subgraph whose workers do its jobs. Each group can be a process of its own, with that subgraph's database. */
  readonly group: WorkerGroup;
  /** The outbox row that each item came of. It says who signs: the row's subgraph, or the worker that adds the job. */
  readonly row: Row;
  /** One item of the many in a job: decoded for the worker, encoded to JSON for the queue. Its metadata has an example. */
  readonly item: z.ZodType<Item>;
  readonly policy: RetryPolicy;
}

/** Each item is a row of this kind, signed by the subgraph that committed it: the relay has no keys. */
export interface RowKind<Kind extends OutboxKindName = OutboxKindName> {
  readonly kind: Kind;
}

/** Each item came of a row that has these fields as its key. The job is signed. */
export interface RowKey {
  readonly key: readonly string[];
}

/** Null if the items came of no row; their job is signed. */
export type RowSource = RowKind | RowKey | null;

/** Infers the types of a contract. */
export function defineQueue<Item, const Row extends RowSource>(
  contract: QueueContract<Item, Row>,
): QueueContract<Item, Row> {
  return contract;
}

/** The outbox row that an item came of, by the fields that are signed; null if it came of none. */
export function rowOf({ row }: QueueContract, item: unknown): { outboxId: string; key: string } | null {
  const { success, data } = z.object({ outboxId }).safeParse(item);
  if (row === null || !success) return null;
  const fields = 'kind' in row ? outboxKinds[row.kind].key : row.key;
  return { ...data, key: rowKey(fields, item as object) };
}

export interface RetryPolicy {
  /** How often a job is tried before it is given up; what it stood for comes again from its outbox. */
  readonly attempts: number;
  /** The wait before the second try; it doubles with each further one. */
  readonly backoffMs: number;
  /** How often an item that fails for a reason of its own is tried before it is dead-lettered. */
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
  if (isSignedByRow(contract.row) || keys === null) return encoded;
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
 * @param signers the subgraphs that may have signed the job.
 * @param keys of the subgraph that does the job.
 * @throws if the payload as a whole is of another version or shape.
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

export const currency = z.enum(currencies);
