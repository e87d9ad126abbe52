import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { charactersOf } from './characters.ts';
import { type Manager, breaksUnique } from './database.ts';
import { isRefusal, refuse, type Refusal } from './refusal.ts';
import { isStorable } from './stored-text.ts';

/** The table that a subgraph keeps its keys in: a key belongs to a customer and a mutation. */
export const idempotencyTable = `
  create table idempotency (
    customer_id uuid not null,
    mutation text not null,
    key text not null check (length(key) between 1 and 255),
    input_hash bytea not null check (length(input_hash) = 32),
    result_id uuid not null,
    primary key (customer_id, mutation, key)
  )`;

const longestKey = 255;

export interface KeyedRequest {
  readonly customerId: string;
  readonly mutation: string;
  readonly key: string;
  /** The parsed input without the key. */
  readonly input: object;
}

type KeyRefusal = Refusal<'INVALID_IDEMPOTENCY_KEY' | 'IDEMPOTENCY_KEY_REUSED'>;

/**
 * Makes something at most once per key.
 *
 * The same key with the same input answers with what was made, as it stands now; with another input it is
 * refused. `make` has to call `rememberKey` in the transaction that makes the thing. A refusal by `make` stores
 * nothing; since it may have come of a twin that was made meanwhile, the key is looked up once more.
 */
export async function once<Made extends object, Code extends string>(
  em: Manager,
  request: KeyedRequest,
  find: (id: string) => Promise<Made>,
  make: () => Promise<Made | Refusal<Code>>,
): Promise<Made | Refusal<Code> | KeyRefusal> {
  const badKey = refusedKey(request.key);
  if (badKey !== null) return badKey;
  const before = await recall(em, request, find);
  if (before !== null) return before;
  try {
    const made = await make();
    return isRefusal(made) ? ((await recall(em, request, find)) ?? made) : made;
  } catch (error) {
    if (!breaksUnique(error, 'idempotency_pkey')) throw error;
    return (await recall(em, request, find))!;
  }
}

/** To be called in the transaction that makes the thing: a twin that is faster makes it fail as a whole. */
export async function rememberKey(em: Manager, request: KeyedRequest, resultId: string): Promise<void> {
  await keyInsert(request, resultId).execute(em.getKysely());
}

/** The same as a part of the statement that makes the thing. */
export function keyInsert(request: KeyedRequest, resultId: string): RawBuilder<unknown> {
  return sql`
    insert into idempotency (customer_id, mutation, key, input_hash, result_id)
    values (${request.customerId}, ${request.mutation}, ${request.key}, ${inputHash(request)}, ${resultId})`;
}

function refusedKey(key: string): Refusal<'INVALID_IDEMPOTENCY_KEY'> | null {
  if (key !== '' && charactersOf(key) <= longestKey && isStorable(key)) return null;
  return refuse('INVALID_IDEMPOTENCY_KEY', `The key must have 1 to ${longestKey} characters.`, [
    'input',
    'idempotencyKey',
  ]);
}

async function recall<Made>(
  em: Manager,
  request: KeyedRequest,
  find: (id: string) => Promise<Made>,
): Promise<Made | KeyRefusal | null> {
  const { rows } = await sql<{ inputHash: Buffer; resultId: string }>`
    select input_hash as "inputHash", result_id as "resultId" from idempotency
    where customer_id = ${request.customerId} and mutation = ${request.mutation} and key = ${request.key}
  `.execute(em.getKysely());
  const known = rows[0];
  if (known === undefined) return null;
  if (known.inputHash.equals(inputHash(request))) return await find(known.resultId);
  return refuse('IDEMPOTENCY_KEY_REUSED', 'This key was used before, with another input.', ['input', 'idempotencyKey']);
}

/** The same for equal inputs, whatever the order of their fields; amounts are told apart by value and scale. */
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
