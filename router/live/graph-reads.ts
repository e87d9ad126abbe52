import type { ApolloServer } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { Identity } from '#platform/identity/identity.ts';
import { createContext, type RouterContext } from '../context.ts';

export type Subscriber = Extract<Identity, { token: 'valid' }>;

export interface GraphRead {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface GraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export type ReadGraph = (subscriber: Subscriber, read: GraphRead) => Promise<GraphAnswer>;

/**
 * Reads the graph with a subscriber's token.
 *
 * @param sender the IP address whose rate limits the read counts against; null to count it against none.
 */
export function graphReads(graph: ApolloServer<RouterContext>, sender: string | null = null): ReadGraph {
  return async ({ authorization }, { query, variables }) => {
    const contextValue = createContext(authorization, sender);
    const { body } = await graph.executeOperation({ query, variables }, { contextValue });
    if (body.kind !== 'single') throw new Error('the graph responds with a multipart result');
    return body.singleResult;
  };
}
