export const deepestValue = 30;
export const maxValues = 2_000;

/** Returns why an operation's variables are refused, or null. Each value could produce an error, so they are bounded. */
export function valuesFault(variables: unknown): string | null {
  let level: unknown[] = [variables];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (depth > deepestValue) return `Variables are nested at most ${deepestValue} levels deep.`;
    if (values > maxValues) return `Variables have at most ${maxValues} values.`;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return null;
}
