import type { GraphQLFormattedError } from 'graphql';
import { clientError, type FaultCode, withoutSuggestion } from '#platform/errors/faults.ts';
import { apolloCode } from '#platform/graphql/apollo-code.ts';
import type { Log } from '#platform/telemetry/log.ts';

export interface ErrorOptions {
  readonly log: Log;
  /** Whether to remove suggestions, which name fields and values of the schema. */
  readonly hideSchemaDetails: boolean;
}

/** Formats an error for a client, without internals and with a code of the catalogue. */
export function routerError(
  formatted: GraphQLFormattedError,
  error: unknown,
  { log, hideSchemaDetails }: ErrorOptions,
): GraphQLFormattedError {
  const code = apolloCode(error) ?? gatewayCode(formatted);
  const coded = code === null ? formatted : { ...formatted, extensions: { ...formatted.extensions, code } };
  return clientError(hideSchemaDetails ? withoutSuggestion(coded) : coded, error, log);
}

/** The gateway's copy of the introspection schema lacks newer fields that graphql-js accepts, such as `isOneOf`. */
function gatewayCode({ extensions }: GraphQLFormattedError): FaultCode | null {
  return extensions?.['code'] === 'INVALID_GRAPHQL' ? 'GRAPHQL_VALIDATION_FAILED' : null;
}
