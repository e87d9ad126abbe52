import type { Manager } from '#platform/postgres/database.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import { repeat } from '#platform/process/repeat.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { outboxKinds } from '#subgraphs/outbox-kinds.ts';
import { signStale, signUnsigned } from '#platform/messaging/outbox-signing.ts';

export interface SigningOptions {
  /** The subgraph that owns the outbox. */
  readonly owner: string;
  readonly em: Manager;
  readonly keys: JobKeys;
  readonly log: Log;
}

/** How often the process looks for unsigned rows. Processes of an earlier release may still commit such rows. */
const everyMs = 5_000;

/**
 * Signs the rows of an outbox that have no valid signature, until the signal is aborted. First it signs again the rows
 * whose keys are no longer used. Then it repeatedly signs the rows of earlier releases. It can trust every row, because
 * only the subgraph may insert rows.
 */
export async function keepRowsSigned({ owner, em, keys, log }: SigningOptions, signal: AbortSignal): Promise<void> {
  let sign = signStale;
  const signRows = async () => {
    await sign(em, keys, outboxKinds);
    sign = signUnsigned;
  };
  await repeat(signRows, {
    everyMs,
    retryMs: everyMs,
    signal,
    failed: (error) =>
      log.warn({ outbox: owner, reason: errorText(error) }, 'the worker cannot sign rows of the outbox'),
  });
}
