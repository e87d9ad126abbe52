/** In seconds. A connection is closed after 30 seconds of silence. */
export const longestWaitS = 20;

/** A list whose items may have strings in quotes, which may have commas. */
const list = /^(?:[^"]|"(?:[^"\\]|\\.)*")*$/;
const item = /(?:[^",]|"(?:[^"\\]|\\.)*")+/g;

/**
 * Returns the seconds of `Prefer: wait=N` (RFC 7240), at most `longestWaitS`; 0 if the header does not ask to wait.
 * A malformed preference is ignored, as the RFC says.
 */
export function waitOf(prefer: string | readonly string[] | undefined): number {
  const written = String(prefer ?? '');
  for (const preference of list.test(written) ? (written.match(item) ?? []) : []) {
    const [, quoted, plain] = /^\s*wait\s*=\s*(?:"(\d+)"|(\d+))\s*(?:;|$)/i.exec(preference) ?? [];
    const seconds = quoted ?? plain;
    if (seconds !== undefined) return Math.min(Number(seconds), longestWaitS);
  }
  return 0;
}
