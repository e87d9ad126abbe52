import { useRef } from 'react';

/**
 * Returns the idempotency key for the content of a form. While the form is open, equal content has the same key, so that
 * a second click or another attempt does not act twice. Other content has another key.
 */
export function useIdempotencyKeys(): (content: object) => string {
  const keys = useRef(new Map<string, string>());
  return (content) => {
    const text = JSON.stringify(content);
    const key = keys.current.get(text) ?? newKey();
    keys.current.set(text, key);
    return key;
  };
}

/** 128 random bits. Browsers have `randomUUID` only on https. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
