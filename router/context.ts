import type { BaseContext } from '@apollo/server';

/** The router's knowledge of a request, in addition to the operation. */
export interface RouterContext extends BaseContext {
  /** The `Authorization` header as the client sent it. */
  readonly authorization: string | undefined;
  /** The client's IP address for the rate limits; null for the router's own requests. */
  readonly sender: string | null;
  /** Aborted when the client disconnects; null for the router's own requests. */
  readonly gone: AbortSignal | null;
  /** Whether the operation signs a customer in or up. Subgraphs queue those by sender. Set at admission. */
  signsIn: boolean;
  /** The header for the subgraphs; undefined until the operation is admitted (admission.ts). */
  forwardedAuthorization: string | undefined;
  /** Subgraphs that have timed out for this request. They are not called again, which would only delay the response. */
  readonly timedOut: Set<string>;
}

export function createContext(
  authorization: string | undefined,
  sender: string | null = null,
  gone: AbortSignal | null = null,
): RouterContext {
  return { authorization, sender, gone, signsIn: false, forwardedAuthorization: undefined, timedOut: new Set() };
}
