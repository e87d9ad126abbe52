import { pause } from './pause.ts';

export interface RepeatOptions {
  /** The pause after a success. */
  readonly everyMs: number;
  /** The pause after a fault. */
  readonly retryMs: number;
  readonly signal: AbortSignal;
  readonly failed: (error: unknown) => void;
}

/** Runs the work now and after each pause, until the signal is aborted. A failed run does not stop later ones. */
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
    await pause(pauseMs, signal);
  }
}
