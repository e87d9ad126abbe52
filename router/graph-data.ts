import type { ApolloServer } from '@apollo/server';
import { fault, internalMessage, isFaultCode } from '#platform/faults.ts';
import { createContext, type RouterContext } from './context.ts';

export interface GraphRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly authorization: string | undefined;
}

/**
 * Asks the graph from within the router, as a client would.
 *
 * @throws with the code and the message of the first error.
 */
export async function graphData(
  graph: ApolloServer<RouterContext>,
  { query, variables, authorization }: GraphRequest,
): Promise<unknown> {
  const { body } = await graph.executeOperation({ query, variables }, { contextValue: createContext(authorization) });
  if (body.kind !== 'single') throw new Error('the graph answers an operation in parts');
  const [error] = body.singleResult.errors ?? [];
  if (error === undefined) return body.singleResult.data;
  const code = error.extensions?.['code'];
  throw isFaultCode(code) ? fault(code, error.message) : fault('INTERNAL_SERVER_ERROR', internalMessage);
}
