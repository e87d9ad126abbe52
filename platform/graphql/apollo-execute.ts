import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { IncomingHttpHeaders } from 'node:http';
import { fault } from '../errors/faults.ts';
import type { GraphqlRequest } from './graphql-request.ts';

/** The part of an HTTP request that the execution of its operation may need. */
export interface GraphqlHead {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

export interface GraphqlAnswer {
  readonly result: FormattedExecutionResult;
  /** Undefined for 200. */
  readonly status: number | undefined;
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Executes an operation. Its faults are errors of the result.
 *
 * @param head null for an operation that did not arrive by HTTP.
 */
export type ExecuteGraphql<Context> = (
  request: GraphqlRequest,
  head: GraphqlHead | null,
  context: Context,
) => Promise<GraphqlAnswer>;

/** Executes operations by Apollo Server, without its HTTP layer. @throws BAD_REQUEST for incremental delivery. */
export function executeByApollo<Context extends BaseContext>(server: ApolloServer<Context>): ExecuteGraphql<Context> {
  return async (request, head, contextValue) => {
    const asked = head === null ? request : { ...request, http: headOf(head) };
    const { body, http } = await server.executeOperation(asked, { contextValue });
    if (body.kind !== 'single') throw fault('BAD_REQUEST', 'Incremental delivery (@defer, @stream) is not supported.');
    return { result: body.singleResult, status: http.status, headers: http.headers };
  };
}

/** Returns the method and the headers, for Apollo Server and its plugins. They get the parsed request separately. */
function headOf({ method, headers }: GraphqlHead) {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return { method, headers: map, search: '', body: undefined };
}
