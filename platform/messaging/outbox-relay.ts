import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { asynchronousCommit } from '../postgres/asynchronous-commit.ts';
import { unnestRows } from '../postgres/batch-rows.ts';
import type { Manager } from '../postgres/database.ts';
import { readRow, readRows, type RowSchema } from '../postgres/read-rows.ts';
import type { Signatures } from './outbox.ts';

/** What the jobs do with the rows of an outbox. */

/** A row as the relay takes it. */
export interface OutboxRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: Record<string, unknown>;
  readonly signatures: Signatures;
  readonly attempts: number;
  readonly traceparent: string | null;
}

/** What the end of a row's way says of it: done (`failure` null), or set aside with the reason. */
export interface OutboxOutcome {
  readonly outboxId: string;
  /** The row's own: an id alone is nothing that anybody has signed. */
  readonly key: string;
  readonly failure: string | null;
}

export interface ClaimPolicy {
  /** Most rows taken at once. */
  readonly batch: number;
  /** Most rows that may be handed over and not yet done. */
  readonly inFlight: number;
  readonly firstRetryS: number;
  readonly longestRetryS: number;
}

/**
 * Takes rows that are due, but of no kind that is held back, and sets the next attempt of each further out, twice as
 * far each time. Several relays may do so at once: none takes what another is taking. Rows that are not signed are left
 * until they are.
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
      ) as handed_over
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
  payload: z.record(z.string(), z.unknown()),
  signatures: z.record(z.string(), z.string()),
  attempts: z.int(),
  traceparent: z.string().nullable(),
}) satisfies RowSchema<OutboxRow>;

/** When the next row is due, in milliseconds from now; null where none waits. */
export async function nextDueInMs(em: Manager): Promise<number | null> {
  const statement = sql`
    select extract(epoch from min(next_attempt_at) - now())::float8 * 1000 as ms from outbox
    where failed_at is null and signatures is not null`;
  return (await readRow(em, dueInMs, statement)).ms;
}

const dueInMs = z.object({ ms: z.number().nullable() });

/** How many rows there are, and how old the oldest are, in seconds; the due ones counted from when they were due. */
export interface OutboxState {
  readonly due: number;
  readonly handedOver: number;
  readonly deadLetter: number;
  readonly oldestDueS: number;
  readonly oldestOpenS: number;
}

export async function outboxState(em: Manager): Promise<OutboxState> {
  const statement = sql`
    select
      count(*) filter (where failed_at is null and next_attempt_at <= now())::int as due,
      count(*) filter (where failed_at is null and next_attempt_at > now())::int as "handedOver",
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
  handedOver: z.int(),
  deadLetter: z.int(),
  oldestDueS: z.number(),
  oldestOpenS: z.number(),
}) satisfies RowSchema<OutboxState>;

/**
 * Deletes the rows that are done and sets aside, with the reason, those that cannot be.
 *
 * @param unfinished what must not be so of a row that is deleted, as a condition on `outbox`.
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

/** Takes back what could not be handed over: it is due again soon, as if it had not been tried. */
export async function release(em: Manager, ids: readonly string[]): Promise<void> {
  await sql`
    update outbox set attempts = attempts - 1, next_attempt_at = now() + interval '1 second'
    where id = any(${ids}::bigint[])
  `.execute(em.getKysely());
}
