import type { GraphQLFormattedError } from 'graphql';
import { retryHint } from '#platform/errors/faults.ts';

/** Sets the header `Retry-After` if errors of the response have `retryAfterS`: the longest of them. */
export function retryAfter(errors: readonly GraphQLFormattedError[], headers: Map<string, string>): void {
  const hints = errors.flatMap(({ extensions }) => retryHint(extensions).retryAfterS ?? []);
  if (hints.length > 0) headers.set('retry-after', String(Math.max(...hints)));
}
