import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { faultCodes, isFaultCode } from '#platform/errors/faults.ts';
import type { LiveOperation } from './operation.ts';
import type { GraphAnswer, ReadGraph, Subscriber } from './graph-reads.ts';

/** What is sent to a client, as the answer to an operation would be. */
export interface LiveResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: { readonly lastEventId: string };
}

/** What the graph said. */
export type Reading =
  | { readonly kind: 'found'; readonly result: LiveResult; readonly marks: Readonly<Record<string, unknown>> }
  /** It does not exist, or is not the subscriber's. */
  | { readonly kind: 'missing' }
  /** It will say the same again. */
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLFormattedError[] }
  /** It may say something else soon. */
  | { readonly kind: 'unavailable'; readonly errors: readonly GraphQLFormattedError[] };

export interface ReaderOptions {
  readonly readGraph: ReadGraph;
  readonly subscriber: Subscriber;
  readonly operation: LiveOperation;
}

/** Reads what a subscription shows through the gateway, as its subscriber. */
export type Reader = (variables?: Record<string, unknown>) => Promise<Reading>;

export function readerOf({ readGraph, subscriber, operation }: ReaderOptions): Reader {
  const { key, query, marks } = operation;
  const marked = Object.values(marks);
  return async (variables) => {
    const answer = await readGraph(subscriber, { query, variables: { ...operation.variables, ...variables } });
    return readingOf(answer, key, marked);
  };
}

const found = z.record(z.string(), z.unknown());

function readingOf({ data, errors = [] }: GraphAnswer, key: string, marked: readonly string[]): Reading {
  const node = found.safeParse(data?.[key]);
  if (!node.success) {
    if (errors.length === 0) return { kind: 'missing' };
    return { kind: errors.every(isLasting) ? 'refused' : 'unavailable', errors };
  }
  const isMark = ([name]: [string, unknown]) => marked.includes(name);
  const fields = Object.entries(node.data);
  return {
    kind: 'found',
    result: {
      data: { [key]: Object.fromEntries(fields.filter((field) => !isMark(field))) },
      ...(errors.length === 0 ? {} : { errors }),
    },
    marks: Object.fromEntries(fields.filter(isMark)),
  };
}

/** Faults of the system pass, and so does having asked too often; what else the client did wrong stays wrong. */
export function isLasting({ extensions }: GraphQLFormattedError): boolean {
  const code = extensions?.['code'];
  return isFaultCode(code) && faultCodes[code] < 500 && faultCodes[code] !== 429;
}

/** The first error, to be thrown where there is nothing to go on with. */
export function firstOf(errors: readonly GraphQLFormattedError[]): GraphQLError {
  const [error] = errors;
  return new GraphQLError(error?.message ?? 'The graph does not answer.', { extensions: error?.extensions ?? {} });
}
