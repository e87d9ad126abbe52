/** Reports the steps of a command line by line, the same on a terminal and in a file. */
export interface Progress {
  /**
   * Reports that a step begins and, every few seconds, that it continues.
   *
   * @param waitingFor what the work waits for at the moment, in a few words; empty if unknown.
   */
  readonly step: <Value>(what: string, work: () => Promise<Value>, waitingFor?: () => string) => Promise<Value>;
}

const remindAfterMs = 5_000;

/** @param write gets one line, such as `[  4.2 s] Starting PostgreSQL`, with the time since this call. */
export function reportProgress(write: (line: string) => void): Progress {
  const beganMs = performance.now();
  const report = (text: string) => {
    const seconds = ((performance.now() - beganMs) / 1_000).toFixed(1);
    write(`[${seconds.padStart(6)} s] ${text}\n`);
  };
  return {
    step: async (what, work, waitingFor = () => '') => {
      report(what);
      const reminder = setInterval(() => {
        const reason = waitingFor();
        report(`  still running${reason === '' ? '' : `: waiting for ${reason}`}`);
      }, remindAfterMs);
      try {
        return await work();
      } finally {
        clearInterval(reminder);
      }
    },
  };
}
