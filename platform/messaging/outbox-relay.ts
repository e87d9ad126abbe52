import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { asynchronousCommit } from '../postgres/asynchronous-commit.ts';
import { unnestRows } from '../postgres/batch-rows.ts';
import type { Manager } from '../postgres/database.ts';
import { readRow, readRows, type RowSchema } from '../postgres/read-rows.ts';
import type { Signatures } from './outbox.ts';
import { payloadColumn, signaturesColumn } from './outbox-columns.ts';

/** The statements with which the jobs process the rows of an outbox. */

/** A row as the relay reads it. */
export interface OutboxRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: Record<string, unknown>;
  readonly signatures: Signatures;
  readonly attempts: number;
  readonly traceparent: string | null;
}

/** The outcome of a row: done (`failure` is null), or dead-lettered with the reason. */
export interface OutboxOutcome {
  readonly outboxId: string;
  /** The key of the row. It is signed; the id is not. */
  readonly key: string;
  readonly failure: string | null;
}

export interface ClaimPolicy {
  /** The most rows that one claim returns. */
  readonly batch: number;
  /** The most rows that may be enqueued and not yet done. */
  readonly inFlight: number;
  readonly firstRetryS: number;
  readonly longestRetryS: number;
}

/**
 * Claims due rows, except those of held kinds and those without signatures. It postpones the next attempt of each row,
 * and doubles the delay each time. Several relays may claim rows concurrently: no row is claimed by two of them.
 *
 * @param heldKinds the kinds of rows whose queues are behind.
 */
export async function claimDue(
  em: Manager,
  policy: ClaimPolicy,
  heldKinds: readonly string[] = [],
): Promise<OutboxRow[]> {
  const statement = sql`
    with waiting as (
      select count(*) as rows, ${asynchronousCommit} from (
        select from outbox where failed_at is null and next_attempt_at > now() limit ${policy.inFlight}
      ) as in_flight
    ), due as (
      select id from outbox
      where failed_at is null and next_attempt_at <= now() and signatures is not null and kind <> all(${heldKinds}::text[])
      order by next_attempt_at, id
      limit (select least(${policy.batch}, ${policy.inFlight} - rows) from waiting)
      for update skip locked
    )
    update outbox set
      attempts = attempts + 1,
      next_attempt_at = now() + make_interval(secs =>
        least(${policy.longestRetryS}, ${policy.firstRetryS} * 2 ^ least(attempts, 20)))
    where id = any(array(select id from due))
    returning id::text, kind, key, payload, signatures, attempts, traceparent`;
  const rows = await readRows(em, outboxRow, statement);
  return rows.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

const outboxRow = z.object({
  id: z.string(),
  kind: z.string(),
  key: z.string(),
  payload: payloadColumn,
  signatures: signaturesColumn,
  attempts: z.int(),
  traceparent: z.string().nullable(),
}) satisfies RowSchema<OutboxRow>;

/** The time in milliseconds until the next row is due; null if no row waits. */
export async function nextDueInMs(em: Manager): Promise<number | null> {
  const statement = sql`
    select extract(epoch from min(next_attempt_at) - now())::float8 * 1000 as ms from outbox
    where failed_at is null and signatures is not null`;
  return (await readRow(em, dueInMs, statement)).ms;
}

const dueInMs = z.object({ ms: z.number().nullable() });

/** The number of rows in each state, and the age of the oldest. A due row ages from its due time. */
export interface OutboxState {
  readonly due: number;
  readonly inFlight: number;
  readonly deadLetter: number;
  readonly oldestDueS: number;
  readonly oldestOpenS: number;
}

export async function outboxState(em: Manager): Promise<OutboxState> {
  const statement = sql`
    select
      count(*) filter (where failed_at is null and next_attempt_at <= now())::int as due,
      count(*) filter (where failed_at is null and next_attempt_at > now())::int as "inFlight",
      count(*) filter (where failed_at is not null)::int as "deadLetter",
      coalesce(greatest(0, extract(epoch from now() - min(next_attempt_at) filter (where failed_at is null))), 0)::float8
        as "oldestDueS",
      coalesce(extract(epoch from now() - min(created_at) filter (where failed_at is null)), 0)::float8
        as "oldestOpenS"
    from outbox`;
  return await readRow(em, state, statement);
}

const state = z.object({
  due: z.int(),
  inFlight: z.int(),
  deadLetter: z.int(),
  oldestDueS: z.number(),
  oldestOpenS: z.number(),
}) satisfies RowSchema<OutboxState>;

/**
 * Deletes the rows that are done, and dead-letters the failed rows with their reasons.
 *
 * @param unfinished a condition on `outbox`. A row that meets it is not deleted.
 */
export async function closeOutbox(
  em: Manager,
  outcomes: readonly OutboxOutcome[],
  unfinished: RawBuilder<unknown> = sql`false`,
): Promise<void> {
  const done = outcomes.filter(({ failure }) => failure === null);
  const failed = outcomes.filter(({ failure }) => failure !== null);
  if (done.length > 0) {
    await sql`
      delete from outbox using ${unnestRows('done', done, outcomeTypes)}
      where outbox.id = outbox_id and outbox.key = done.key and not (${unfinished})
    `.execute(em.getKysely());
  }
  if (failed.length > 0) {
    await sql`
      update outbox set failed_at = now(), failure = left(outcome.failure, 1000)
      from ${unnestRows('outcome', failed, outcomeTypes)}
      where id = outcome.outbox_id and outbox.key = outcome.key and failed_at is null
    `.execute(em.getKysely());
  }
}

const outcomeTypes = { outboxId: 'bigint', key: 'text', failure: 'text' } as const;

/** Releases claimed rows that the relay could not enqueue. They are due in one second; the attempt does not count. */
export async function release(em: Manager, ids: readonly string[]): Promise<void> {
  await sql`
    update outbox set attempts = attempts - 1, next_attempt_at = now() + interval '1 second'
    where id = any(${ids}::bigint[])
  `.execute(em.getKysely());
}
