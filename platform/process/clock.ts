/**
 * The one place that tells the time of day. Nothing that decides about money asks it: the ledger takes its
 * times from the database, so processes whose clocks differ agree.
 */
export function now(): Date {
  return new Date(Date.now() + skewMs);
}

let skewMs = 0;

/** Sets the clock of this process ahead, or back, for tests of what then happens. */
export function skewClock(ms: number): void {
  skewMs = ms;
}
