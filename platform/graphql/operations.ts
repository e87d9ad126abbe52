import type { FormattedExecutionResult } from 'graphql';
import { z } from 'zod';
import { fault } from '../errors/faults.ts';
import { type Client, longestSender } from '../http/callers.ts';
import { longestDevice } from '../http/device.ts';

/**
 * The protocol by which the router calls a subgraph. A request carries the operations of many callers, each with the
 * token and the trace of its caller. The response has a line of JSON for each operation, with its index and its result,
 * sent as soon as the result exists. The cost of an HTTP request is shared, and no caller waits for the slowest one.
 */
export const operationsPath = '/operations';

/** The maximum number of operations in one request. */
const maxOperations = 100;

/** A document and the name of the operation to run. */
export interface OperationDocument {
  readonly query: string;
  readonly operationName?: string | undefined;
}

/** A document that several callers need at one moment is sent once. */
export interface OperationsRequest {
  readonly documents: readonly OperationDocument[];
  readonly operations: readonly OperationCall[];
}

/**
 * `document` is an index. The caller's `Authorization` header and W3C trace context are null where it has none. `client`
 * is absent where the router does not forward its address and device.
 */
export type OperationCall = readonly [
  document: number,
  variables: Readonly<Record<string, unknown>>,
  authorization: string | null,
  traceparent: string | null,
  client?: Client | null,
];

/** One line of the response. `index` is that of the operation in the request. */
export type AnswerLine = readonly [index: number, result: FormattedExecutionResult];

/** An operation of a request, with its document. */
export interface RoutedOperation extends OperationDocument {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly authorization: string | undefined;
  readonly traceparent: string | undefined;
  readonly client: Client | null;
}

const client = z.object({ sender: z.string().max(longestSender), device: z.string().max(longestDevice) });

const operationsRequest = z.object({
  documents: z.array(z.object({ query: z.string(), operationName: z.string().optional() })).max(maxOperations),
  operations: z
    .array(
      z.tuple([
        z.number(),
        z.record(z.string(), z.unknown()),
        z.string().nullable(),
        z.string().nullable(),
        // A router of the release before does not send it.
        client.nullish(),
      ]),
    )
    .max(maxOperations),
});

/** @throws BAD_REQUEST */
export function readOperations(body: unknown): RoutedOperation[] {
  const { success, data } = operationsRequest.safeParse(body);
  if (!success || data.operations.some(([document]) => data.documents[document] === undefined)) {
    throw fault('BAD_REQUEST', 'The body is not a valid request of the router.');
  }
  return data.operations.map(([document, variables, authorization, traceparent, client = null]) => ({
    ...data.documents[document]!,
    variables,
    authorization: authorization ?? undefined,
    traceparent: traceparent ?? undefined,
    client,
  }));
}
