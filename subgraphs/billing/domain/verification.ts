/** What a row says about a run of `verify`. */
export interface VerificationTimes {
  readonly startedAt?: Date | null | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly findings?: bigint | null | undefined;
  readonly failure?: string | null | undefined;
}

export const verificationStates = ['REQUESTED', 'RUNNING', 'PASSED', 'FOUND', 'FAILED', 'EXPIRED'] as const;
export type VerificationState = (typeof verificationStates)[number];

/** The state of a run. EXPIRED follows from the time: its runner died, and nothing has to notice it. */
export function verificationState(run: VerificationTimes, now: Date): VerificationState {
  if (run.failure != null) return 'FAILED';
  if (run.findings != null) return run.findings === 0n ? 'PASSED' : 'FOUND';
  if (run.startedAt == null || run.expiresAt == null) return 'REQUESTED';
  return run.expiresAt > now ? 'RUNNING' : 'EXPIRED';
}

/** A schedule tries again so long after a run without a result, such as one whose database refused for a moment. */
const pauseAfterFailureS = 300;

/** The newest runs at a time, all by the database's clock. */
export interface NewestRuns {
  readonly now: Date;
  /** When the newest run with a result began. */
  readonly resultBeganAt: Date | null;
  /** When the newest run without a result ended or expired. It is in the future while a run works. */
  readonly failedAt: Date | null;
}

/** Whether a schedule begins a run: none that began in the last `everyS` has a result, and none works or failed lately. */
export function isScheduledRunDue({ now, resultBeganAt, failedAt }: NewestRuns, everyS: number): boolean {
  const isOlder = (time: Date | null, ageS: number) => time === null || now.getTime() - time.getTime() >= ageS * 1_000;
  return isOlder(resultBeganAt, everyS) && isOlder(failedAt, Math.min(pauseAfterFailureS, everyS));
}
