/**
 * The only source of the time of day. No decision about money uses it: the ledger takes its times from the database, so
 * processes with different clocks agree.
 */
export function now(): Date {
  return new Date(Date.now() + skewMs);
}

let skewMs = 0;

/** Moves the clock of this process forward or back, for tests. */
export function skewClock(ms: number): void {
  skewMs = ms;
}
