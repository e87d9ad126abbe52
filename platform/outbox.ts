import { setTimeout as delay } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { asynchronousCommit } from './asynchronous-commit.ts';
import { column } from './columns.ts';
import type { Manager } from './database.ts';
import { outboxEntries } from './metrics.ts';
import { currentTraceparent } from './trace.ts';

/**
 * Where a subgraph notes, in the commit that changes something, that others must learn of it. A row is deleted
 * when its last effect is acknowledged, and handed over again until then.
 */
export const outboxTable = [
  `create table outbox (
    id bigint generated always as identity primary key,
    kind text not null,
    key text not null,
    payload jsonb not null,
    traceparent text,
    attempts integer not null default 0,
    created_at timestamptz(3) not null default now(),
    next_attempt_at timestamptz(3) not null default now(),
    failed_at timestamptz(3),
    failure text,
    unique (kind, key),
    check ((failed_at is null) = (failure is null))
  )`,
  `create index outbox_due on outbox (next_attempt_at, id) where failed_at is null`,
];

const attempt = 'attempts, next_attempt_at, failed_at, failure';

/** What each process may do with the outbox of its database. */
export const outboxRights = {
  service: 'insert (kind, key, payload, traceparent, next_attempt_at)',
  worker: `select, update (${attempt}), delete`,
  relay: `select, update (${attempt})`,
} as const;

/** Who relays an outbox listens on this channel of its database. */
export const outboxChannel = 'outbox';

export interface OutboxEntry {
  readonly kind: string;
  /** Unique within the kind: the same change noted twice is an error. */
  readonly key: string;
  readonly payload: object;
  /** The request that made the change, as W3C trace context; where it is not given, the one that notes it. */
  readonly traceparent?: string | null;
  /** How long after the commit the row becomes due; at once where it is not given. */
  readonly dueInS?: number;
}

export interface OutboxRow extends OutboxEntry {
  readonly id: string;
  readonly attempts: number;
  readonly payload: Record<string, unknown>;
  readonly traceparent: string | null;
}

/** What the end of a row's way says of it: done (`failure` null), or set aside with the reason. */
export interface OutboxOutcome {
  readonly outboxId: string;
  readonly failure: string | null;
}

/** To be called in the transaction that makes the change. */
export async function noteInOutbox(em: Manager, entries: readonly OutboxEntry[]): Promise<void> {
  await outboxInsert(entries).execute(em.getKysely());
}

/** The same as a part of the statement that makes the change. */
export function outboxInsert(entries: readonly OutboxEntry[]): RawBuilder<unknown> {
  for (const { kind } of entries) outboxEntries.inc({ kind });
  const rows = entries.map((entry) => ({ traceparent: currentTraceparent(), ...entry }));
  return sql`
    insert into outbox (kind, key, payload, traceparent, next_attempt_at)
    select kind, key, payload, traceparent, now() + make_interval(secs => due_in_s) from unnest(
      ${column(rows, 'text', ({ kind }) => kind)}, ${column(rows, 'text', ({ key }) => key)},
      ${column(rows, 'jsonb', ({ payload }) => JSON.stringify(payload))},
      ${column(rows, 'text', ({ traceparent }) => traceparent)},
      ${column(rows, 'integer', ({ dueInS }) => dueInS ?? 0)}
    ) as entry (kind, key, payload, traceparent, due_in_s)`;
}

/** A row that becomes due some time after its commit, unless it is taken back before. */
export type DeferredEntry = OutboxEntry & { readonly dueInS: number };

/**
 * Deletes a deferred row. False where a relay has claimed it, whatever became of that: what it stands for may be under
 * way. A claim and its end both move the time at which the row is due.
 */
