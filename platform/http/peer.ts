import { request } from 'undici';
import type { z } from 'zod';
import { currentTraceparent } from '../telemetry/trace.ts';

/** Another subgraph, asked in the name of the customer whose request this is. */
export interface Peer {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** The customer's own `Authorization`: the other subgraph verifies it for itself. */
  readonly authorization: string;
}

export interface PeerRequest<Data> {
  readonly query: string;
  readonly variables?: object;
  /** What `data` of the answer has to look like; an answer with errors does not. */
  readonly data: z.ZodType<Data>;
  readonly timeoutMs: number;
}

/**
 * Sends one GraphQL operation to another subgraph.
 *
 * @throws where there is no answer in time, or not one of this shape. The operation may have been executed all the same.
 */
export async function callPeer<Data>({ url, authorization }: Peer, asked: PeerRequest<Data>): Promise<Data> {
  const traceparent = currentTraceparent();
  const { body } = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization,
      ...(traceparent === null ? {} : { traceparent }),
    },
    body: JSON.stringify({ query: asked.query, variables: asked.variables ?? {} }),
    signal: AbortSignal.timeout(asked.timeoutMs),
  });
  const answer = (await body.json()) as { readonly data?: unknown };
  return asked.data.parse(answer.data);
}
