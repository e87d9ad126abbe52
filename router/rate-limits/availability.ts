import { errorText, type Log } from '#platform/telemetry/log.ts';

/** Asks, or throws at once while the server is known to be away. */
export type SkipIfUnavailable = <Answer>(question: () => Promise<Answer>) => Promise<Answer>;

/** While a server is away, one question in so long finds out whether it is back. */
const awayMs = 1_000;

/** Asks a server that may be away, and says in the log when it goes and when it is back. */
export function skipIfUnavailable(log: Log): SkipIfUnavailable {
  let isAway = false;
  let triedAtMs = 0;
  return async (question) => {
    const nowMs = performance.now();
    if (isAway && nowMs < triedAtMs + awayMs) throw new Error('The server that rate limits are counted on is away.');
    triedAtMs = nowMs;
    try {
      const answer = await question();
      if (isAway) log.info('rate limits are counted together again');
      isAway = false;
      return answer;
    } catch (error) {
      if (!isAway) log.warn({ reason: errorText(error) }, 'rate limits are counted by this router alone');
      isAway = true;
      throw error;
    }
  };
}
