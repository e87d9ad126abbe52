import { errorText, type Log } from '#platform/log.ts';

/** Asks, or throws at once where nothing has come of asking a moment ago. */
export interface AskIfThere {
  <Answer>(question: () => Promise<Answer>): Promise<Answer>;
}

/** While a server is away, one question in a second finds out whether it is back. */
const awayMs = 1_000;

/** Asks a server that may be away, and says in the log when it goes and when it is back. */
export function askIfThere(log: Log): AskIfThere {
  let isAway = false;
  let triesAgainAtMs = 0;
  return async (question) => {
    if (performance.now() < triesAgainAtMs) throw new Error('The store of the rate limits is away.');
    try {
      const answer = await question();
      if (isAway) log.info('rate limits are counted together again');
      isAway = false;
      return answer;
    } catch (error) {
      triesAgainAtMs = performance.now() + awayMs;
      if (!isAway) log.warn({ reason: errorText(error) }, 'rate limits are counted by this router alone');
      isAway = true;
      throw error;
    }
  };
}
