import type { Experimental_DidResolveQueryPlanCallback } from '@apollo/gateway';
import type { GraphQLError } from 'graphql';
import type { SubgraphAnswer, SubgraphOperation } from '../subgraph-client.ts';

/** What the gateway says of an operation when it has planned it. */
export type ResolvedPlan = Parameters<Experimental_DidResolveQueryPlanCallback>[0];

export type Data = Record<string, unknown>;
export type Variables = Readonly<Record<string, unknown>>;
export type ResponsePath = readonly (string | number)[];

/** An operation under way: what it was asked with, and what has come of it. */
export interface Run {
  /** As the client gave them. */
  readonly variables: Variables;
  readonly defaults: Variables;
  readonly ask: (subgraph: string, operation: SubgraphOperation) => Promise<SubgraphAnswer>;
  readonly data: Data;
  readonly errors: GraphQLError[];
}

/** A place in the data: an object, or all objects in the lists that the path leads through. */
export interface Place {
  readonly path: ResponsePath;
  readonly at: unknown;
}

/** A member of subgraph data. What every object inherits, such as `constructor`, is no data. */
export function memberOf(data: Data, key: string): unknown {
  return Object.hasOwn(data, key) ? data[key] : undefined;
}
