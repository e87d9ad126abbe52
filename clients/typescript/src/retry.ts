import { unknownFaults, untouchedFaults } from './codes.generated.ts';
import { ConnectionLost, RequestFailed } from './errors.ts';

export interface RetryOptions {
  /** How often a request is sent at most. Default 5. */
  readonly attempts?: number;
  /** The bound of the first pause, in milliseconds: each further one is twice as long. Default 200. */
  readonly firstPauseMs?: number;
  /** The longest pause, in milliseconds. A server that asks for a longer one is not asked again. Default 30,000. */
  readonly longestPauseMs?: number;
}

export const retryDefaults = { attempts: 5, firstPauseMs: 200, longestPauseMs: 30_000 };

/**
 * Whether to send a request again.
 *
 * @param isRepeatable whether a second request takes no second effect.
 */
export function isWorthRetrying(error: unknown, isRepeatable: boolean): error is ConnectionLost | RequestFailed {
  if (error instanceof ConnectionLost) return isRepeatable;
  if (!(error instanceof RequestFailed)) return false;
  return error.errors.every(({ extensions }) => {
    const code = extensions?.code ?? '';
    return untouchedFaults.has(code) || (isRepeatable && unknownFaults.has(code));
  });
}

/**
 * Runs work until it succeeds, fails for good, or was tried often enough.
 *
 * @throws the last error, or the reason of the signal.
 */
export async function withRetries<Result>(
  work: () => Promise<Result>,
  isRepeatable: boolean,
  options: Required<RetryOptions>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const pauseMs =
        attempt < options.attempts && isWorthRetrying(error, isRepeatable) ? pauseFor(error, attempt, options) : null;
      if (pauseMs === null) throw error;
      await pause(pauseMs, signal);
    }
  }
}

/**
 * Waits for work that callers share. The signal ends only the wait of one caller.
 *
 * @throws the reason of the signal.
 */
export async function untilAborted<Result>(shared: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return await shared;
  const waiting = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true, signal: waiting.signal });
  });
  try {
    return await Promise.race([aborted, shared]);
  } finally {
    waiting.abort();
  }
}

/** The pause before the next attempt, in milliseconds; null if the server asks for one that is too long. */
export function pauseFor(
  { retryAfterS }: ConnectionLost | RequestFailed,
  attempt: number,
  { firstPauseMs, longestPauseMs }: Required<RetryOptions>,
): number | null {
  const boundMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
  // Clients that failed together must not come back together.
  const jitterMs = Math.random() * boundMs;
  if (retryAfterS === null) return jitterMs;
  return retryAfterS * 1_000 > longestPauseMs ? null : retryAfterS * 1_000 + jitterMs;
}

/** @throws the reason of the signal. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
