import { errorText, type Log } from '#platform/telemetry/log.ts';

/** Runs a query, or throws at once while the server is known to be unavailable. */
export type SkipIfUnavailable = <Answer>(query: () => Promise<Answer>) => Promise<Answer>;

/** While a server is unavailable, one query in this time checks whether it is back. */
const retryMs = 1_000;

/** Runs queries on a server, and logs when it becomes unavailable and when it is back. */
export function skipIfUnavailable(log: Log): SkipIfUnavailable {
  let isUnavailable = false;
  let triedAtMs = 0;
  return async (query) => {
    const nowMs = performance.now();
    if (isUnavailable && nowMs < triedAtMs + retryMs) throw new Error('the server of the rate limits is unavailable');
    triedAtMs = nowMs;
    try {
      const answer = await query();
      if (isUnavailable) log.info('rate limits are shared again');
      isUnavailable = false;
      return answer;
    } catch (error) {
      if (!isUnavailable) log.warn({ reason: errorText(error) }, 'rate limits are counted by this router alone');
      isUnavailable = true;
      throw error;
    }
  };
}
