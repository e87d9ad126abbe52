import type { Data } from './run.ts';

/** Merges a subgraph's data into known data: objects recursively, and lists of equal length item by item. */
export function mergeInto(target: Data, source: Data | null | undefined): void {
  if (source == null) return;
  for (const key of Object.keys(source)) {
    // A custom scalar's value may have this key. Assigning it would change the prototype.
    if (key === '__proto__') continue;
    const [known, added] = [target[key], source[key]];
    if (isObject(known) && isObject(added)) mergeInto(known, added);
    else if (Array.isArray(known) && Array.isArray(added) && known.length === added.length) mergeItems(known, added);
    else if (added !== undefined) target[key] = added;
  }
}

function mergeItems(known: unknown[], added: readonly unknown[]): void {
  for (const [index, item] of added.entries()) {
    const before = known[index];
    if (isObject(before) && isObject(item)) mergeInto(before, item);
    else known[index] = item;
  }
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
