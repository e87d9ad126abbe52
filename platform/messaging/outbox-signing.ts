import { sql } from 'kysely';
import { z } from 'zod';
import { unnestRows } from '../postgres/batch-rows.ts';
import type { Manager } from '../postgres/database.ts';
import { readRows, type RowSchema } from '../postgres/read-rows.ts';
import type { JobKeys } from './job-keys.ts';
import { type Signatures, signaturesOf } from './outbox.ts';
import { payloadColumn } from './outbox-columns.ts';
import type { OutboxKinds } from './outbox-kind.ts';

/** The number of rows that one statement reads or signs. */
const batch = 900;

interface UnsignedRow {
  readonly id: bigint;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const unsignedRow = z.object({
  id: z.bigint(),
  kind: z.string(),
  payload: payloadColumn,
}) satisfies RowSchema<UnsignedRow>;

const signedRow = unsignedRow.extend({ signatures: z.unknown() });

/** Signs the rows that a process of an earlier release has committed without a signature. */
export async function signUnsigned(em: Manager, keys: JobKeys, kinds: OutboxKinds): Promise<void> {
  for (;;) {
    const statement = sql`
      select id, kind, payload from outbox where signatures is null order by id limit ${batch}`;
    const rows = await readRows(em, unsignedRow, statement);
    if (rows.length > 0) await writeSignatures(em, keys, kinds, rows);
    if (rows.length < batch) return;
  }
}

/** Signs the rows whose signatures do not match the current keys: the keys may have changed since the last start. */
export async function signStale(em: Manager, keys: JobKeys, kinds: OutboxKinds): Promise<void> {
  for (let lastId = 0n; ;) {
    const statement = sql`
      select id, kind, payload, signatures from outbox where id > ${lastId} order by id limit ${batch}`;
    const rows = await readRows(em, signedRow, statement);
    const stale = rows.filter((row) => textOf(row.signatures) !== textOf(newSignatures(keys, kinds, row)));
    if (stale.length > 0) await writeSignatures(em, keys, kinds, stale);
    if (rows.length < batch) return;
    lastId = rows.at(-1)!.id;
  }
}

async function writeSignatures(
  em: Manager,
  keys: JobKeys,
  kinds: OutboxKinds,
  rows: readonly UnsignedRow[],
): Promise<void> {
  const signed = rows.map((row) => ({ id: row.id, signatures: newSignatures(keys, kinds, row) }));
  await sql`
    update outbox set signatures = signed.signatures
    from ${unnestRows('signed', signed, { id: 'bigint', signatures: 'jsonb' })}
    where outbox.id = signed.id
  `.execute(em.getKysely());
}

/** Empty for a kind that this release does not know, or that another subgraph commits; the relay reports those. */
function newSignatures(keys: JobKeys, kinds: OutboxKinds, row: UnsignedRow): Signatures {
  const contract = Object.hasOwn(kinds, row.kind) ? kinds[row.kind] : undefined;
  return contract?.by === keys.own ? signaturesOf(keys, row, contract) : {};
}

/** A text that is equal for equal signatures, in whichever order their subgraphs are. */
const textOf = (signatures: unknown) =>
  signatures === null ? '' : JSON.stringify(Object.entries(Object(signatures)).map(String).toSorted());
