import type { Subgraphs } from './compose.ts';
import type { ExpectedError } from './contenders.ts';

/** A small supergraph, and operations with the answers that the specification of GraphQL asks for. */
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
  /** True where our executor leaves the plan to the gateway's executor. */
  readonly leftToGateway?: true;
  /** What the gateway's executor answers where it does not answer as the specification asks. */
  readonly gateway?: FederationAnswer;
  /** What both executors answer where the gateway's plan is wrong. */
  readonly misplanned?: FederationAnswer;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * @param rows the subgraph's entities.
 * @param keys fields that tell one entity from the others.
 * @returns a reference resolver. It adds what the router sent, such as required fields, to the row of an entity.
 */
export function oneOf(rows: readonly Row[], ...keys: readonly string[]) {
  return {
    __resolveReference: (reference: Row) => {
      const row = rows.find((row) => keys.every((key) => key in reference && row[key] === reference[key]));
      return row === undefined ? null : { ...row, ...reference };
    },
  };
}

/** A resolver that fails with the message. */
export function failing(message: string): () => Promise<never> {
  return async () => await Promise.reject(new Error(message));
}
