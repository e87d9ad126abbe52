/**
 * Whether a text has `least` to `most` characters, counted as PostgreSQL's `length` counts: a surrogate pair is one
 * character. A text that is much too long is refused by its length, without counting.
 */
export function hasCharacters(text: string, least: number, most: number): boolean {
  if (text.length > 2 * most) return false;
  const characters = Array.from(text).length;
  return characters >= least && characters <= most;
}
