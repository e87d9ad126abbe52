import { setTimeout as delay } from 'node:timers/promises';
import { errorText } from '#platform/telemetry/log.ts';

/**
 * Polls a condition until it is true. A condition that throws counts as false.
 *
 * @param goal what is waited for; it completes "waited for …" in the error.
 * @throws after the time-out, with the goal and the last error.
 */
export async function waitFor(
  goal: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  pollMs = 100,
): Promise<void> {
  let last = '';
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; await delay(pollMs)) {
    try {
      if (await condition()) return;
      last = '';
    } catch (error) {
      last = `: ${errorText(error)}`;
    }
  }
  throw new Error(`waited ${timeoutMs} ms without success for ${goal}${last}`);
}

/** Repeats work until it succeeds, as a client with an idempotency key may. @throws its last error after the time-out. */
export async function retry<Answer>(work: () => Promise<Answer>, timeoutMs = 120_000): Promise<Answer> {
  for (const deadline = performance.now() + timeoutMs; ; await delay(100)) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
