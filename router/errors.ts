import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { clientError, type FaultCode, withoutSuggestion } from '#platform/errors/faults.ts';
import type { Log } from '#platform/telemetry/log.ts';

export interface ErrorOptions {
  readonly log: Log;
  /** Whether suggestions, which name fields and values of the schema, are left out. */
  readonly hideSchemaDetails: boolean;
}

/** What a client of the router is told of an error: nothing internal, and a code of the catalogue. */
export function routerError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { log, hideSchemaDetails }: ErrorOptions,
): GraphQLFormattedError {
  const code = codeOfStatus(error);
  const coded = code === null ? formatted : { ...formatted, extensions: { ...formatted.extensions, code } };
  return clientError(hideSchemaDetails ? withoutSuggestion(coded) : coded, error, log);
}

/** Apollo Server refuses some requests with a status of their own but without a code, or with that of another status. */
function codeOfStatus(error: unknown): FaultCode | null {
  if (!(error instanceof GraphQLError)) return null;
  const { code, http } = error.extensions as { code?: unknown; http?: { status?: number } };
  if (http?.status === 405) return 'METHOD_NOT_ALLOWED';
  // Only persisted queries are refused so: of another version, or with a hash that is not the query's.
  if (http?.status === 400 && code === undefined) return 'PERSISTED_QUERY_NOT_FOUND';
  // The gateway knows less than graphql-js, which has validated the document: `isOneOf` of `__Type`, for one.
  if (code === 'INVALID_GRAPHQL') return 'GRAPHQL_VALIDATION_FAILED';
  return null;
}
