import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls until the result is truthy, and returns it.
 *
 * @throws after the time-out, with the description of the goal.
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
