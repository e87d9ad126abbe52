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

/**
 * For each subgraph that acts on a row, by its name, the code that shows it who committed the row. Null in rows of
 * processes of an earlier release, which a worker of the subgraph signs.
 */
export const outboxSignatures = [
  'alter table outbox add column signatures jsonb',
  'create index outbox_unsigned on outbox (id) where signatures is null',
];

const attempt = 'attempts, next_attempt_at, failed_at, failure';

/** What each process may do with the outbox of its database. */
export const outboxRights = {
  service: 'insert (kind, key, payload, signatures, traceparent, next_attempt_at)',
  worker: `select, update (${attempt}, signatures), delete`,
  relay: `select, update (${attempt})`,
} as const;

/** Who relays an outbox listens on this channel of its database. */
export const outboxChannel = 'outbox';

export interface OutboxEntry<Kind extends string = string> {
  readonly kind: Kind;
  /** The same change noted twice is an error: the kind says which fields tell one from another. */
  readonly payload: Readonly<Record<string, unknown>>;
  /** The request that made the change, as W3C trace context; where it is not given, the one that notes it. */
  readonly traceparent?: string | null;
  /** How long after the commit the row becomes due; at once where it is not given. */
  readonly dueInS?: number;
}

/** Where a subgraph's server notes what others must learn of. */
export interface Outbox<Kind extends string = string> {
  /** To be called in the transaction that makes the change. */
  readonly note: (em: Manager, entries: readonly OutboxEntry<Kind>[]) => Promise<void>;
  /** The same as a part of the statement that makes the change. */
  readonly insert: (entries: readonly OutboxEntry<Kind>[]) => RawBuilder<unknown>;
  /** Wakes the relay. To be called after the commit; where that gets lost, the relay looks by itself. */
  readonly wakeRelay: () => void;
}

/** The columns of a new row with the values that they are given. */
const storedAsIs = { kind: 'text', key: 'text', payload: 'jsonb', signatures: 'jsonb', traceparent: 'text' } as const;

/**
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

/** By the name of the subgraph that acts on the row. */
export type Signatures = Readonly<Record<string, string>>;

/** @throws if another subgraph commits rows of this kind. */
export function signaturesOf(
  keys: JobKeys,
  { kind, payload }: Pick<OutboxEntry, 'kind' | 'payload'>,
  contract: OutboxKind,
): Signatures {
  if (contract.by !== keys.own) throw new Error(`${keys.own} commits no rows of the kind ${kind}`);
  const text = signedText(kind, contract, payload);
  return Object.fromEntries(contract.for.map((reader) => [reader, signFor(keys, reader, text)]));
}

/** Wakes that come so soon after another are one: the relay lets rows gather for longer. */
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

/** A row that becomes due some time after its commit, unless it is taken back before. */
export interface DeferredEntry<Kind extends string = string> extends OutboxEntry<Kind> {
  readonly dueInS: number;
}

/**
 * Deletes a deferred row. False where a relay has claimed it, whatever became of that: what it stands for may be under
 * way. A claim and its end both move the time at which the row is due.
 */
export async function takeBack(em: Manager, contract: OutboxKind, entry: DeferredEntry): Promise<boolean> {
  const { kind, dueInS } = entry;
  const { numAffectedRows } = await sql`
    delete from outbox
    where kind = ${kind} and key = ${keyOf(contract, entry)} and next_attempt_at = created_at + make_interval(secs => ${dueInS})
  `.execute(em.getKysely());
  return numAffectedRows === 1n;
}

/** Makes a deferred row due at once, if it is still there. */
export async function makeDue(em: Manager, contract: OutboxKind, entry: DeferredEntry): Promise<void> {
  await sql`
    update outbox set next_attempt_at = least(next_attempt_at, now()) where kind = ${entry.kind} and key = ${keyOf(contract, entry)}
  `.execute(em.getKysely());
}
