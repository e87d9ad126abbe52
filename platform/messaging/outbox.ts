import { setTimeout as delay } from 'node:timers/promises';
import { type RawBuilder, sql } from 'kysely';
import { asynchronousCommit } from '../postgres/asynchronous-commit.ts';
import { columnList, unnestRows } from '../postgres/batch-rows.ts';
import type { Manager } from '../postgres/database.ts';
import { type JobKeys, signFor, signedText } from './job-keys.ts';
import { outboxEntries } from '../telemetry/metrics.ts';
import { type OutboxKind, type OutboxKinds, rowKey } from './outbox-kind.ts';
import { currentTraceparent } from '../telemetry/trace.ts';

/**
 * A subgraph inserts a row in the transaction of a change that other subgraphs must act on. The relay enqueues the row
 * until all of its effects are done; then a worker deletes it.
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

/**
 * The signatures of a row: for each subgraph that acts on the row, a code that proves which subgraph committed it. Null
 * in rows that an earlier release committed; a worker of the subgraph signs those.
 */
export const outboxSignatures = [
  'alter table outbox add column signatures jsonb',
  'create index outbox_unsigned on outbox (id) where signatures is null',
];

const attempt = 'attempts, next_attempt_at, failed_at, failure';

/** The rights of each process on the outbox of its database. */
export const outboxRights = {
  service: 'insert (kind, key, payload, signatures, traceparent, next_attempt_at)',
  /** In addition, for a server that lists dead letters and replays them. It reads no payloads. */
  deadLetters: `select (id, kind, key, attempts, created_at, failed_at, failure), update (${attempt})`,
  worker: `select, update (${attempt}, signatures), delete`,
  relay: `select, update (${attempt})`,
} as const;

/** The relay listens on this channel of the outbox's database. */
export const outboxChannel = 'outbox';

export interface OutboxEntry<Kind extends string = string> {
  readonly kind: Kind;
  /** Its key fields (see the kind) identify the change. A second row with the same key is an error. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The W3C trace context of the request that made the change. The default is the current request. */
  readonly traceparent?: string | null;
  /** The seconds from the commit until the row becomes due. The default is 0. */
  readonly dueInS?: number;
}

/** The outbox of a subgraph: its server adds rows for the changes that other subgraphs must act on. */
export interface Outbox<Kind extends string = string> {
  /** Adds rows. Call it in the transaction that makes the change. */
  readonly note: (em: Manager, entries: readonly OutboxEntry<Kind>[]) => Promise<void>;
  /** Returns SQL that adds the rows, for the statement that makes the change. */
  readonly insert: (entries: readonly OutboxEntry<Kind>[]) => RawBuilder<unknown>;
  /** Wakes the relay. Call it after the commit. If the notification is lost, the relay polls and finds the rows. */
  readonly wakeRelay: () => void;
}

/** The columns of a new row that are stored without a conversion, with their types. */
const storedAsIs = { kind: 'text', key: 'text', payload: 'jsonb', signatures: 'jsonb', traceparent: 'text' } as const;

/**
 * Opens the outbox of a subgraph.
 *
 * @param keys that sign the rows for the subgraphs that act on them.
 * @param kinds the kinds of rows by name.
 */
export function openOutbox<Kind extends string>(em: Manager, keys: JobKeys, kinds: OutboxKinds<Kind>): Outbox<Kind> {
  const insert = (entries: readonly OutboxEntry<Kind>[]) => {
    for (const { kind } of entries) outboxEntries.inc({ kind });
    const rows = entries.map((entry) => {
      const { payload, traceparent = currentTraceparent(), dueInS = 0 } = entry;
      const [kind, contract]: [string, OutboxKind] = [entry.kind, kinds[entry.kind]];
      const signatures = signaturesOf(keys, entry, contract);
      return { kind, key: keyOf(contract, entry), payload, signatures, traceparent, dueInS };
    });
    const columns = columnList(storedAsIs);
    return sql`
      insert into outbox (${columns}, next_attempt_at) select ${columns}, now() + make_interval(secs => due_in_s)
      from ${unnestRows('entry', rows, { ...storedAsIs, dueInS: 'integer' })}`;
  };
  return {
    insert,
    note: async (transaction, entries) => void (await insert(entries).execute(transaction.getKysely())),
    wakeRelay: relayWaker(em),
  };
}

const keyOf = ({ key }: OutboxKind, { payload }: Pick<OutboxEntry, 'payload'>) => rowKey(key, payload);

/** The signatures of a row, by the name of the subgraph that acts on the row. */
export type Signatures = Readonly<Record<string, string>>;

/** Signs a row for each subgraph that acts on it. @throws if another subgraph commits rows of this kind. */
export function signaturesOf(
  keys: JobKeys,
  { kind, payload }: Pick<OutboxEntry, 'kind' | 'payload'>,
  contract: OutboxKind,
): Signatures {
  if (contract.by !== keys.own) throw new Error(`${keys.own} commits no rows of the kind ${kind}`);
  const text = signedText(kind, contract, payload);
  return Object.fromEntries(contract.for.map((reader) => [reader, signFor(keys, reader, text)]));
}

/** Calls within this time send one notification. The relay itself waits longer for rows to gather. */
const wakesEveryMs = 10;

function relayWaker(em: Manager): () => void {
  let waking = false;
  let again = false;

  return function wake(): void {
    again = waking;
    if (waking) return;
    waking = true;
    void sql`select pg_notify(${outboxChannel}, ''), ${asynchronousCommit}`
      .execute(em.fork().getKysely())
      .catch(() => undefined)
      .then(() => delay(wakesEveryMs, undefined, { ref: false }))
      .finally(() => {
        waking = false;
        if (again) wake();
      });
  };
}

/** A row that becomes due some time after its commit, unless the subgraph deletes it before. */
export interface DeferredEntry<Kind extends string = string> extends OutboxEntry<Kind> {
  readonly dueInS: number;
}

/**
 * Deletes a deferred row. Returns false if a relay has ever claimed the row, because its job may be running. A claim
 * and a release both change the due time, so the statement detects a claim by that time.
 */
export async function takeBack(em: Manager, contract: OutboxKind, entry: DeferredEntry): Promise<boolean> {
  const { kind, dueInS } = entry;
  const { numAffectedRows } = await sql`
    delete from outbox
    where kind = ${kind} and key = ${keyOf(contract, entry)} and next_attempt_at = created_at + make_interval(secs => ${dueInS})
  `.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** Makes a deferred row due at once, if it still exists. */
export async function makeDue(em: Manager, contract: OutboxKind, entry: DeferredEntry): Promise<void> {
  await sql`
    update outbox set next_attempt_at = least(next_attempt_at, now()) where kind = ${entry.kind} and key = ${keyOf(contract, entry)}
  `.execute(em.getKysely());
}
