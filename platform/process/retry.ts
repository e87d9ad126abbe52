import { setTimeout as delay } from 'node:timers/promises';

export interface RetryOptions {
  readonly signal: AbortSignal;
  /** Whether another attempt may succeed. */
  readonly retry: (error: unknown) => boolean;
  readonly failed: (error: unknown, delayMs: number) => void;
}

const firstDelayMs = 200;
const longestDelayMs = 5_000;

/** Retries the attempt until it succeeds. Each delay is twice the previous one, up to five seconds. */
export async function retryUntil<Value>(attempt: () => Promise<Value>, options: RetryOptions): Promise<Value> {
  for (let delayMs = firstDelayMs; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    try {
      return await attempt();
    } catch (error) {
      if (options.signal.aborted || !options.retry(error)) throw error;
      options.failed(error, delayMs);
      await delay(delayMs, undefined, { signal: options.signal });
    }
  }
}
