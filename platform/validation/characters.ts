/**
 * Whether a text has `least` to `most` characters, counted as PostgreSQL's `length` counts: a surrogate pair is one
 * character. A text that is much too long is refused by its length, without counting.
 */
export function hasCharacters(text: string, least: number, most: number): boolean {
  if (text.length > 2 * most) return false;
  const characters = Array.from(text).length;
  return characters >= least && characters <= most;
}

/**
 * Characters that break a line, control a terminal or change the direction of the text around them: control characters,
 * the line and paragraph separators, and the embeddings, overrides and isolates of the bidirectional algorithm (UAX 9).
 */
export const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu;

/** Whether a text fits on one line: it has no unprintable characters, and at least one visible character. */
export function isLine(text: string): boolean {
  return text.search(unprintable) === -1 && /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
}
