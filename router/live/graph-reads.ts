import type { GraphQLFormattedError } from 'graphql';
import type { Identity } from '#platform/identity/identity.ts';
import { createContext } from '../context.ts';
import { executeIn, type GraphRequest } from '../graph-data.ts';
import type { Graph } from '../graph.ts';

export type Subscriber = Extract<Identity, { token: 'valid' }>;

export interface GraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

export type ReadGraph = (subscriber: Subscriber, read: GraphRequest) => Promise<GraphAnswer>;

/**
 * Reads the graph with a subscriber's token.
 *
 * @param sender the IP address whose rate limits the read counts against; null to count it against none.
 */
export function graphReads(graph: Graph, sender: string | null = null): ReadGraph {
  return async ({ authorization }, read) => {
    const { result } = await executeIn(createContext(authorization, sender), graph, read);
    return result;
  };
}
