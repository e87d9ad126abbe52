import { useRef } from 'react';

/**
 * The idempotency key of what a form says at the moment: the same for the same content for as long as the form is open,
 * so that neither a second click nor a second try acts twice, and another one for anything else.
 */
export function useIdempotencyKeys(): (content: object) => string {
  const keys = useRef(new Map<string, string>());
  return (content) => {
    const said = JSON.stringify(content);
    const key = keys.current.get(said) ?? newKey();
    keys.current.set(said, key);
    return key;
  };
}

/** 128 random bits. `randomUUID` is there only on https. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
