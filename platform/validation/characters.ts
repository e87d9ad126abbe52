/**
 * Whether a text has `least` to `most` characters, counted as PostgreSQL's `length` counts: what takes two places in a
 * JavaScript string is one character. The characters of a longer text are not counted: its length refuses it.
 */
export function hasCharacters(text: string, least: number, most: number): boolean {
  if (text.length > 2 * most) return false;
  const characters = Array.from(text).length;
  return characters >= least && characters <= most;
}
