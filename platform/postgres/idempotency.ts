import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { hasCharacters } from '../validation/characters.ts';
import { insertRowsInto, unnestRows } from './batch-rows.ts';
import { type Manager, breaksUnique } from './database.ts';
import { isRefusal, payload, refuse, type Refusal } from '../errors/refusal.ts';
import { bytes, columnsOfSchema, readRows, type RowSchema } from './read-rows.ts';
import { hashNewRows, rowHash } from './row-hash.ts';
import { isStorable } from '../graphql/stored-text.ts';

/** The table of a subgraph's idempotency keys. A key belongs to a customer and a mutation. */
export const idempotencyTable = `
  create table idempotency (
    customer_id uuid not null,
    mutation text not null,
    key text not null check (length(key) between 1 and 255),
    input_hash bytea not null check (length(input_hash) = 32),
    result_id uuid not null,
    primary key (customer_id, mutation, key)
  )`;

/** Statements that hash each new key, for `npm run verify`. They need `rowHashFunction`. */
export const keyHashes = hashNewRows('idempotency', [
  'new.customer_id::text',
  'new.mutation',
  `encode(new.input_hash, 'hex')`,
  'new.result_id::text',
  'new.key',
]);

/** The hash that the database computes for a new key. */
export function keyHash({ customerId, mutation, inputHash: hash, resultId, key }: KeyRow): Buffer {
  return rowHash([customerId, mutation, hash, resultId, key]);
}

export const longestKey = 255;

export interface KeyedRequest {
  readonly customerId: string;
  readonly mutation: string;
  readonly key: string;
  /** The parsed input without the key. */
  readonly input: object;
}

export type KeyRefusal = Refusal<'INVALID_IDEMPOTENCY_KEY' | 'IDEMPOTENCY_KEY_REUSED'>;

/** A result, and whether an earlier request with the same key made it. */
export type Keyed<Made> = Made & { readonly repeated?: true };

/** Returns the payload of a mutation with an idempotency key: `payload`, and whether the request is a repetition. */
export function keyedPayload<Name extends string, Made extends object, Code extends string>(
  name: Name,
  outcome: Keyed<Made> | Refusal<Code>,
) {
  const repeated = isRefusal(outcome) ? null : outcome.repeated === true;
  return { ...payload<Name, Made, Code>(name, outcome), repeated };
}

/**
 * Runs `make` at most once per key.
 *
 * The same key with the same input returns the earlier result in its current state, marked as repeated. The same key with another input is
 * refused. `make` calls `rememberKeys` in the transaction of its result. A refusal by `make` stores nothing. A
 * concurrent request with the same key may have caused the refusal, so the key is looked up again.
 */
export async function once<Made extends object, Code extends string>(
  em: Manager,
  request: KeyedRequest,
  find: (id: string) => Promise<Made>,
  make: () => Promise<Made | Refusal<Code>>,
): Promise<Keyed<Made> | Refusal<Code> | KeyRefusal> {
  const badKey = refusedKey(request.key);
  if (badKey !== null) return badKey;
  const before = await recall(em, request, find);
  if (before !== null) return before;
  try {
    const made = await make();
    return isRefusal(made) ? ((await recall(em, request, find)) ?? made) : made;
  } catch (error) {
    if (!breaksKey(error)) throw error;
    return (await recall(em, request, find))!;
  }
}

export function refusedKey(key: string): Refusal<'INVALID_IDEMPOTENCY_KEY'> | null {
  if (hasCharacters(key, 1, longestKey) && isStorable(key)) return null;
  return refuse('INVALID_IDEMPOTENCY_KEY', `The idempotency key must have 1 to ${longestKey} characters.`, [
    'input',
    'idempotencyKey',
  ]);
}

/** Whether a concurrent request stored the same key first. */
export function breaksKey(error: unknown): boolean {
  return breaksUnique(error, 'idempotency_pkey');
}

async function recall<Made extends object>(
  em: Manager,
  request: KeyedRequest,
  find: (id: string) => Promise<Made>,
): Promise<Keyed<Made> | KeyRefusal | null> {
  const known = (await recallKeys(em, [request])).resultOf(request);
  return known === null || isRefusal(known) ? known : { ...(await find(known.resultId)), repeated: true };
}

/** A request and the id of its result. */
export interface KeyedResult {
  readonly request: KeyedRequest;
  readonly resultId: string;
}

/** A row of the table. */
export interface KeyRow extends Pick<KeyedRequest, 'customerId' | 'mutation' | 'key'> {
  readonly inputHash: Buffer;
  readonly resultId: string;
}

/** The used keys, with their inputs and results. */
export class UsedKeys {
  readonly #rows: Map<string, KeyRow>;

  constructor(rows: readonly KeyRow[]) {
    this.#rows = new Map(rows.map((row) => [nameOf(row), row]));
  }

  /** The result of the key, or a refusal if it was used with another input. Null for a new key. */
  resultOf(request: KeyedRequest): { readonly resultId: string } | Refusal<'IDEMPOTENCY_KEY_REUSED'> | null {
    const used = this.#rows.get(nameOf(request));
    if (used === undefined) return null;
    if (used.inputHash.equals(inputHash(request))) return used;
    return refuse('IDEMPOTENCY_KEY_REUSED', 'This idempotency key was used before with another input.', [
      'input',
      'idempotencyKey',
    ]);
  }

  use({ request, resultId }: KeyedResult): void {
    this.#rows.set(nameOf(request), { ...request, inputHash: inputHash(request), resultId });
  }
}

const nameOf = ({ customerId, mutation, key }: Pick<KeyedRequest, 'customerId' | 'mutation' | 'key'>) =>
  `${customerId} ${mutation} ${key}`;

/** Reads the used keys among those of these requests. */
export async function recallKeys(em: Manager, requests: readonly KeyedRequest[]): Promise<UsedKeys> {
  const names = requests.map(({ customerId, mutation, key }) => ({ customerId, mutation, key }));
  const statement = sql`
    select ${columnsOfSchema(keyRow)} from ${unnestRows('request', names, keyName)}
    join idempotency using (customer_id, mutation, key)`;
  return new UsedKeys(await readRows(em, keyRow, statement));
}

const keyName = { customerId: 'uuid', mutation: 'text', key: 'text' } as const;

const keyRow = z.object({
  customerId: z.string(),
  mutation: z.string(),
  key: z.string(),
  inputHash: bytes,
  resultId: z.string(),
}) satisfies RowSchema<KeyRow>;

/**
 * Stores keys. The caller writes the results in the same transaction. The transaction fails if a concurrent request
 * stored one of the keys first. All callers write keys in the same order, so they do not deadlock.
 */
export async function rememberKeys(em: Manager, made: readonly KeyedResult[]): Promise<void> {
  await keysInsert(made).execute(em.getKysely());
}

/** Stores keys as a part of the statement that writes the results. */
export function keysInsert(made: readonly KeyedResult[]): RawBuilder<unknown> {
  const rows = made.map(({ request, resultId }): KeyRow => {
    const { customerId, mutation, key } = request;
    return { customerId, mutation, key, inputHash: inputHash(request), resultId };
  });
  const types = { ...keyName, inputHash: 'bytea', resultId: 'uuid' } as const;
  return sql`${insertRowsInto('idempotency', rows, types)} order by customer_id, mutation, key`;
}

/** Hashes an input independently of the order of its fields. Amounts that differ in value or scale hash differently. */
export function inputHash({ input }: Pick<KeyedRequest, 'input'>): Buffer {
  return createHash('sha256').update(canonical(input)).digest();
}

function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined && field !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`);
  return `{${fields.join(',')}}`;
}
