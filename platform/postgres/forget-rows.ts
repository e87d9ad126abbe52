import { type RawBuilder, sql } from 'kysely';
import type { Manager } from './database.ts';

/** Rows that the product does not need any more, also those of customers who never come back. */
export interface ForgetRule {
  readonly table: string;
  readonly key: string;
  /** The condition of an old row. An index serves it. */
  readonly old: RawBuilder<unknown>;
  /** Leaves locked rows for the next time: other transactions lock several of them. The role must be able to lock rows. */
  readonly skipsLocked?: boolean;
}

const batch = 1_000;

/** Deletes old rows in short transactions, until none is left or the signal is aborted. */
export async function forgetRows(em: Manager, rules: readonly ForgetRule[], signal?: AbortSignal): Promise<void> {
  for (const rule of rules) {
    let deleted = batch;
    while (deleted === batch && !isAborted(signal)) deleted = await forgetBatch(em, rule);
  }
}

const isAborted = (signal: AbortSignal | undefined) => signal?.aborted === true;

/** The condition is checked again at the deletion: a session may have been used since the row was found. */
async function forgetBatch(em: Manager, { table, key, old, skipsLocked = false }: ForgetRule): Promise<number> {
  const lock = skipsLocked ? sql`for update skip locked` : sql``;
  const { numAffectedRows = 0n } = await sql`
    delete from ${sql.table(table)}
    where ${sql.ref(key)} in (select ${sql.ref(key)} from ${sql.table(table)} where ${old} limit ${batch} ${lock}) and ${old}
  `.execute(em.getKysely());
  return Number(numAffectedRows);
}
