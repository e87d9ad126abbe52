import type { FormattedExecutionResult } from 'graphql';
import { z } from 'zod';
import type { Caller } from '../http/callers.ts';
import { fault } from '../errors/faults.ts';

/**
 * How the router asks a subgraph: the operations of many callers in one request, and in the answer a line of JSON for
 * each, its place and its result, as soon as that is there. So an HTTP request is paid for once for all that is asked
 * in one moment, and nobody waits for the slowest. Each operation bears its own caller's token and trace.
 */
export const operationsPath = '/operations';

/** A subgraph takes so many operations in one request at most. */
const maxOperations = 100;

/** A document that several callers ask at one moment is sent once. */
export interface OperationsRequest {
  readonly documents: readonly OperationDocument[];
  readonly operations: readonly OperationCall[];
}

export interface OperationDocument {
  readonly query: string;
  readonly operationName?: string | undefined;
}

/** The `Authorization` header and the W3C trace context of whoever calls; null where there is none. */
export type OperationCall = readonly [
  document: number,
  variables: Readonly<Record<string, unknown>>,
  authorization: string | null,
  traceparent: string | null,
];

/** One line of the answer. */
export type AnswerLine = readonly [place: number, result: FormattedExecutionResult];

/** An operation as it is read from a request. */
export interface ReadOperation extends OperationDocument {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
  readonly traceparent: string | undefined;
}

/** An operation and who calls it. */
export interface CalledOperation extends ReadOperation {
  readonly caller: Caller;
}

/** Never throws: what goes wrong is an error in the result. */
export type AnswerOperation = (operation: CalledOperation) => Promise<FormattedExecutionResult>;

const operationsRequest = z.object({
  documents: z.array(z.object({ query: z.string(), operationName: z.string().optional() })).max(maxOperations),
  operations: z
    .array(z.tuple([z.number(), z.record(z.string(), z.unknown()), z.string().nullable(), z.string().nullable()]))
    .max(maxOperations),
});

/** @throws BAD_REQUEST */
export function readOperations(body: unknown): readonly ReadOperation[] {
  const { success, data } = operationsRequest.safeParse(body);
  if (!success || data.operations.some(([document]) => data.documents[document] === undefined)) {
    throw fault('BAD_REQUEST', 'The body is not a valid request of the router.');
  }
  return data.operations.map(([document, variables, authorization, traceparent]) => ({
    ...data.documents[document]!,
    variables,
    authorization: authorization ?? undefined,
    traceparent: traceparent ?? undefined,
  }));
}