export async function takeBack(em: Manager, { kind, key, dueInS }: DeferredEntry): Promise<boolean> {
  const { numAffectedRows } = await sql`
    delete from outbox
    where kind = ${kind} and key = ${key} and next_attempt_at = created_at + make_interval(secs => ${dueInS})
  `.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** Makes a deferred row due at once, if it is still there. */
export async function makeDue(em: Manager, { kind, key }: DeferredEntry): Promise<void> {
  await sql`
    update outbox set next_attempt_at = least(next_attempt_at, now()) where kind = ${kind} and key = ${key}
  `.execute(em.getKysely());
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
 * far each time. Several relays may do so at once: none takes what another is taking.
 */
export async function claimDue(
  em: Manager,
  policy: ClaimPolicy,
  heldKinds: readonly string[] = [],
): Promise<OutboxRow[]> {
  const { rows } = await sql<OutboxRow>`
    with waiting as (
      select count(*) as rows, ${asynchronousCommit} from (
        select from outbox where failed_at is null and next_attempt_at > now() limit ${policy.inFlight}
      ) as handed_over
    ), due as (
      select id from outbox
      where failed_at is null and next_attempt_at <= now() and kind <> all(${heldKinds}::text[])
      order by next_attempt_at, id
      limit (select least(${policy.batch}, ${policy.inFlight} - rows) from waiting)
      for update skip locked
    )
    update outbox set
      attempts = attempts + 1,
      next_attempt_at = now() + make_interval(secs =>
        least(${policy.longestRetryS}, ${policy.firstRetryS} * 2 ^ least(attempts, 20)))
    where id = any(array(select id from due))
    returning id::text, kind, key, payload, attempts, traceparent
  `.execute(em.getKysely());
  return rows.toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

/** When the next row is due, in milliseconds from now; null where none waits. */
export async function nextDueInMs(em: Manager): Promise<number | null> {
  const { rows } = await sql<{ ms: number | null }>`
    select extract(epoch from min(next_attempt_at) - now())::float8 * 1000 as ms from outbox where failed_at is null
  `.execute(em.getKysely());
  return rows[0]?.ms ?? null;
}

/** How many rows there are, and how old the oldest are, in seconds; the due ones counted from when they were due. */
export interface OutboxState {
  readonly due: number;
  readonly handedOver: number;
  readonly setAside: number;
  readonly oldestDueS: number;
  readonly oldestOpenS: number;
}

export async function outboxState(em: Manager): Promise<OutboxState> {
  const { rows } = await sql<OutboxState>`
    select
      count(*) filter (where failed_at is null and next_attempt_at <= now())::int as due,
      count(*) filter (where failed_at is null and next_attempt_at > now())::int as "handedOver",
      count(*) filter (where failed_at is not null)::int as "setAside",
      coalesce(greatest(0, extract(epoch from now() - min(next_attempt_at) filter (where failed_at is null))), 0)::float8
        as "oldestDueS",
      coalesce(extract(epoch from now() - min(created_at) filter (where failed_at is null)), 0)::float8
        as "oldestOpenS"
    from outbox
  `.execute(em.getKysely());
  return rows[0]!;
}

/** Deletes the rows that are done and sets aside, with the reason, those that cannot be. */
export async function closeOutbox(em: Manager, outcomes: readonly OutboxOutcome[]): Promise<void> {
  const done = outcomes.filter(({ failure }) => failure === null).map(({ outboxId }) => outboxId);
  const failed = outcomes.filter(({ failure }) => failure !== null);
  if (done.length > 0) {
    await sql`delete from outbox where id = any(${done}::bigint[])`.execute(em.getKysely());
  }
  if (failed.length > 0) {
    await sql`
      update outbox set failed_at = now(), failure = left(outcome.failure, 1000)
      from unnest(
        ${column(failed, 'bigint', ({ outboxId }) => outboxId)}, ${column(failed, 'text', ({ failure }) => failure)}
      ) as outcome (outbox_id, failure)
      where id = outcome.outbox_id and failed_at is null
    `.execute(em.getKysely());
  }
}

/** Rings that come so soon after another are one: the relay lets rows gather for longer. */
const ringsEveryMs = 10;

/**
 * Wakes whoever relays this outbox, after a commit: at once, or where that was done just now, a moment later. A lost ring
 * costs time only: the relay also looks by itself.
 */
export function outboxDoorbell(em: Manager): () => void {
  let ringing = false;
  let again = false;

  return function ring(): void {
    again = ringing;
    if (ringing) return;
    ringing = true;
    void sql`select pg_notify(${outboxChannel}, ''), ${asynchronousCommit}`
      .execute(em.fork().getKysely())
      .catch(() => undefined)
      .then(() => delay(ringsEveryMs, undefined, { ref: false }))
      .finally(() => {
        ringing = false;
        if (again) ring();
      });
  };
}

/** Takes back what could not be handed over: it is due again soon, as if it had not been tried. */
export async function giveBack(em: Manager, ids: readonly string[]): Promise<void> {
  await sql`
    update outbox set attempts = attempts - 1, next_attempt_at = now() + interval '1 second'
    where id = any(${ids}::bigint[])
  `.execute(em.getKysely());
}
