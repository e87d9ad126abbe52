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
