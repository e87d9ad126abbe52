/** In seconds. A connection is closed after 30 seconds of silence. */
export const longestWaitS = 20;

/**
 * Returns the seconds of `Prefer: wait=N` (RFC 7240), at most `longestWaitS`; 0 if the header does not ask to wait.
 * A malformed preference is ignored, as the RFC says.
 */
export function waitOf(prefer: string | readonly string[] | undefined): number {
  for (const preference of String(prefer ?? '').split(',')) {
    const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;|$)/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds), longestWaitS);
  }
  return 0;
}
