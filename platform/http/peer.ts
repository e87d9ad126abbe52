import { request } from 'undici';
import { z } from 'zod';
import { currentTraceparent } from '../telemetry/trace.ts';

/** Another subgraph, called on behalf of the customer of the current request. */
export interface Peer {
  /** Its GraphQL endpoint. */
  readonly url: string;
  /** The customer's own `Authorization`. The other subgraph verifies it again. */
  readonly authorization: string;
}

export interface PeerRequest<Data> {
  readonly query: string;
  readonly variables?: object;
  /** The schema of the response's `data`. */
  readonly data: z.ZodType<Data>;
  readonly timeoutMs: number;
}

const response = z.object({ data: z.unknown(), errors: z.array(z.unknown()).default([]) });

/**
 * Sends one GraphQL operation to another subgraph.
 *
 * @throws Error if no response of this form arrives in time, or one with errors: a field that failed is null, as one that
 * does not exist. The operation may have been executed.
 */
export async function callPeer<Data>({ url, authorization }: Peer, operation: PeerRequest<Data>): Promise<Data> {
  const traceparent = currentTraceparent();
  const { body } = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization,
      ...(traceparent === null ? {} : { traceparent }),
    },
    body: JSON.stringify({ query: operation.query, variables: operation.variables ?? {} }),
    signal: AbortSignal.timeout(operation.timeoutMs),
  });
  const answer = response.parse(await body.json());
  if (answer.errors.length > 0)
    throw new Error(`the response has errors: ${JSON.stringify(answer.errors).slice(0, 500)}`);
  return operation.data.parse(answer.data);
}
