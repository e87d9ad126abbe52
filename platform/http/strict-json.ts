import { isUtf8 } from 'node:buffer';

/** The text is not JSON, or another parser could read it differently. The message is for the client. */
export class BadJson extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BadJson';
  }
}

/**
 * Parses JSON that every parser reads alike. It refuses a byte order mark, bytes that are not UTF-8, duplicate keys, and
 * keys that name a prototype in JavaScript. The work is linear in the text.
 *
 * @throws BadJson
 */
export function parseJson(source: Buffer | string): unknown {
  const text = typeof source === 'string' ? source : decoded(source);
  const value = parsed(text);
  const keys = countKeys(value);
  if (keys.prototype !== null) throw new BadJson(`The key "${keys.prototype}" is not allowed in JSON.`);
  if (keys.count !== countMembers(text)) throw new BadJson('The JSON has an object with a repeated key.');
  return value;
}

function decoded(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new BadJson('The JSON is not UTF-8.');
  return bytes.toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new BadJson('The JSON is malformed.');
  }
}

/** Counts the keys of all objects in the value, and returns one that names a prototype, or null. */
function countKeys(value: unknown): { count: number; prototype: string | null } {
  let count = 0;
  const left = isContainer(value) ? [value] : [];
  for (let container = left.pop(); container !== undefined; container = left.pop()) {
    if (Array.isArray(container)) {
      for (const item of container) if (isContainer(item)) left.push(item);
      continue;
    }
    const object = container as Readonly<Record<string, unknown>>;
    // Objects of JSON.parse have only own keys.
    for (const key in object) {
      count += 1;
      const inner = object[key];
      if (key === '__proto__' || (key === 'constructor' && isContainer(inner) && Object.hasOwn(inner, 'prototype'))) {
        return { count, prototype: key };
      }
      if (isContainer(inner)) left.push(inner);
    }
  }
  return { count, prototype: null };
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const backslash = 0x5c;
const colon = 0x3a;

/** Counts the members in a valid JSON text: the colons outside its strings. */
function countMembers(text: string): number {
  let members = 0;
  let index = 0;
  while (index < text.length) {
    const quote = text.indexOf('"', index);
    const end = quote === -1 ? text.length : quote;
    for (; index < end; index += 1) if (text.charCodeAt(index) === colon) members += 1;
    index = quote === -1 ? text.length : endOfString(text, quote);
  }
  return members;
}

/** @returns the index after the string that starts with this quote. */
function endOfString(text: string, quote: number): number {
  for (let end = text.indexOf('"', quote + 1); ; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return end + 1;
  }
}
