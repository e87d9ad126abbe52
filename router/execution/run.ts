import type { Experimental_DidResolveQueryPlanCallback } from '@apollo/gateway';
import type { SubgraphAnswer, SubgraphOperation } from '../subgraph-client.ts';
import type { RunErrors } from './errors.ts';

/** The gateway's plan of an operation. */
export type ResolvedPlan = Parameters<Experimental_DidResolveQueryPlanCallback>[0];

export type Data = Record<string, unknown>;
export type Variables = Readonly<Record<string, unknown>>;
export type ResponsePath = readonly (string | number)[];

/** The state of an operation that is being executed. */
export interface Run {
  /** The client's variables. */
  readonly variables: Variables;
  readonly defaults: Variables;
  readonly ask: (subgraph: string, operation: SubgraphOperation) => Promise<SubgraphAnswer>;
  /** An object can occur in several positions: an entity that several objects refer to is requested once. */
  readonly data: Data;
  /** The lists and objects in the data that occur in several positions, with their completed value: see `completeOnce`. */
  readonly shared: SharedValues;
  readonly errors: RunErrors;
}

/**
 * Completed values without faults, by the value in the data, or by the output of an earlier selection that they extend.
 * Undefined where there is none yet.
 */
export type SharedValues = Map<object, { readonly by: unknown; readonly output: unknown } | undefined>;

/** A position in the data: an object, or all objects in the lists along the path. Each object is listed once. */
export interface Position {
  readonly path: ResponsePath;
  readonly objects: readonly Data[];
}

/** Returns an own member of subgraph data, not an inherited one such as `constructor`. */
export function memberOf(data: Data, key: string): unknown {
  return Object.hasOwn(data, key) ? data[key] : undefined;
}
