import { setTimeout as delay } from 'node:timers/promises';

export interface RepeatOptions {
  /** The pause after a success. */
  readonly everyMs: number;
  /** The pause after a fault. */
  readonly retryMs: number;
  readonly signal: AbortSignal;
  readonly failed: (error: unknown) => void;
}

/** Works now and again and again, until the signal is aborted. A fault ends no later turn. */
export async function repeat(work: () => Promise<unknown>, options: RepeatOptions): Promise<void> {
  const { everyMs, retryMs, signal, failed } = options;
  while (!signal.aborted) {
    let pauseMs = everyMs;
    try {
      await work();
    } catch (error) {
      failed(error);
      pauseMs = retryMs;
    }
    // The delay rejects only when the signal is aborted.
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
