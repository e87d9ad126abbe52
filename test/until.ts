import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks again and again until the answer is something, and gives that.
 *
 * @throws after the time-out, with what was waited for.
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | null | undefined | false | Promise<Answer | null | undefined | false>,
  timeoutMs = 120_000,
): Promise<Answer> {
  for (const deadline = performance.now() + timeoutMs; performance.now() < deadline; await delay(50)) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
  }
  throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
}
