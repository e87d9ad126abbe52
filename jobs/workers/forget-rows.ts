import { setTimeout as delay } from 'node:timers/promises';
import type { Manager } from '#platform/postgres/database.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { forgetOld } from '#user/services/forget-old.ts';

const everyMs = 60 * 60 * 1_000;

/** Deletes old rows of the user database now and every hour, until the signal is aborted. Several processes may do so. */
export async function keepForgetting(em: Manager, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await forgetOld(em.fork(), signal);
    } catch (error) {
      log.warn({ reason: errorText(error) }, 'the worker cannot delete old rows of the user database');
    }
    // The delay rejects only when the signal is aborted.
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
