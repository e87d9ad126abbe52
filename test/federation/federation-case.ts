import type { Subgraphs } from './compose.ts';
import type { ExpectedError } from './contenders.ts';

/** A small supergraph, and operations with the answers that the GraphQL specification requires. */
export interface FederationCase {
  readonly name: string;
  readonly subgraphs: Subgraphs;
  readonly operations: readonly FederationOperation[];
}

export interface FederationAnswer {
  readonly data: unknown;
  readonly errors?: readonly ExpectedError[];
}

export interface FederationOperation extends FederationAnswer {
  readonly source: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** True if our executor delegates the plan to the gateway's executor. */
  readonly leftToGateway?: true;
  /** The answer of the gateway's executor, if it violates the specification. */
  readonly gateway?: FederationAnswer;
  /** The answer of both executors, if the gateway's plan is wrong. */
  readonly misplanned?: FederationAnswer;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * @param rows the subgraph's entities.
 * @param keys the fields that identify an entity.
 * @returns a reference resolver. It adds the fields that the router sent, such as required fields, to the entity's row.
 */
export function oneOf(rows: readonly Row[], ...keys: readonly string[]) {
  return {
    __resolveReference: (reference: Row) => {
      const row = rows.find((row) => keys.every((key) => key in reference && row[key] === reference[key]));
      return row === undefined ? null : { ...row, ...reference };
    },
  };
}

/** Returns a resolver that fails with the message. */
export function failing(message: string): () => Promise<never> {
  return async () => await Promise.reject(new Error(message));
}
