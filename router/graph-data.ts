import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { goneSignal } from '#platform/http/callers.ts';
import { deviceOf } from '#platform/http/device.ts';
import { fault, internalMessage, isFaultCode } from '#platform/errors/faults.ts';
import { createContext, type RouterContext } from './context.ts';
import { senderOf } from './rate-limits/address.ts';
import type { SetHeader } from './rate-limits/rate-limits.ts';
import type { Graph } from './graph.ts';

export interface GraphRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The caller of a request that the router itself sends to the graph. */
export interface GraphCaller {
  readonly authorization: string | undefined;
  /** The IP address whose rate limits the request counts against; null to count it against none. */
  readonly sender: string | null;
  /** The client's device in words. */
  readonly device: string;
  /** Aborted when the client disconnects. */
  readonly gone: AbortSignal;
  /** Receives the headers of the rate limits. */
  readonly setHeader: SetHeader;
}

/** Returns the caller of an HTTP request, and passes the headers of the rate limits on to its reply. */
export function graphCallerOf(request: FastifyRequest, reply: FastifyReply, proxies: number): GraphCaller {
  return {
    authorization: request.headers.authorization,
    sender: senderOf(request, proxies),
    device: deviceOf(request.headers['user-agent']),
    gone: goneSignal(reply),
    setHeader: (name, value) => void reply.header(name, value),
  };
}

export interface GraphResult {
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly GraphQLFormattedError[];
}

/** Executes an operation in the graph from within the router. */
export async function graphResult(
  graph: Graph,
  { authorization, sender, device, gone, setHeader }: GraphCaller,
  request: GraphRequest,
): Promise<GraphResult> {
  const context = createContext(authorization, sender, gone, device);
  const { result, headers } = await executeIn(context, graph, request);
  for (const [name, value] of headers) setHeader(name, value);
  const { data, errors = [] } = result;
  return { data, errors };
}

/** Executes an operation in the graph from within the router, in this context. */
export async function executeIn(contextValue: RouterContext, graph: Graph, { query, variables }: GraphRequest) {
  const { result, headers } = await graph.execute({ query, variables: { ...variables } }, null, contextValue);
  return { result, headers };
}

/**
 * Executes an operation in the graph from within the router, and returns its data.
 *
 * @throws a fault with the code and message of the first error.
 */
export async function graphData(graph: Graph, caller: GraphCaller, request: GraphRequest): Promise<unknown> {
  const { data, errors } = await graphResult(graph, caller, request);
  const [error] = errors;
  if (error === undefined) return data;
  const code = error.extensions?.['code'];
  throw isFaultCode(code) ? fault(code, error.message) : fault('INTERNAL_SERVER_ERROR', internalMessage);
}
