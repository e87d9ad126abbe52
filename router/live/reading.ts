import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { faultCodes, isFaultCode } from '#platform/errors/faults.ts';
import type { LiveOperation } from './operation.ts';
import type { GraphAnswer, ReadGraph, Subscriber } from './graph-reads.ts';

/** A result for a client, in the form of an operation's response. */
export interface LiveResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: { readonly lastEventId: string };
}

/** The result of a read. */
export type Reading =
  | { readonly kind: 'found'; readonly result: LiveResult; readonly marks: Readonly<Record<string, unknown>> }
  /** It does not exist, or is not the subscriber's. */
  | { readonly kind: 'missing' }
  /** A repeated read would have the same result. */
  | { readonly kind: 'refused'; readonly errors: readonly GraphQLFormattedError[] }
  /** A repeated read may succeed. */
  | { readonly kind: 'unavailable'; readonly errors: readonly GraphQLFormattedError[] };

export interface ReaderOptions {
  readonly readGraph: ReadGraph;
  readonly subscriber: Subscriber;
  readonly operation: LiveOperation;
}

/** Reads a subscription's selection through the gateway, with the subscriber's token. */
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

/** Whether a repeated read would have the same error: for client errors, except rate limits. */
export function isLasting({ extensions }: GraphQLFormattedError): boolean {
  const code = extensions?.['code'];
  return isFaultCode(code) && faultCodes[code] < 500 && faultCodes[code] !== 429;
}

/** Returns the first error, to be thrown. */
export function firstOf(errors: readonly GraphQLFormattedError[]): GraphQLError {
  const [error] = errors;
  return new GraphQLError(error?.message ?? 'The graph does not respond.', { extensions: error?.extensions ?? {} });
}
