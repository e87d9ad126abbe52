import type { ApolloServerPlugin } from '@apollo/server';
import { retryHint } from '#platform/errors/faults.ts';

/** Sets the header `Retry-After` if errors of the response have `retryAfterS`: the longest of them. */
export function retryAfter(): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response: { body, http } }) => {
        if (body.kind !== 'single') return;
        const errors = body.singleResult.errors ?? [];
        const hints = errors.flatMap(({ extensions }) => retryHint(extensions).retryAfterS ?? []);
        if (hints.length > 0) http.headers.set('retry-after', String(Math.max(...hints)));
      },
    }),
  };
}
