import type { ApolloServer } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { goneSignal } from '#platform/http/callers.ts';
import { fault, internalMessage, isFaultCode } from '#platform/errors/faults.ts';
import { createContext, type RouterContext } from './context.ts';
import { senderOf } from './rate-limits/address.ts';
import type { SetHeader } from './rate-limits/rate-limits.ts';

export interface GraphRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** For whom the router asks. */
export interface GraphCaller {
  readonly authorization: string | undefined;
  /** It counts against the rate limits of whoever has this address; null where it does not. */
  readonly sender: string | null;
  /** Aborted when the client has gone. */
  readonly gone: AbortSignal;
  /** Is told in headers what is left of them. */
  readonly tell: SetHeader;
}

/** Whoever sent this request; the reply says what is left of the rate limits. */
export function graphCallerOf(request: FastifyRequest, reply: FastifyReply, proxies: number): GraphCaller {
  return {
    authorization: request.headers.authorization,
    sender: senderOf(request, proxies),
    gone: goneSignal(reply),
    tell: (name, value) => void reply.header(name, value),
  };
}

/**
 * Asks the graph from within the router, as a client would.
 *
 * @throws with the code and the message of the first error.
 */
export async function graphData(
  graph: ApolloServer<RouterContext>,
  { authorization, sender, gone, tell }: GraphCaller,
  { query, variables }: GraphRequest,
): Promise<unknown> {
  const contextValue = createContext(authorization, sender, gone);
  const { body, http } = await graph.executeOperation({ query, variables }, { contextValue });
  for (const [name, value] of http.headers) tell(name, value);
  if (body.kind !== 'single') throw new Error('the graph answers an operation in parts');
  const [error] = body.singleResult.errors ?? [];
  if (error === undefined) return body.singleResult.data;
  const code = error.extensions?.['code'];
  throw isFaultCode(code) ? fault(code, error.message) : fault('INTERNAL_SERVER_ERROR', internalMessage);
}
