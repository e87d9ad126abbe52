import { sendDigests } from '#notification/services/send-digests.ts';
import type { Mailer } from '#platform/messaging/mailer.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { repeat } from '#platform/process/repeat.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';

const everyMs = 60 * 1_000;

export interface DigestParts {
  readonly mailer: Mailer;
  readonly publicUrl: string;
  readonly em: Manager;
  readonly log: Log;
}

/** Sums up held emails now and every minute, until the signal is aborted. Several processes may do so. */
export async function keepSendingDigests(parts: DigestParts, signal: AbortSignal): Promise<void> {
  const { mailer, em, publicUrl, log } = parts;
  await repeat(async () => await sendDigests(mailer, em.fork(), publicUrl), {
    everyMs,
    retryMs: everyMs,
    signal,
    failed: (error) => log.warn({ reason: errorText(error) }, 'the worker cannot sum up held emails'),
  });
}
