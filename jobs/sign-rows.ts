import { setTimeout as delay } from 'node:timers/promises';
import type { Manager } from '#platform/postgres/database.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { outboxKinds } from '#subgraphs/outbox-kinds.ts';
import { signStale, signUnsigned } from '#platform/messaging/outbox-signing.ts';

export interface SigningOptions {
  /** Whose outbox it is. */
  readonly owner: string;
  readonly em: Manager;
  readonly keys: JobKeys;
  readonly log: Log;
}

/** While processes of an earlier release still commit rows, these wait so long at most. */
const everyMs = 5_000;

/**
 * Signs what stands in an outbox without a good signature, until stopped: rows of an earlier release, and, once at its
 * start, those that were signed with keys that are no longer used. That a row is there shows that the subgraph committed
 * it: nobody else may insert one.
 */
export async function keepRowsSigned({ owner, em, keys, log }: SigningOptions, signal: AbortSignal): Promise<void> {
  for (let sign = signStale; !signal.aborted;) {
    try {
      await sign(em, keys, outboxKinds);
      sign = signUnsigned;
    } catch (error) {
      log.warn({ outbox: owner, reason: errorText(error) }, 'rows of the outbox cannot be signed');
    }
    // Only the end of the process rejects it.
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
