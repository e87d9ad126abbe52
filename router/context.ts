import type { BaseContext } from '@apollo/server';

/** What the router knows of a request beside its operation. */
export interface RouterContext extends BaseContext {
  /** The `Authorization` header as the client sent it. */
  readonly authorization: string | undefined;
  /** Whose address the request came from; null where the router itself asks. */
  readonly sender: string | null;
  /** Aborted when the client has gone; null where the router itself asks. */
  readonly gone: AbortSignal | null;
  /** Whether it signs somebody in or up, for which subgraphs let callers wait in turn: set once it is admitted. */
  signsIn: boolean;
  /** What the subgraphs get of it: nothing until the operation is admitted (admission.ts). */
  forwardedAuthorization: string | undefined;
  /** Subgraphs that did not answer in time: a second wait for one of them would only delay the rest of the answer. */
  readonly timedOut: Set<string>;
}

export function createContext(
  authorization: string | undefined,
  sender: string | null = null,
  gone: AbortSignal | null = null,
): RouterContext {
  return { authorization, sender, gone, signsIn: false, forwardedAuthorization: undefined, timedOut: new Set() };
}
