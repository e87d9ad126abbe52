import { setTimeout as delay } from 'node:timers/promises';

/** Waits for this time. An aborted signal ends the wait, without an error. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
