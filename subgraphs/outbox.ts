import type { JobKeys } from '#platform/messaging/job-keys.ts';
import * as platform from '#platform/messaging/outbox.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { type OutboxKindName, outboxKinds } from './outbox-kinds.ts';

/** The outbox of a subgraph, with the kinds of rows that this system has. */
export type Outbox = platform.Outbox<OutboxKindName>;
export type OutboxEntry = platform.OutboxEntry<OutboxKindName>;
export type DeferredEntry = platform.DeferredEntry<OutboxKindName>;

/** @param keys that sign the rows for the subgraphs that act on them. */
export function openOutbox(em: Manager, keys: JobKeys): Outbox {
  return platform.openOutbox(em, keys, outboxKinds);
}

/** Deletes a deferred row. Returns false if a relay has claimed it. */
export async function takeBack(em: Manager, entry: DeferredEntry): Promise<boolean> {
  return await platform.takeBack(em, outboxKinds[entry.kind], entry);
}

/** Makes a deferred row due now, if it still exists. */
export async function makeDue(em: Manager, entry: DeferredEntry): Promise<void> {
  await platform.makeDue(em, outboxKinds[entry.kind], entry);
}
