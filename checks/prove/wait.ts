import { setTimeout as delay } from 'node:timers/promises';
import { errorText } from '#platform/telemetry/log.ts';

/**
 * Asks again and again until the answer is true. What fails while it is asked counts as a no.
 *
 * @throws after the time-out, with what was waited for.
 */
export async function waitFor(
  what: string,
  ask: () => boolean | Promise<boolean>,
  timeoutMs: number,
  pollMs = 100,
): Promise<void> {
  let last = '';
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; await delay(pollMs)) {
    try {
      if (await ask()) return;
      last = '';
    } catch (error) {
      last = `: ${errorText(error)}`;
    }
  }
  throw new Error(`waited ${timeoutMs} ms in vain for ${what}${last}`);
}

/** Tries, as a client does whose key makes that harmless, until there is an answer without a fault. */
export async function insist<Answer>(work: () => Promise<Answer>, patienceMs = 120_000): Promise<Answer> {
  for (const deadline = performance.now() + patienceMs; ; await delay(100)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
