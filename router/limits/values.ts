export const deepestValue = 30;
export const mostValues = 2_000;

/** Why the variables of an operation are not looked at, or null: each value of theirs may be answered with an error. */
export function valuesFault(variables: unknown): string | null {
  let level: unknown[] = [variables];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (depth > deepestValue) return `Variables are nested at most ${deepestValue} levels deep.`;
    if (values > mostValues) return `Variables have at most ${mostValues} values.`;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return null;
}

/**
 * Whether somewhere in it a name means a prototype to JavaScript. Bodies with such names are not read; variables in an
 * address are, and would reach a subgraph in the body of a request that others share.
 */
export function hasPrototypeKey(variables: unknown): boolean {
  if (typeof variables !== 'object' || variables === null) return false;
  return Object.entries(variables).some(
    ([key, value]: [string, unknown]) =>
      key === '__proto__' || (key === 'constructor' && isPrototypeHolder(value)) || hasPrototypeKey(value),
  );
}

function isPrototypeHolder(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
}
