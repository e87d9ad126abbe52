/** As PostgreSQL's `length` counts: what takes two places in a string of JavaScript's is one character. */
export function charactersOf(text: string): number {
  return Array.from(text).length;
}
