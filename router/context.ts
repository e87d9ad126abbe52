import type { BaseContext } from '@apollo/server';
import { program } from '#platform/http/device.ts';

/** The router's knowledge of a request, in addition to the operation. */
export interface RouterContext extends BaseContext {
  /** The `Authorization` header as the client sent it. */
  readonly authorization: string | undefined;
  /** The client's IP address for the rate limits; null for the router's own requests. */
  readonly sender: string | null;
  /** The client's device in words. */
  readonly device: string;
  /** Aborted when the client disconnects; null for the router's own requests. */
  readonly gone: AbortSignal | null;
  /** Whether the operation signs a customer in or up. Subgraphs queue those by sender. Set at admission. */
  signsIn: boolean;
  /** Whether subgraphs get the client's address and device: for mutations and for staff. Set at admission. */
  forwardsClient: boolean;
  /** The header for the subgraphs; undefined until the operation is admitted (admission.ts). */
  forwardedAuthorization: string | undefined;
  /** Subgraphs that have timed out for this request. They are not called again, which would only delay the response. */
  readonly timedOut: Set<string>;
}

export function createContext(
  authorization: string | undefined,
  sender: string | null = null,
  gone: AbortSignal | null = null,
  device: string = program,
): RouterContext {
  return {
    authorization,
    sender,
    device,
    gone,
    signsIn: false,
    forwardsClient: false,
    forwardedAuthorization: undefined,
    timedOut: new Set(),
  };
}
